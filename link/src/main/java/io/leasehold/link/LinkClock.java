package io.leasehold.link;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine's clocks. Safe for use by several threads. */
public final class LinkClock {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private static final MethodHandle CLOCK_GETTIME = link();

    private final MemorySegment time = Arena.ofAuto().allocate(JAVA_LONG, 2);

    /** Opens nothing: the clocks are there. */
    public LinkClock() {}

    /** libc's function, which asks the kernel without a system call, as syscall(2) cannot. */
    @SuppressWarnings("restricted")
    private static MethodHandle link() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("clock_gettime"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS),
                Linker.Option.critical(false));
    }

    /**
     * Milliseconds since the machine started, sleep included (CLOCK_BOOTTIME). Never jumps, and
     * starts anew with each boot.
     */
    public synchronized long bootMillis() {
        int result;
        try {
            result = (int) CLOCK_GETTIME.invokeExact(Abi.CLOCK_BOOTTIME, time);
        } catch (Throwable impossible) {
            throw new AssertionError("clock_gettime", impossible);
        }
        if (result != 0) {
            throw new AssertionError("clock_gettime: there is no boot clock");
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
