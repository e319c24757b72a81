package io.leasehold.app.bench;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * A wire with a server at its other end, both in memory: each client gets an address of its own,
 * but for the faults that a test asks for. Time passes by one microsecond with each look at it.
 */
final class PretendServer implements Wire {
    static final int SERVER = 0x0a000001;
    static final int FIRST_ADDRESS = 0x0a010000;

    boolean givesOneAddressToAll;
    boolean silent;
    boolean refuses;

    /** How long replies lie about before they are taken. */
    long readLateNanos;

    int leaseSeconds = 3600;
    int dropsEach = Integer.MAX_VALUE;
    final Map<Long, Integer> leases = new HashMap<>();
    final Map<Integer, Integer> received = new HashMap<>();
    private final Queue<byte[]> replies = new ArrayDeque<>();
    private long nanos;
    private int seen;

    long nanoTime() {
        nanos += 1_000;
        return nanos;
    }

    @Override
    public void receive(long waitNanos, Receiver receiver) {
        if (replies.isEmpty()) {
            nanos += waitNanos;
        }
        long arrivedNanos = nanos;
        nanos += readLateNanos;
        for (byte[] reply = replies.poll(); reply != null; reply = replies.poll()) {
            receiver.message(reply, 0, reply.length, arrivedNanos);
        }
    }

    @Override
    public void send(byte[] message, int length, int source, int server) {
        int type = message[242];
        received.merge(type, 1, Integer::sum);
        seen++;
        if (silent || seen % dropsEach == 0 || type == 7) {
            return;
        }
        byte[] reply = Arrays.copyOf(message, length);
        reply[0] = 2;
        long client = 0;
        for (int i = 28; i < 34; i++) {
            client = client << 8 | message[i] & 0xff;
        }
        int address =
                givesOneAddressToAll
                        ? FIRST_ADDRESS
                        : leases.computeIfAbsent(client, c -> FIRST_ADDRESS + leases.size());
        put(reply, 16, address);
        Arrays.fill(reply, 243, reply.length, (byte) 0);
        reply[242] = (byte) (type == 1 ? 2 : refuses ? 6 : 5);
        option(reply, 243, 54, SERVER);
        option(reply, 249, 51, leaseSeconds);
        reply[255] = (byte) 255;
        replies.add(reply);
    }

    private static void option(byte[] bytes, int at, int code, int value) {
        bytes[at] = (byte) code;
        bytes[at + 1] = 4;
        put(bytes, at + 2, value);
    }

    private static void put(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >>> (24 - 8 * i));
        }
    }

    @Override
    public void flush() {}

    @Override
    public String trouble() {
        return "";
    }

    @Override
    public void close() {}
}
