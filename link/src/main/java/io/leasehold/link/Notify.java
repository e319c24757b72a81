package io.leasehold.link;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells the service manager how this process stands (sd_notify(3)), where one listens: systemd does
 * for a unit of {@code Type=notify}. Everywhere else these do nothing.
 */
public final class Notify {
    private static final System.Logger LOG = System.getLogger("io.leasehold.link");
    private static final String VARIABLE = "NOTIFY_SOCKET";

    /** Of {@code sun_path}. */
    private static final int PATH_BYTES_MAX = 108;

    private Notify() {}

    /**
     * The process does its work, or does it again after {@link #reloading}.
     *
     * @param status one line for whoever asks how it does
     */
    public static void ready(String status) {
        tell("READY=1\nSTATUS=" + status.replace('\n', ' '));
    }

    /** As {@link #ready(String)}, with the status as it was. */
    public static void ready() {
        tell("READY=1");
    }

    /** The configuration is being read again; {@link #ready} ends that, whatever came of it. */
    public static void reloading() {
        // nanoTime is CLOCK_MONOTONIC on Linux, by which the manager tells reloads apart.
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
        tell("RELOADING=1\nMONOTONIC_USEC=" + micros);
    }

    /** The end has begun. */
    public static void stopping() {
        tell("STOPPING=1");
    }

    private static void tell(String state) {
        String socket = System.getenv(VARIABLE);
        if (socket == null) {
            return;
        }
        String why = send(socket, state);
        if (why != null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the service manager cannot be told at " + socket + ": " + why);
        }
    }

    /**
     * Sends one datagram.
     *
     * @param socket a path, or an abstract name behind an @
     * @return null when it was sent, else why not
     */
    static @Nullable String send(String socket, String state) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = address(arena, socket);
            if (address == null) {
                return "it is neither a path nor an abstract name of at most 107 bytes";
            }
            MemorySegment errors = Kernel.newState(arena);
            byte[] bytes = state.getBytes(StandardCharsets.UTF_8);
            MemorySegment data = arena.allocate(bytes.length);
            data.copyFrom(MemorySegment.ofArray(bytes));
            int fd = Kernel.socket(errors, Abi.AF_UNIX, Abi.SOCK_DGRAM, 0);
            if (fd < 0) {
                return Abi.errorText(fd);
            }
            long sent =
                    Kernel.call(
                            errors,
                            SystemCall.SENDTO,
                            fd,
                            data.address(),
                            bytes.length,
                            0,
                            address.address(),
                            address.byteSize());
            Kernel.close(errors, fd);
            return sent < 0 ? Abi.errorText((int) sent) : null;
        }
    }

    /** A {@code sockaddr_un}; null when the name fits none. */
    static @Nullable MemorySegment address(Arena arena, String socket) {
        byte[] path = socket.getBytes(StandardCharsets.UTF_8);
        boolean named = socket.startsWith("/");
        if (path.length < 2 || path.length >= PATH_BYTES_MAX || !named && path[0] != '@') {
            return null;
        }
        // A path ends with a zero; an abstract name begins with one.
        MemorySegment address = arena.allocate(Short.BYTES + path.length + (named ? 1L : 0L));
        address.set(ValueLayout.JAVA_SHORT, 0, (short) Abi.AF_UNIX);
        MemorySegment.copy(path, 0, address, ValueLayout.JAVA_BYTE, Short.BYTES, path.length);
        if (!named) {
            address.set(ValueLayout.JAVA_BYTE, Short.BYTES, (byte) 0);
        }
        return address;
    }
}
