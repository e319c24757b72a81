package io.leasehold.link;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The one door to the kernel: {@code syscall(2)} of whatever libc there is. One linked function
 * instead of thirty keeps the start short, and the kernel's own structures are the same for glibc
 * and musl. Results are as the kernel gives them: a negative number is an errno.
 */
final class Kernel {
    private static final MethodHandle SYSCALL;
    private static final StructLayout STATE_LAYOUT = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE_LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    static {
        SYSCALL = link();
    }

    private Kernel() {}

    /** Memory for the errno of one thread's calls, or of calls made under one lock. */
    static MemorySegment newState(Arena arena) {
        return arena.allocate(STATE_LAYOUT);
    }

    // All arguments are longs in registers: for those, calling a variadic function is the same as
    // calling any other, on x86_64 and on aarch64.
    @SuppressWarnings("restricted")
    private static MethodHandle link() {
        Linker linker = Linker.nativeLinker();
        MemorySegment address = linker.defaultLookup().findOrThrow("syscall");
        FunctionDescriptor descriptor =
                FunctionDescriptor.of(
                        JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                        JAVA_LONG);
        return linker.downcallHandle(address, descriptor, Linker.Option.captureCallState("errno"));
    }

    static long call(
            MemorySegment state, int number, long a, long b, long c, long d, long e, long f) {
        long result;
        try {
            result = (long) SYSCALL.invokeExact(state, (long) number, a, b, c, d, e, f);
        } catch (Throwable impossible) {
            throw new AssertionError("syscall " + number, impossible);
        }
        return result == -1 ? -errno(state) : result;
    }

    /** What the last call that failed left. */
    static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    static int call(MemorySegment state, int number, long a, long b, long c) {
        return (int) call(state, number, a, b, c, 0, 0, 0);
    }

    static int socket(MemorySegment state, int domain, int type, int protocol) {
        return call(state, SystemCall.SOCKET, domain, type | Abi.SOCK_CLOEXEC, protocol);
    }

    static int bind(MemorySegment state, int fd, MemorySegment address) {
        return call(state, SystemCall.BIND, fd, address.address(), address.byteSize());
    }

    static int close(MemorySegment state, int fd) {
        return call(state, SystemCall.CLOSE, fd, 0, 0);
    }

    static int setOption(MemorySegment state, int fd, int level, int name, MemorySegment value) {
        return (int)
                call(
                        state,
                        SystemCall.SETSOCKOPT,
                        fd,
                        level,
                        name,
                        value.address(),
                        value.byteSize(),
                        0);
    }

    static int setOption(MemorySegment state, int fd, int level, int name, int value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(JAVA_INT);
            segment.set(JAVA_INT, 0, value);
            return setOption(state, fd, level, name, segment);
        }
    }

    /** The value of an option that is a number, or a negative errno. */
    static int option(MemorySegment state, int fd, int level, int name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_INT);
            MemorySegment length = arena.allocate(JAVA_INT);
            length.set(JAVA_INT, 0, Integer.BYTES);
            int result =
                    (int)
                            call(
                                    state,
                                    SystemCall.GETSOCKOPT,
                                    fd,
                                    level,
                                    name,
                                    value.address(),
                                    length.address(),
                                    0);
            return result < 0 ? result : value.get(JAVA_INT, 0);
        }
    }

    /** Asks for a large buffer, past the system's limit where that is permitted. */
    static void setBuffers(MemorySegment state, int fd, int receiveBytes, int sendBytes) {
        if (setOption(state, fd, Abi.SOL_SOCKET, Abi.SO_RCVBUFFORCE, receiveBytes) < 0) {
            setOption(state, fd, Abi.SOL_SOCKET, Abi.SO_RCVBUF, receiveBytes);
        }
        if (setOption(state, fd, Abi.SOL_SOCKET, Abi.SO_SNDBUFFORCE, sendBytes) < 0) {
            setOption(state, fd, Abi.SOL_SOCKET, Abi.SO_SNDBUF, sendBytes);
        }
    }

    /** Bounds how long a call on the socket waits; what takes longer ends with EAGAIN. */
    static void setTimeout(MemorySegment state, int fd, int option, int millis) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(JAVA_LONG, 2);
            time.setAtIndex(JAVA_LONG, 0, millis / 1000);
            time.setAtIndex(JAVA_LONG, 1, millis % 1000 * 1000L);
            setOption(state, fd, Abi.SOL_SOCKET, option, time);
        }
    }

    static int send(MemorySegment state, int fd, MemorySegment data, long length, int flags) {
        return (int) call(state, SystemCall.SENDTO, fd, data.address(), length, flags, 0, 0);
    }

    static int receive(MemorySegment state, int fd, MemorySegment into, int flags) {
        return (int)
                call(state, SystemCall.RECVFROM, fd, into.address(), into.byteSize(), flags, 0, 0);
    }

    /**
     * Two ends of a new pipe that is not inherited, to read and to write, neither of which waits.
     */
    static int[] pipe(MemorySegment state) throws LinkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(JAVA_INT, 2);
            int flags = Abi.O_CLOEXEC | Abi.O_NONBLOCK;
            int result = call(state, SystemCall.PIPE2, ends.address(), flags, 0);
            if (result < 0) {
                throw new LinkException("cannot make a pipe: " + Abi.errorText(result));
            }
            return ends.toArray(JAVA_INT);
        }
    }

    static int read(MemorySegment state, int fd, MemorySegment into) {
        return call(state, SystemCall.READ, fd, into.address(), into.byteSize());
    }

    static int write(MemorySegment state, int fd, MemorySegment from, long length) {
        return call(state, SystemCall.WRITE, fd, from.address(), length);
    }

    /** Pages that cost nothing until they are touched; given back when the arena closes. */
    @SuppressWarnings("restricted")
    static MemorySegment map(MemorySegment state, Arena arena, long bytes) {
        long address =
                call(
                        state,
                        SystemCall.MMAP,
                        0,
                        bytes,
                        Abi.PROT_READ | Abi.PROT_WRITE,
                        Abi.MAP_PRIVATE | Abi.MAP_ANONYMOUS,
                        -1,
                        0);
        if (address < 0 && address > -4096) {
            throw new OutOfMemoryError(
                    "mmap of " + bytes + " bytes: " + Abi.errorText((int) address));
        }
        return MemorySegment.ofAddress(address).reinterpret(bytes, arena, Kernel::unmap);
    }

    private static void unmap(MemorySegment pages) {
        try (Arena arena = Arena.ofConfined()) {
            call(newState(arena), SystemCall.MUNMAP, pages.address(), pages.byteSize(), 0);
        }
    }
}
