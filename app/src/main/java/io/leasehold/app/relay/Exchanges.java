package io.leasehold.app.relay;

import io.leasehold.protocol.wire.Message;

/**
 * Pairs requests that were passed on with their answers, in a table of fixed size: where two fall
 * on the same place, the later one counts.
 */
final class Exchanges {
    private static final int PLACES = 4096;

    /** A client that got no answer for so long begins anew. */
    private static final long FORGOTTEN_NANOS = 60_000_000_000L;

    private final int[] keys = new int[PLACES];
    private final long[] sinceNanos = new long[PLACES];

    void began(Message request, long nowNanos) {
        int key = key(request);
        int place = place(key);
        // A request that is sent again, or to several servers, waits since it was sent first.
        boolean again = keys[place] == key && nowNanos - sinceNanos[place] < FORGOTTEN_NANOS;
        if (!again || sinceNanos[place] == 0) {
            keys[place] = key;
            sinceNanos[place] = nowNanos == 0 ? 1 : nowNanos;
        }
    }

    /** How long a reply took; -1 for a second one, or when its request is not known. */
    long ended(Message reply, long nowNanos) {
        int key = key(reply);
        int place = place(key);
        if (keys[place] != key || sinceNanos[place] == 0) {
            return -1;
        }
        long took = nowNanos - sinceNanos[place];
        sinceNanos[place] = 0;
        return Math.max(0, took);
    }

    private static int key(Message message) {
        return 31 * message.xid() + message.hardware().hashCode();
    }

    private static int place(int key) {
        return (key ^ key >>> 12 ^ key >>> 24) & PLACES - 1;
    }
}
