package io.leasehold.relay;

import io.leasehold.protocol.wire.Message;

/**
 * What is remembered of clients for a while, in a table of one size. A client has one of a few
 * places; when they are taken, it gets the place of the one that was heard of longest ago. So a
 * flood of strangers can make others forgotten, but takes neither room nor time.
 */
final class ClientTable {
    /** All places: what 16,384 clients take is 450 KB. */
    static final int CLIENTS_MAX = 16_384;

    private static final int PLACES_PER_CLIENT = 8;
    private static final int NONE = -1;

    private final long[] keys = new long[CLIENTS_MAX];
    private final long[] heardMillis = new long[CLIENTS_MAX];

    /** A time of {@link Pacer}. */
    final long[] paceNanos = new long[CLIENTS_MAX];

    /** A number of the owner's. */
    final int[] values = new int[CLIENTS_MAX];

    /** A client's key: its hardware address, and what else tells it from others. */
    static long key(Message message, int salt) {
        long key = ClientHash.of(message) ^ ClientHash.mix(salt);
        return key == 0 ? 1 : key;
    }

    /** The client's place; -1 when nothing is remembered of it. */
    int find(long key) {
        int first = firstPlace(key);
        for (int at = first; at < first + PLACES_PER_CLIENT; at++) {
            if (keys[at] == key) {
                return at;
            }
        }
        return NONE;
    }

    /** The client's place, a fresh one when nothing is remembered of it. */
    int place(long key, long nowMillis) {
        int at = find(key);
        if (at < 0) {
            int first = firstPlace(key);
            at = first;
            for (int other = first; other < first + PLACES_PER_CLIENT && keys[at] != 0; other++) {
                if (keys[other] == 0 || heardMillis[other] < heardMillis[at]) {
                    at = other;
                }
            }
            keys[at] = key;
            paceNanos[at] = 0;
            values[at] = 0;
        }
        heardMillis[at] = nowMillis;
        return at;
    }

    /** When the client of a place was last heard of. */
    long heardMillis(int at) {
        return heardMillis[at];
    }

    private static int firstPlace(long key) {
        return (int) (key & CLIENTS_MAX / PLACES_PER_CLIENT - 1) * PLACES_PER_CLIENT;
    }
}
