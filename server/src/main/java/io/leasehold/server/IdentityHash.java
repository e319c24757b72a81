package io.leasehold.server;

import io.leasehold.lease.ClientKey;

/**
 * The hash by which a client's address is chosen. It never changes, and depends on nothing but the
 * client's identity: two servers without contact, or one after a total loss, give the same client
 * the same address.
 *
 * <p>It is the 64-bit FNV-1a hash of one octet for the kind of identity (1 for a client id, 2 for a
 * hardware address), then the octets of the client id, or htype and the octets of chaddr; finished
 * by the 64-bit finalizer of Murmur3. Client ids made to collide gain nothing: they share one place
 * in the pool and go on from there.
 */
final class IdentityHash {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private IdentityHash() {}

    static long of(ClientKey client) {
        long hash = FNV_OFFSET;
        switch (client) {
            case ClientKey.ById(var id) -> {
                hash = add(hash, 1);
                for (int i = 0; i < id.length(); i++) {
                    hash = add(hash, id.get(i));
                }
            }
            case ClientKey.ByHardware(var hardware) -> {
                hash = add(add(hash, 2), hardware.type());
                for (int i = 0; i < hardware.length(); i++) {
                    hash = add(hash, hardware.get(i));
                }
            }
        }
        return finish(hash);
    }

    /**
     * A place in a pool: the upper half of the product of hash and size.
     *
     * @param attempt 0 for the first place, 1 and up for further ones: then the hash is moved on by
     *     that many golden ratios and finished again
     * @param size how many places there are, at least one
     * @return 0 to size - 1
     */
    static long place(long hash, int attempt, long size) {
        long moved = attempt == 0 ? hash : finish(hash + attempt * STEP);
        return Math.unsignedMultiplyHigh(moved, size);
    }

    private static long add(long hash, int octet) {
        return (hash ^ octet) * FNV_PRIME;
    }

    private static long finish(long value) {
        long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
