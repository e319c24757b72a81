package io.leasehold.app.leases;

import io.leasehold.lease.ClientKey;
import io.leasehold.lease.Lease;
import io.leasehold.protocol.wire.HardwareAddress;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words for what a lease holds. */
final class LeaseText {
    /** Times later than this have no usual spelling. */
    private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    /** What a lease is called whose time is over; on record it is bound. */
    static final String EXPIRED = "expired";

    private static final String NEVER = "never";

    private LeaseText() {}

    /** The state, and {@code expired} for a lease whose time is over. */
    static String state(Lease lease, long nowSeconds) {
        boolean expired = lease.state() == Lease.State.BOUND && !lease.holds(nowSeconds);
        return expired ? EXPIRED : lease.state().name().toLowerCase(Locale.ROOT);
    }

    /** The client id; empty for a client without one. */
    static String clientId(Lease lease) {
        return hasClient(lease) && lease.client() instanceof ClientKey.ById id
                ? id.value().toString()
                : "";
    }

    /** The hardware address; empty when it is not known. */
    static String hardware(Lease lease) {
        return hasClient(lease) && lease.hardware().length() > 0 ? lease.hardware().toString() : "";
    }

    /** Of an address in conflict the record knows who asked for it, and not who has it. */
    static boolean hasClient(Lease lease) {
        return lease.state() != Lease.State.CONFLICT;
    }

    /** The client's hardware address; null where a client id or {@link #hardware} tells it. */
    static @Nullable HardwareAddress clientHardware(Lease lease) {
        return hasClient(lease)
                        && lease.client() instanceof ClientKey.ByHardware by
                        && !by.value().equals(lease.hardware())
                ? by.value()
                : null;
    }

    /** {@code 2026-11-21T22:00:00Z}, or {@code never}; seconds since 1970 for what has no date. */
    static String time(long seconds) {
        if (seconds == Lease.FOREVER) {
            return NEVER;
        }
        return seconds < 0 || seconds > LAST_SECOND
                ? Long.toString(seconds)
                : Instant.ofEpochSecond(seconds).toString();
    }

    /**
     * Reads what {@link #time} writes.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    static long parseTime(String text) {
        if (text.equals(NEVER)) {
            return Lease.FOREVER;
        }
        try {
            return text.matches("-?[0-9]{1,19}")
                    ? Long.parseLong(text)
                    : Instant.parse(text).getEpochSecond();
        } catch (java.time.DateTimeException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "expected a time such as 2026-01-31T12:00:00Z, or never", e);
        }
    }

    /** How long it is from now, for people: {@code in 1h 5m}, {@code 3d 2h ago}. */
    static String fromNow(long seconds, long nowSeconds) {
        if (seconds == Lease.FOREVER) {
            return NEVER;
        }
        long span = Math.abs(seconds - nowSeconds);
        if (span < 0) {
            return NEVER;
        }
        String text;
        if (span < 60) {
            text = span + "s";
        } else if (span < 3600) {
            text = span / 60 + "m " + span % 60 + "s";
        } else if (span < 86_400) {
            text = span / 3600 + "h " + span / 60 % 60 + "m";
        } else {
            text = span / 86_400 + "d " + span / 3600 % 24 + "h";
        }
        return seconds > nowSeconds ? "in " + text : text + " ago";
    }
}
