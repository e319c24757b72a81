package io.leasehold.scratch;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Makes packets that are nearly right of packets that there are. */
final class Mutation {
    private static final int EDITS_MAX = 6;
    private static final int OPTIONS_OFFSET = 240;

    private Mutation() {}

    static byte[] of(byte[] packet, SplittableRandom random) {
        byte[] bytes = packet.clone();
        int edits = random.nextInt(EDITS_MAX);
        for (int i = 0; i < edits && bytes.length > 0; i++) {
            int at = place(bytes.length, random);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0 : 255);
                case 3 -> bytes = Arrays.copyOf(bytes, at);
                default -> bytes = doubled(bytes, at, random.nextInt(1, 20));
            }
        }
        return bytes;
    }

    /** Mostly among the options, where there is most to be read. */
    private static int place(int length, SplittableRandom random) {
        return length > OPTIONS_OFFSET && random.nextInt(4) > 0
                ? random.nextInt(OPTIONS_OFFSET, length)
                : random.nextInt(length);
    }

    private static byte[] doubled(byte[] bytes, int at, int count) {
        int more = Math.min(count, bytes.length - at);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + more);
        System.arraycopy(bytes, at, longer, at + more, bytes.length - at);
        return longer;
    }
}
