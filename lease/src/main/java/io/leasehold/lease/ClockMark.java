package io.leasehold.lease;

import io.leasehold.protocol.wire.Octets;

/**
 * How the wall clock stands to the clock that nobody can set. The second counts from boot and goes
 * on in suspend; the difference of the two changes only when somebody sets the wall clock.
 *
 * @param bootId what tells this boot from others, 16 bytes
 * @param offsetMillis wall clock minus time since boot, in milliseconds
 */
public record ClockMark(Octets bootId, long offsetMillis) {
    /** How many bytes a boot id has. */
    public static final int BOOT_ID_BYTES = 16;

    public ClockMark {
        if (bootId.length() != BOOT_ID_BYTES) {
            throw new IllegalArgumentException("a boot id of " + bootId.length() + " bytes");
        }
    }

    /** The mark after the wall clock was set by so many seconds. */
    ClockMark shifted(long seconds) {
        return new ClockMark(bootId, offsetMillis + seconds * 1000);
    }
}
