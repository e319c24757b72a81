package io.leasehold.app.bench;

import java.util.SplittableRandom;

/**
 * Which client holds which address until when, as the clients themselves see it. This is what finds
 * an address that two clients hold at one time.
 */
final class Holdings {
    private static final int PICKS_MAX = 8;

    private final AddressMap holders = new AddressMap();
    private final int[] addresses;
    private final int[] servers;
    private final long[] endNanos;
    // The clients that hold an address, without order, and where each stands in it.
    private final int[] bound;
    private final int[] boundAt;
    private int boundCount;

    Holdings(int clients) {
        addresses = new int[clients];
        servers = new int[clients];
        endNanos = new long[clients];
        bound = new int[clients];
        boundAt = new int[clients];
    }

    /**
     * A client was told that an address is its own.
     *
     * @return the other client that holds the address at this time; {@link AddressMap#NOBODY} as it
     *     should be
     */
    int acked(int client, int address, int server, long nowNanos, long end) {
        int other = holders.get(address);
        boolean twice = other != AddressMap.NOBODY && other != client && holds(other, nowNanos);
        if (addresses[client] != address) {
            ended(client);
            addresses[client] = address;
            boundAt[client] = boundCount;
            bound[boundCount++] = client;
        }
        servers[client] = server;
        endNanos[client] = end;
        holders.put(address, client);
        return twice ? other : AddressMap.NOBODY;
    }

    /** The client no longer uses its address: it was released, refused, or has run out. */
    void ended(int client) {
        int address = addresses[client];
        if (address == 0) {
            return;
        }
        if (holders.get(address) == client) {
            holders.remove(address);
        }
        addresses[client] = 0;
        int last = bound[--boundCount];
        bound[boundAt[client]] = last;
        boundAt[last] = boundAt[client];
    }

    boolean holds(int client, long nowNanos) {
        return addresses[client] != 0 && endNanos[client] - nowNanos > 0;
    }

    /** Who holds an address; {@link AddressMap#NOBODY} when no client here does. */
    int holder(int address) {
        return holders.get(address);
    }

    /** The address of a client; 0 when it has none. */
    int address(int client) {
        return addresses[client];
    }

    /** The server that gave the client its address. */
    int server(int client) {
        return servers[client];
    }

    int count() {
        return boundCount;
    }

    /**
     * Some client that holds an address and is not busy; {@link AddressMap#NOBODY} when chance does
     * not find one soon.
     */
    int pick(SplittableRandom random, byte[] busy, long nowNanos) {
        for (int i = 0; i < PICKS_MAX && boundCount > 0; i++) {
            int client = bound[random.nextInt(boundCount)];
            if (busy[client] != 0) {
                continue;
            }
            if (holds(client, nowNanos)) {
                return client;
            }
            ended(client);
        }
        return AddressMap.NOBODY;
    }
}
