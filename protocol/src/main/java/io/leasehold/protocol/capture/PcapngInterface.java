package io.leasehold.protocol.capture;

/**
 * What an interface description block says, and how its times are counted.
 *
 * @param source what the frames tell of it
 * @param snapBytes how much of each frame is kept; 0 for all
 * @param resolution if_tsresol: a power of 10, or of 2 where the highest bit is set
 * @param offsetSeconds if_tsoffset
 */
record PcapngInterface(
        CaptureInterface source, long snapBytes, int resolution, long offsetSeconds) {
    static final int MICROSECONDS = 6;

    private static final int NANO_DIGITS = 9;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int LONG_DIGITS = 19;

    /** A time in nanoseconds since 1970; meaningless, and nothing worse, where it overflows. */
    long epochNanos(long units) {
        int exponent = resolution & 0x7f;
        long nanos = resolution > 0x7f ? binary(units, exponent) : decimal(units, exponent);
        return nanos + offsetSeconds * NANOS_PER_SECOND;
    }

    private static long decimal(long units, int digits) {
        if (digits > NANO_DIGITS) {
            int less = digits - NANO_DIGITS;
            return less > LONG_DIGITS ? 0 : Long.divideUnsigned(units, power(less));
        }
        return units * power(NANO_DIGITS - digits);
    }

    private static long power(int digits) {
        long power = 1;
        for (int i = 0; i < digits; i++) {
            power *= 10;
        }
        return power;
    }

    private static long binary(long units, int bits) {
        if (bits >= Long.SIZE) {
            return 0;
        }
        if (bits == 0) {
            return units * NANOS_PER_SECOND;
        }
        long seconds = units >>> bits;
        // In 32 bits of fraction the product fits, and a quarter of a nanosecond is all that goes.
        long fraction = units & ((1L << bits) - 1);
        long in32 = bits > 32 ? fraction >>> (bits - 32) : fraction << (32 - bits);
        return seconds * NANOS_PER_SECOND + (in32 * NANOS_PER_SECOND >>> 32);
    }
}
