package io.leasehold.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every standard option through the same mill: samples by hand, cut-off ones, random bytes. */
class OptionSamplesTest {
    private static final int RANDOM_VALUES = 100;

    private static byte[] hex(String pairs) {
        return Octets.parseHex(pairs.replace(" ", "")).toBytes();
    }

    private static <T> void decodeAndEncode(Option<T> option, byte[] bytes) {
        byte[] before = bytes.clone();
        switch (option.type().decode(bytes)) {
            case Field.Present<T> present -> {
                T value = present.value();
                // Asserted only where it fails: this runs a hundred thousand times.
                if (!Arrays.equals(option.type().encode(value), before)) {
                    throw new AssertionError(option.name() + " changed " + Octets.of(before));
                }
                String spelled = option.type().format(value);
                T again = option.type().parse(spelled);
                if (!option.type().format(again).equals(spelled)) {
                    throw new AssertionError(option.name() + " spells " + spelled);
                }
                option.type().encode(again);
            }
            case Field.Malformed<T> malformed -> {
                if (!malformed.why().contains(" is not ")) {
                    throw new AssertionError(option.name() + " says " + malformed.why());
                }
            }
            case Field.Absent<T> absent -> throw new AssertionError(option + " " + absent);
        }
        if (!Arrays.equals(bytes, before)) {
            throw new AssertionError(option.name() + " wrote to its input");
        }
    }

    @Test
    void randomBytesNeverThrowAndGoOutAsTheyCameIn() {
        for (Option<?> option : OptionRegistry.STANDARD.all()) {
            Random random = new Random(option.code());
            for (int i = 0; i < RANDOM_VALUES; i++) {
                byte[] bytes = new byte[random.nextInt(i < RANDOM_VALUES / 2 ? 24 : 300)];
                random.nextBytes(bytes);
                decodeAndEncode(option, bytes);
                // Small numbers are more often lengths and codes that make sense.
                for (int at = 0; at < bytes.length; at++) {
                    bytes[at] = (byte) (bytes[at] & (i % 2 == 0 ? 3 : 15));
                }
                decodeAndEncode(option, bytes);
                Arrays.fill(bytes, (byte) i);
                decodeAndEncode(option, bytes);
            }
        }
    }

    @Test
    void everyStandardOptionHasASample() {
        Set<Integer> codes = new LinkedHashSet<>();
        for (String[] sample : OptionSamples.ALL) {
            codes.add(Integer.valueOf(sample[0]));
        }
        Set<Integer> defined = new LinkedHashSet<>();
        for (Option<?> option : OptionRegistry.STANDARD.all()) {
            defined.add(option.code());
        }
        assertThat(codes).isEqualTo(defined);
    }

    @Test
    void samplesAreReadAndWrittenAsTheirRfcHasThem() {
        for (String[] sample : OptionSamples.ALL) {
            Option<?> option = OptionRegistry.STANDARD.byCode(Integer.parseInt(sample[0]));
            byte[] bytes = hex(sample[2]);
            assertThat(option.encodeSpelled(sample[1])).as(option.name()).isEqualTo(bytes);
            assertThat(option.spell(bytes)).as(option.name()).isEqualTo(sample[1]);
            assertThat(option.type().decode(bytes))
                    .as(option.name())
                    .isInstanceOf(Field.Present.class);
            decodeAndEncode(option, bytes);
        }
    }

    @Test
    void samplesCutShortOrMadeLongerNeverThrow() {
        for (String[] sample : OptionSamples.ALL) {
            Option<?> option = OptionRegistry.STANDARD.byCode(Integer.parseInt(sample[0]));
            byte[] bytes = hex(sample[2]);
            for (int length = 0; length <= bytes.length + 4; length++) {
                decodeAndEncode(option, Arrays.copyOf(bytes, length));
            }
            for (int at = 0; at < bytes.length; at++) {
                for (int bit = 0; bit < 8; bit++) {
                    byte[] flipped = bytes.clone();
                    flipped[at] ^= (byte) (1 << bit);
                    decodeAndEncode(option, flipped);
                }
            }
        }
    }
}
