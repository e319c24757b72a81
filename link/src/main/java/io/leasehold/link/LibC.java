package io.leasehold.link;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Functions of libc whose system calls would not do: a user's id is a thread's to the kernel, and a
 * process's to libc, glibc and musl alike. Linked when they are called, which is once.
 */
final class LibC implements AutoCloseable {
    /** Where {@code struct passwd} has its numbers, behind the pointers to name and password. */
    private static final int UID_OFFSET = 16;

    private static final int GID_OFFSET = 20;
    private static final long PASSWD_BYTES = 48;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment state = Kernel.newState(arena);

    /** Leaves no group but the main one; 0, or why not. */
    int setGroups() {
        MethodHandle function =
                link("setgroups", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));
        try {
            return errno((int) function.invokeExact(state, 0L, MemorySegment.NULL));
        } catch (Throwable impossible) {
            throw new AssertionError("setgroups", impossible);
        }
    }

    /** Takes a group for real, effective and saved; 0, or why not. */
    int setGroup(int gid) {
        return setId("setgid", gid);
    }

    /** Takes a user id for real, effective and saved; 0, or why not. */
    int setUser(int uid) {
        return setId("setuid", uid);
    }

    private int setId(String name, int id) {
        MethodHandle function = link(name, FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        try {
            return errno((int) function.invokeExact(state, id));
        } catch (Throwable impossible) {
            throw new AssertionError(name, impossible);
        }
    }

    private int errno(int result) {
        return result == 0 ? 0 : Kernel.errno(state);
    }

    /** The user of a name; null when there is none. */
    @Nullable User user(String name) {
        MethodHandle function = link("getpwnam", FunctionDescriptor.of(ADDRESS, ADDRESS));
        try {
            MemorySegment text = arena.allocateFrom(name);
            return read(name, (MemorySegment) function.invokeExact(state, text));
        } catch (Throwable impossible) {
            throw new AssertionError("getpwnam", impossible);
        }
    }

    /** The user of a number; null when there is none. */
    @Nullable User user(int uid) {
        MethodHandle function = link("getpwuid", FunctionDescriptor.of(ADDRESS, JAVA_INT));
        try {
            return read(Integer.toString(uid), (MemorySegment) function.invokeExact(state, uid));
        } catch (Throwable impossible) {
            throw new AssertionError("getpwuid", impossible);
        }
    }

    @SuppressWarnings("restricted")
    private static @Nullable User read(String name, MemorySegment found) {
        if (found.address() == 0) {
            return null;
        }
        MemorySegment entry = found.reinterpret(PASSWD_BYTES);
        ValueLayout.OfInt number = ValueLayout.JAVA_INT_UNALIGNED;
        return new User(name, entry.get(number, UID_OFFSET), entry.get(number, GID_OFFSET));
    }

    @SuppressWarnings("restricted")
    private static MethodHandle link(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name),
                descriptor,
                Linker.Option.captureCallState("errno"));
    }

    @Override
    public void close() {
        arena.close();
    }
}
