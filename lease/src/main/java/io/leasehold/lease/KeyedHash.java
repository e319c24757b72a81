package io.leasehold.lease;

/**
 * SipHash-1-3 (Aumasson and Bernstein): a hash whose collisions nobody can choose without the key.
 * Clients choose their client ids, so a plain hash would let one of them make all others slow.
 */
final class KeyedHash {
    private final long key0;
    private final long key1;

    KeyedHash(long seed) {
        this(mix(seed + 0x9e3779b97f4a7c15L), mix(seed + 0x3c6ef372fe94f82aL));
    }

    /** With the two halves of SipHash's own key. */
    KeyedHash(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /** The hash of a client's identity. The two kinds of key are told apart. */
    long of(ClientKey client) {
        return switch (client) {
            case ClientKey.ById(var id) -> {
                State state = new State(key0, key1);
                // The first octet tells the kind of key: 0.
                long word = 0;
                int at = 1;
                for (int i = 0; i < id.length(); i++, at++) {
                    word = state.add(word, at, id.get(i));
                }
                yield state.finish(word, at);
            }
            case ClientKey.ByHardware(var hardware) -> {
                State state = new State(key0, key1);
                long word = 1 | hardware.type() << 8;
                int at = 2;
                for (int i = 0; i < hardware.length(); i++, at++) {
                    word = state.add(word, at, hardware.get(i));
                }
                yield state.finish(word, at);
            }
        };
    }

    /** Spreads 32 bits over 64, differently for each key. */
    long of(int bits) {
        return mix(mix(key0 ^ (bits & 0xffff_ffffL)) + key1);
    }

    /** Murmur3's finalizer: every bit of the input moves half of the bits of the output. */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    private static final class State {
        private long v0;
        private long v1;
        private long v2;
        private long v3;

        State(long key0, long key1) {
            v0 = key0 ^ 0x736f6d6570736575L;
            v1 = key1 ^ 0x646f72616e646f6dL;
            v2 = key0 ^ 0x6c7967656e657261L;
            v3 = key1 ^ 0x7465646279746573L;
        }

        /**
         * Puts an octet into its word, and takes the word in when it is full; gives what is left.
         */
        long add(long word, int at, int octet) {
            long filled = word | (long) octet << 8 * (at & 7);
            if ((at & 7) != 7) {
                return filled;
            }
            compress(filled);
            return 0;
        }

        long finish(long rest, int length) {
            compress(rest | (long) length << 56);
            v2 ^= 0xff;
            round();
            round();
            round();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void compress(long word) {
            v3 ^= word;
            round();
            v0 ^= word;
        }

        private void round() {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
