package io.leasehold.link;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine's clocks. Safe for use by several threads. */
public final class LinkClock {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final MemorySegment state = Kernel.newState(Arena.ofAuto());
    private final MemorySegment time = Arena.ofAuto().allocate(JAVA_LONG, 2);

    /** Opens nothing: the clocks are there. */
    public LinkClock() {}

    /**
     * Milliseconds since the machine started, sleep included (CLOCK_BOOTTIME). Never jumps, and
     * starts anew with each boot.
     */
    public synchronized long bootMillis() {
        int result =
                Kernel.call(state, SystemCall.CLOCK_GETTIME, Abi.CLOCK_BOOTTIME, time.address(), 0);
        if (result < 0) {
            throw new AssertionError("clock_gettime: " + Abi.errorText(result));
        }
        return time.get(JAVA_LONG, 0) * 1000 + time.get(JAVA_LONG, 8) / 1_000_000;
    }

    /** Milliseconds since 1970, as the machine believes; jumps when somebody sets the clock. */
    public long wallMillis() {
        return System.currentTimeMillis();
    }

    /**
     * What tells one boot of the machine from another.
     *
     * @throws LinkException where the kernel does not tell
     */
    public String bootId() throws LinkException {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            throw new LinkException("cannot read " + BOOT_ID + ": " + e.getMessage());
        }
    }
}
