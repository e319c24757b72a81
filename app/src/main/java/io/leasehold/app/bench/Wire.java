package io.leasehold.app.bench;

import java.io.IOException;

/** How messages get to the server and back: as frames on a link, or as a relay's datagrams. */
interface Wire extends AutoCloseable {
    /** Takes what has come. */
    interface Receiver {
        /**
         * A message for a client; the bytes are valid during the call only.
         *
         * @param arrivedNanos when it arrived at this machine, by {@link System#nanoTime}
         */
        void message(byte[] bytes, int offset, int length, long arrivedNanos);

        /**
         * The hardware address of the client that holds an address, in the low 48 bits; -1 when
         * none does. On a link somebody has to answer ARP for the clients.
         */
        long hardwareOf(int address);
    }

    /**
     * Hands over what has come, up to a bounded batch, and waits for the first of it.
     *
     * @param waitNanos how long to wait at most; 0 not at all
     */
    void receive(long waitNanos, Receiver receiver) throws IOException;

    /**
     * Queues a client's message; it is copied. It leaves at the next {@link #flush}, or before when
     * many wait.
     *
     * @param source the client's own address; 0 as long as it has none
     * @param server the server's address for a unicast; 0 for a broadcast
     */
    void send(byte[] message, int length, int source, int server);

    /** Sends what is queued. */
    void flush();

    /** What could not be sent, and why, as a line to print; empty when all could. */
    String trouble();

    @Override
    void close();

    /** What {@link #trouble} says of a socket. */
    static String unsent(long failures, String lastFailure) {
        return failures == 0 ? "" : failures + " messages could not be sent: " + lastFailure;
    }
}
