package io.leasehold.link.lab;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Takes capabilities from the calling thread, as a server has them that does not run as root. */
public final class Capabilities {
    /** To bind ports below 1024. */
    public static final int NET_BIND_SERVICE = 10;

    /** To make neighbour entries, among much else. */
    public static final int NET_ADMIN = 12;

    /** To open raw and packet sockets. */
    public static final int NET_RAW = 13;

    private static final int VERSION_3 = 0x20080522;
    private static final long CAPSET = "amd64".equals(System.getProperty("os.arch")) ? 126 : 91;

    private Capabilities() {}

    /**
     * Leaves the calling thread, and no other, with these capabilities only. There is no way back:
     * call it in {@link NamespaceThread#run}.
     */
    @SuppressWarnings("restricted")
    public static void keepOnly(int... capabilities) {
        int mask = 0;
        for (int each : capabilities) {
            mask |= 1 << each;
        }
        Linker linker = Linker.nativeLinker();
        MethodHandle syscall =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("syscall"),
                        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
        long result;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment header = arena.allocate(JAVA_INT, 2);
            header.setAtIndex(JAVA_INT, 0, VERSION_3);
            // Twice effective, permitted, inheritable: the low 32 capabilities, then the high.
            MemorySegment data = arena.allocate(JAVA_INT, 6);
            data.setAtIndex(JAVA_INT, 0, mask);
            data.setAtIndex(JAVA_INT, 1, mask);
            result = (long) syscall.invokeExact(CAPSET, header.address(), data.address());
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        if (result != 0) {
            throw new IllegalStateException("cannot give up capabilities");
        }
    }
}
