package io.leasehold.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every list of options and every limit. A failure names the seed and the round. */
class MessageBuilderPropertyTest {
    private static final int ROUNDS = 1500;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsBuiltReadsBackWithinItsLimit(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            MessageBuilder builder = MessageBuilder.request(anyHardware(random), random.nextInt());
            Map<Integer, byte[]> given = anyOptions(random, builder);
            String sname = random.nextInt(4) == 0 ? "sname" : "";
            String file = random.nextInt(4) == 0 ? "file" : "";
            builder.sname(sname).file(file);
            boolean overload = random.nextInt(5) != 0;
            if (!overload) {
                builder.noOverload();
            }
            int limit = anyLimit(random);
            Message built = builder.build(limit);
            String about = "seed " + seed + ", round " + round + ", limit " + limit;

            assertThat(built.length())
                    .as(about)
                    .isBetween(Math.min(300, limit), Math.min(limit, 65_507));
            assertNoFlaw(built, about);
            assertReadsBack(built, given, builder.omitted(), about);
            assertOrder(built, about);
            assertFieldsKept(built, sname, file, overload, about);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7})
    void aCopySaysTheSameAsItsOriginal(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            MessageBuilder builder = MessageBuilder.request(anyHardware(random), random.nextInt());
            Map<Integer, byte[]> given = anyOptions(random, builder);
            Message original = builder.build(anyLimit(random));
            builder.omitted().forEach(given::remove);
            MessageBuilder copy = MessageBuilder.copyOf(original);
            String about = "seed " + seed + ", round " + round;

            assertReadsBack(copy.build(), given, copy.omitted(), about);
            assertThat(copy.omitted()).as(about).isEmpty();
            assertThat(copy.build().index().overload()).as(about).isZero();
        }
    }

    private static HardwareAddress anyHardware(Random random) {
        byte[] octets = new byte[random.nextInt(17)];
        random.nextBytes(octets);
        return HardwareAddress.of(random.nextInt(256), octets);
    }

    private static Map<Integer, byte[]> anyOptions(Random random, MessageBuilder builder) {
        Map<Integer, byte[]> given = new LinkedHashMap<>();
        int count = random.nextInt(24);
        int longest = new int[] {8, 40, 140, 600, 3000}[random.nextInt(5)];
        for (int i = 0; i < count; i++) {
            int code = 1 + random.nextInt(random.nextBoolean() ? 254 : 90);
            if (code == OptionCode.OVERLOAD) {
                continue;
            }
            byte[] value = new byte[random.nextInt(longest + 1)];
            random.nextBytes(value);
            builder.option(code, value);
            given.put(code, value);
        }
        return given;
    }

    private static int anyLimit(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> 241 + random.nextInt(20);
            case 1 -> 241 + random.nextInt(308);
            case 2 -> 548;
            case 3 -> 1472;
            default -> 65_507;
        };
    }

    private static void assertNoFlaw(Message built, String about) {
        ParseResult result = Message.parse(built.toBytes());
        assertThat(result).as(about).isInstanceOf(ParseResult.Parsed.class);
        OptionIndex index = built.index();
        assertThat(index.truncatedCode()).as(about).isEqualTo(-1);
        assertThat(index.endMissing()).as(about).isFalse();
        assertThat(index.overloadMalformed()).as(about).isFalse();
        assertThat(index.overloadNested()).as(about).isFalse();
    }

    private static void assertReadsBack(
            Message built, Map<Integer, byte[]> given, List<Integer> omitted, String about) {
        assertThat(given.keySet()).as(about).containsAll(omitted);
        given.forEach(
                (code, value) -> {
                    String option = about + ", option " + code;
                    byte[] expected = omitted.contains(code) ? null : value;
                    assertThat(built.raw(code)).as(option).isEqualTo(expected);
                });
    }

    /** 53 first, 52 next, and 82 last before END, which stands at its end but for pads. */
    private static void assertOrder(Message built, String about) {
        OptionIndex index = built.index();
        if (built.has(OptionCode.MESSAGE_TYPE)) {
            assertThat(index.code(0)).as(about).isEqualTo(OptionCode.MESSAGE_TYPE);
        }
        int overload = index.first(OptionCode.OVERLOAD);
        if (overload > 0) {
            assertThat(index.code(overload - 1)).as(about).isEqualTo(OptionCode.MESSAGE_TYPE);
        }
        if (built.has(OptionCode.RELAY_AGENT_INFORMATION)) {
            int last = -1;
            for (int at = 0; at < index.size(); at++) {
                if (index.offset(at) >= Message.OPTIONS_OFFSET) {
                    last = at;
                }
            }
            assertThat(index.code(last)).as(about).isEqualTo(OptionCode.RELAY_AGENT_INFORMATION);
            int end = index.offset(last) + index.length(last);
            assertThat(built.toBytes()[end]).as(about).isEqualTo((byte) OptionCode.END);
        }
    }

    private static void assertFieldsKept(
            Message built, String sname, String file, boolean overload, String about) {
        int used = built.index().overload();
        if (!overload || (!sname.isEmpty() && !file.isEmpty())) {
            assertThat(used).as(about).isZero();
        }
        if (!file.isEmpty()) {
            assertThat(used & 1).as(about).isZero();
            assertThat(built.file()).as(about).startsWith('f', 'i', 'l', 'e', 0);
        }
        if (!sname.isEmpty()) {
            assertThat(used & 2).as(about).isZero();
            assertThat(built.sname()).as(about).startsWith('s', 'n', 'a', 'm', 'e', 0);
        }
    }
}
