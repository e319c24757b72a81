package io.leasehold.link;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.leasehold.protocol.wire.Ip4Address;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;

/**
 * Asks addresses whether they are in use (ICMP echo, RFC 792), with a raw socket, or where that is
 * not permitted with the kernel's own echo socket. Sending is not safe for use by several threads
 * at once; receiving is another thread's.
 */
final class Pinger {
    private static final int ECHO_BYTES = 16;
    private static final int ECHO_REQUEST = 8;
    private static final int ECHO_REPLY = 0;
    private static final int ONLY_ECHO_REPLIES = ~(1 << ECHO_REPLY);
    private static final int BUFFER_BYTES = 4 * 1024 * 1024;

    private final int fd;
    private final boolean raw;
    private final int id;
    private final long nonce;
    private final SendBatch batch;
    private final MemorySegment closeState;
    private final byte[] request = new byte[ECHO_BYTES];
    private int sequence;

    Pinger(Arena arena) {
        batch = new SendBatch(arena);
        closeState = Kernel.newState(arena);
        RandomGenerator random = RandomGenerator.getDefault();
        id = random.nextInt(1 << 16);
        nonce = random.nextLong();
        MemorySegment state = Kernel.newState(arena);
        int socket = Kernel.socket(state, Abi.AF_INET, Abi.SOCK_RAW, Abi.IPPROTO_ICMP);
        raw = socket >= 0;
        if (raw) {
            MemorySegment filter = arena.allocate(JAVA_INT);
            filter.set(JAVA_INT, 0, ONLY_ECHO_REPLIES);
            Kernel.setOption(state, socket, Abi.SOL_RAW, Abi.ICMP_FILTER, filter);
        } else {
            socket = Kernel.socket(state, Abi.AF_INET, Abi.SOCK_DGRAM, Abi.IPPROTO_ICMP);
        }
        fd = socket;
        if (fd >= 0) {
            Kernel.setBuffers(state, fd, BUFFER_BYTES, BUFFER_BYTES);
        }
    }

    /** The socket, or a negative errno where there is none. */
    int fd() {
        return fd;
    }

    /** Sends one request; 0 when it went out, else the errno. */
    int ping(Ip4Address address, Ip4Address source, int interfaceIndex) {
        if (fd < 0) {
            return -fd;
        }
        request[0] = ECHO_REQUEST;
        put16(2, 0);
        put16(4, id);
        put16(6, sequence++ & 0xffff);
        for (int i = 0; i < 8; i++) {
            request[8 + i] = (byte) (nonce >>> (56 - 8 * i));
        }
        put16(2, checksum(request));
        int slot = batch.add(request, 0, ECHO_BYTES);
        batch.address(slot, address.bits(), 0);
        batch.leaveFrom(slot, source.bits(), interfaceIndex);
        int[] failure = new int[1];
        batch.send(fd, Abi.MSG_DONTWAIT, (at, errno) -> failure[0] = errno);
        return failure[0];
    }

    /** True when a datagram of the socket is an answer to a request of ours. */
    boolean isAnswer(byte[] datagram, int length) {
        int at = raw && length > 0 ? (datagram[0] & 15) * 4 : 0;
        if (length < at + ECHO_BYTES || datagram[at] != ECHO_REPLY) {
            return false;
        }
        // The kernel's own echo socket has put another id, and hands over its own answers only.
        boolean ours = !raw || ((datagram[at + 4] & 0xff) << 8 | datagram[at + 5] & 0xff) == id;
        for (int i = 0; i < 8 && ours; i++) {
            ours = datagram[at + 8 + i] == request[8 + i];
        }
        return ours;
    }

    private void put16(int at, int value) {
        request[at] = (byte) (value >>> 8);
        request[at + 1] = (byte) value;
    }

    private static int checksum(byte[] bytes) {
        int sum = 0;
        for (int i = 0; i < bytes.length; i += 2) {
            sum += (bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return ~(sum + (sum >>> 16)) & 0xffff;
    }

    void close() {
        if (fd >= 0) {
            Kernel.close(closeState, fd);
        }
    }
}
