package io.leasehold.relay;

/**
 * Refuses numbers that cannot be. It uses no other class, so that constants made in one can be
 * parts of those made in another.
 */
final class Bounds {
    private Bounds() {}

    static void requirePort(int port, String what) {
        requireWithin(port, 1, 65_535, what);
    }

    static void requireWithin(int value, int least, int most, String what) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + ": found " + value + ", expected " + least + " to " + most);
        }
    }
}
