package io.leasehold.app.bench;

import java.util.Arrays;

/**
 * The messages that wait for an answer, in the order they were sent. All wait equally long, so a
 * ring is enough: the oldest is always at the head. An answered one is not looked for; it is passed
 * over when it comes to the head, since its stamp is no longer its client's.
 */
final class Timeouts {
    private static final int SLOTS_MIN = 1024;

    private final int[] stamps;
    private int[] clients = new int[SLOTS_MIN];
    private int[] sentStamps = new int[SLOTS_MIN];
    private long[] deadlines = new long[SLOTS_MIN];
    private int head;
    private int size;
    private int lastStamp;

    Timeouts(int clients) {
        stamps = new int[clients];
    }

    /** A client's message went out and is waited for until a deadline, never before an earlier. */
    void sent(int client, long deadlineNanos) {
        if (size == clients.length) {
            grow();
        }
        int at = (head + size++) & (clients.length - 1);
        clients[at] = client;
        // 0 is the stamp of a client that waits for nothing.
        lastStamp = lastStamp == -1 ? 1 : lastStamp + 1;
        sentStamps[at] = lastStamp;
        stamps[client] = lastStamp;
        deadlines[at] = deadlineNanos;
    }

    /** What the client waited for has come, or is no longer waited for. */
    void answered(int client) {
        stamps[client] = 0;
    }

    /** Takes the next client whose time is up; {@link AddressMap#NOBODY} when there is none yet. */
    int expired(long nowNanos) {
        skipAnswered();
        if (size == 0 || deadlines[head] - nowNanos > 0) {
            return AddressMap.NOBODY;
        }
        int client = clients[head];
        stamps[client] = 0;
        pop();
        return client;
    }

    /** How long until the next is due; a given time when there is none. */
    long nextNanos(long nowNanos, long otherwise) {
        skipAnswered();
        return size == 0 ? otherwise : Math.max(0, deadlines[head] - nowNanos);
    }

    private void skipAnswered() {
        while (size > 0 && stamps[clients[head]] != sentStamps[head]) {
            pop();
        }
    }

    private void pop() {
        head = (head + 1) & (clients.length - 1);
        size--;
    }

    private void grow() {
        int from = head;
        int old = clients.length;
        clients = unrolled(clients, from);
        sentStamps = unrolled(sentStamps, from);
        long[] all = Arrays.copyOf(deadlines, old * 2);
        System.arraycopy(deadlines, from, all, 0, old - from);
        System.arraycopy(deadlines, 0, all, old - from, from);
        deadlines = all;
        head = 0;
    }

    private static int[] unrolled(int[] ring, int from) {
        int[] all = new int[ring.length * 2];
        System.arraycopy(ring, from, all, 0, ring.length - from);
        System.arraycopy(ring, 0, all, ring.length - from, from);
        return all;
    }
}
