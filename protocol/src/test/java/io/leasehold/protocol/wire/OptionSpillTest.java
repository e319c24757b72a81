package io.leasehold.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of options that the options area has no room for. */
class OptionSpillTest {
    /** Option 57 of 576, the least, without the IP and UDP headers: 308 bytes of options. */
    private static final int LEAST = Message.MIN_MAX_MESSAGE_BYTES - 28;

    private static final int AREA = LEAST - Message.OPTIONS_OFFSET;

    private final MessageBuilder builder =
            MessageBuilder.request(HardwareAddress.parse("52:54:00:aa:00:01"), 1)
                    .op(Message.BOOTREPLY)
                    .type(MessageType.ACK);

    private static byte[] value(int length) {
        byte[] value = new byte[length];
        for (int i = 0; i < length; i++) {
            value[i] = (byte) (i + length);
        }
        return value;
    }

    private static List<Integer> codesIn(Message message, int from, int to) {
        List<Integer> codes = new ArrayList<>();
        OptionIndex index = message.index();
        for (int at = 0; at < index.size(); at++) {
            if (index.offset(at) >= from && index.offset(at) < to) {
                codes.add(index.code(at));
            }
        }
        return codes;
    }

    private static List<Integer> inOptions(Message message) {
        return codesIn(message, Message.OPTIONS_OFFSET, message.length());
    }

    private static List<Integer> inFile(Message message) {
        return codesIn(message, Message.FILE_OFFSET, Message.FILE_OFFSET + Message.FILE_BYTES);
    }

    private static List<Integer> inSname(Message message) {
        return codesIn(message, Message.SNAME_OFFSET, Message.SNAME_OFFSET + Message.SNAME_BYTES);
    }

    /** RFC 2132 §9.3. */
    @Test
    void whatDoesNotFitSpillsToFileFirst() {
        Message message =
                builder.option(43, value(200))
                        .option(12, value(100))
                        .option(15, value(40))
                        .build(LEAST);
        assertThat(inOptions(message)).containsExactly(53, 52, 43, 15);
        assertThat(message.raw(OptionCode.OVERLOAD)).containsExactly(1);
        assertThat(inFile(message)).containsExactly(12);
        assertThat(message.sname()).containsOnly(0);
        assertThat(message.raw(12)).isEqualTo(value(100));
        assertThat(builder.omitted()).isEmpty();
    }

    /** RFC 2132 §9.3. */
    @Test
    void whatDoesNotFitIntoFileEitherSpillsToSname() {
        Message message =
                builder.option(43, value(255))
                        .option(12, value(100))
                        .option(15, value(50))
                        .build(LEAST);
        assertThat(inOptions(message)).containsExactly(53, 52, 43);
        assertThat(message.raw(OptionCode.OVERLOAD)).containsExactly(3);
        assertThat(inFile(message)).containsExactly(12);
        assertThat(inSname(message)).containsExactly(15);
        assertThat(message.raw(15)).isEqualTo(value(50));
    }

    /** RFC 2132 §9.3. */
    @Test
    void aFileNameSetByTheCallerLeavesSnameAlone() {
        Message message =
                builder.file("pxelinux.0")
                        .option(43, value(255))
                        .option(12, value(50))
                        .build(LEAST);
        assertThat(message.raw(OptionCode.OVERLOAD)).containsExactly(2);
        assertThat(inSname(message)).containsExactly(12);
        assertThat(message.file()).startsWith('p', 'x', 'e');
    }

    /** RFC 2132 §9.3. */
    @Test
    void aServerNameSetByTheCallerLeavesFileAlone() {
        Message message =
                builder.sname("boot").option(43, value(255)).option(12, value(50)).build(LEAST);
        assertThat(message.raw(OptionCode.OVERLOAD)).containsExactly(1);
        assertThat(inFile(message)).containsExactly(12);
        assertThat(message.sname()).startsWith('b', 'o', 'o', 't', 0);
    }

    /** RFC 2131 §4.1: each field that holds options ends with END, and the rest of it is pads. */
    @Test
    void aFieldThatHoldsOptionsEndsWithEnd() {
        // 2 + 125 and END fill file, 2 + 61 and END fill sname.
        Message full =
                builder.option(43, value(255))
                        .option(12, value(125))
                        .option(15, value(61))
                        .build(LEAST);
        assertThat(full.file()[127]).isEqualTo((byte) OptionCode.END);
        assertThat(full.sname()[63]).isEqualTo((byte) OptionCode.END);
        Message partly = builder.option(12, value(60)).option(15, value(40)).build(LEAST);
        assertThat(partly.file()[62]).isEqualTo((byte) OptionCode.END);
        assertThat(Arrays.copyOfRange(partly.file(), 63, 128)).containsOnly(0);
    }

    @Test
    void overloadStandsBehindTheMessageTypeAlsoWhenThatIsSetLast() {
        Message message =
                builder.remove(53)
                        .option(43, value(255))
                        .option(12, value(50))
                        .type(MessageType.OFFER)
                        .build(LEAST);
        assertThat(inOptions(message)).containsExactly(53, 52, 43);
    }

    @Test
    void thereIsNoOverloadWhereAllFits() {
        // 3 bytes of option 53, END.
        Message message = builder.option(43, value(200)).option(12, value(100)).build(LEAST);
        assertThat(message.length()).isEqualTo(LEAST);
        assertThat(message.has(OptionCode.OVERLOAD)).isFalse();
        assertThat(inOptions(message)).containsExactly(53, 43, 12);
    }

    /** RFC 1534 §2: a BOOTP client knows no option 52. */
    @Test
    void overloadCanBeForbidden() {
        Message message =
                builder.noOverload().option(43, value(255)).option(12, value(50)).build(LEAST);
        assertThat(message.has(OptionCode.OVERLOAD)).isFalse();
        assertThat(message.file()).containsOnly(0);
        assertThat(message.sname()).containsOnly(0);
        assertThat(builder.omitted()).containsExactly(12);
        assertThat(message.index().endMissing()).isFalse();
    }

    /** RFC 3396 §5: a long option may lie across options, file and sname, read in that order. */
    @Test
    void anOptionForWhichThereIsRoomNowhereWholeIsSplitOverTheAreas() {
        byte[] routes = value(400);
        Message message = builder.option(121, routes).option(15, value(30)).build(LEAST);
        // 301 bytes are left of the options area: 257 for a full instance, 44 for another. What
        // is left of the value goes to file.
        assertThat(inOptions(message)).containsExactly(53, 52, 121, 121);
        assertThat(inFile(message)).containsExactly(121);
        assertThat(inSname(message)).containsExactly(15);
        assertThat(message.raw(121)).isEqualTo(routes);
        assertThat(builder.omitted()).isEmpty();
    }

    @Test
    void aSplitSkipsAnAreaWithNoRoomForAByte() {
        // After 53, 52 and 43 two bytes are left of the options area: a code and a length only.
        int first = AREA - 1 - 3 - 3 - 2 - 2 - 2;
        byte[] last = value(150);
        Message message = builder.option(43, value(first - 2)).option(12, last).build(LEAST - 2);
        assertThat(inOptions(message)).containsExactly(53, 52, 43, 43);
        assertThat(inFile(message)).containsExactly(12);
        assertThat(inSname(message)).containsExactly(12);
        assertThat(message.raw(12)).isEqualTo(last);
    }

    @Test
    void aLaterOptionIsLeftOutBeforeAnEarlierOne() {
        builder.sname("taken").file("taken").option(15, value(150)).option(43, value(140));
        builder.option(12, value(10)).build(LEAST);
        assertThat(builder.omitted()).containsExactly(12);
        builder.remove(12).remove(15).option(12, value(10)).option(15, value(150)).build(LEAST);
        assertThat(builder.omitted()).containsExactly(15);
    }

    @Test
    void essentialsAreNeverLeftOutForOthers() {
        builder.noOverload().option(43, value(100)).option(125, value(200));
        for (int code : new int[] {82, 56, 61, 59, 58, 1, 51, 54}) {
            builder.option(code, value(4));
        }
        Message message = builder.build(LEAST);
        assertThat(builder.omitted()).containsExactly(125);
        assertThat(inOptions(message)).containsExactly(53, 43, 56, 61, 59, 58, 1, 51, 54, 82);
    }

    @Test
    void essentialsTooAreLeftOutFromTheLeastNeeded() {
        builder.noOverload();
        for (int code : new int[] {82, 56, 61, 59, 58, 1, 51, 54}) {
            builder.option(code, value(4));
        }
        List<Integer> omitted = List.of(54, 51, 1, 58, 59, 82, 61, 56);
        for (int kept = 0; kept < omitted.size(); kept++) {
            int limit = Message.OPTIONS_OFFSET + 3 + 6 * kept + 1;
            builder.build(limit);
            assertThat(builder.omitted()).isEqualTo(omitted.subList(kept, omitted.size()));
        }
        builder.build(Message.OPTIONS_OFFSET + 1);
        assertThat(builder.omitted()).startsWith(53, 54);
    }

    /** RFC 3046 §2.2: 82 stays the last of the options area, what else there is makes room. */
    @Test
    void agentInformationNeverSpills() {
        byte[] agent = value(200);
        Message message =
                builder.option(61, value(120)).option(12, value(30)).option(82, agent).build(LEAST);
        assertThat(inOptions(message)).containsExactly(53, 52, 12, 82);
        assertThat(inFile(message)).containsExactly(61);
        assertThat(message.raw(82)).isEqualTo(agent);
        assertThat(builder.omitted()).isEmpty();
    }

    /** RFC 3046 §2.2. */
    @Test
    void agentInformationThatDoesNotFitTheOptionsAreaIsLeftOutWhole() {
        Message message = builder.option(82, value(400)).option(12, value(30)).build(LEAST);
        assertThat(builder.omitted()).containsExactly(82);
        assertThat(message.has(OptionCode.RELAY_AGENT_INFORMATION)).isFalse();
        assertThat(message.raw(12)).isEqualTo(value(30));
    }

    @Test
    void aLimitWithNoRoomForOverloadDoesWithout() {
        // Room for option 53 and END, two bytes over.
        Message message = builder.option(12, value(20)).build(Message.OPTIONS_OFFSET + 6);
        assertThat(inOptions(message)).containsExactly(53);
        assertThat(builder.omitted()).containsExactly(12);
    }

    @Test
    void moreThanADatagramHoldsIsLeftOutEvenWithoutALimit() {
        Message message = builder.option(43, value(70_000)).option(12, value(9)).build();
        assertThat(builder.omitted()).containsExactly(43);
        assertThat(message.raw(12)).isEqualTo(value(9));
        assertThat(message.length()).isEqualTo(300);
    }
}
