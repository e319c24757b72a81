package io.leasehold.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.protocol.corpus.Corpus;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a relay changes in a message, and what it leaves. */
class MessageEditTest {
    private static final HardwareAddress CLIENT = HardwareAddress.parse("52:54:00:aa:00:01");

    static List<Corpus.Case> all() {
        return Corpus.all();
    }

    /** A message whose options area is these bytes. */
    private static Message message(String options) {
        byte[] header = MessageBuilder.request(CLIENT, 1).build().toBytes();
        byte[] area = HexFormat.of().parseHex(options.replace(" ", ""));
        byte[] bytes = Arrays.copyOf(header, 240 + area.length);
        System.arraycopy(area, 0, bytes, 240, area.length);
        return parse(bytes);
    }

    private static Message parse(byte[] bytes) {
        if (Message.parse(bytes) instanceof ParseResult.Parsed parsed) {
            return parsed.message();
        }
        throw new AssertionError("no message");
    }

    private static String options(Message message) {
        byte[] bytes = message.toBytes();
        return HexFormat.of().formatHex(bytes, 240, bytes.length);
    }

    @ParameterizedTest
    @MethodSource("all")
    void changesHopsAndGiaddrAndNoOtherByte(Corpus.Case bad) {
        if (!(Message.parse(bad.bytes()) instanceof ParseResult.Parsed parsed)) {
            return;
        }
        byte[] expected = bad.bytes();
        expected[3] = 77;
        System.arraycopy(new byte[] {10, 1, 2, 3}, 0, expected, 24, 4);

        Message edited =
                MessageEdit.of(parsed.message())
                        .hops(77)
                        .giaddr(Ip4Address.parse("10.1.2.3"))
                        .build();

        assertThat(edited.toBytes()).isEqualTo(expected);
        assertThat(edited).isEqualTo(parse(expected));
        assertThat(parsed.message().toBytes()).isEqualTo(bad.bytes());
    }

    /** 43 with the bytes 1 2 3, into messages of every ending. */
    @ParameterizedTest
    @CsvSource({
        "350101 ff, 350101 2b03010203 ff",
        "350101 0000 ff, 350101 0000 2b03010203 ff",
        "350101 ff 0000, 350101 2b03010203 ff",
        "350101 ff 00000000000000, 350101 2b03010203 ff 0000",
        "350101 ff 000c, 350101 2b03010203 ff 000c",
        "350101, 350101 2b03010203 ff",
        "350101 0000000000000000, 350101 2b03010203 ff 0000",
        "ff, 2b03010203 ff"
    })
    void appendsRightBeforeEnd(String before, String after) {
        MessageEdit edit = MessageEdit.of(message(before)).append(43, new byte[] {1, 2, 3, 4}, 3);

        Message edited = edit.build();

        assertThat(options(edited)).isEqualTo(after.replace(" ", ""));
        assertThat(edit.length()).isEqualTo(edited.length());
        assertThat(edited.raw(43)).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @CsvSource({
        "2b0101 350101 ff, 350101 ff",
        "350101 2b0101 ff 0000, 350101 ff 0000",
        "2b00 350101 2b0101 00 2b00 ff, 350101 00 ff",
        "350101 2b09 01, 350101 ff",
        "350101 2b, 350101 ff",
        "350101 2b0101 0c09 01, 350101 0c09 01",
        "350101 ff 2b0101, 350101 ff 2b0101",
        "350101, 350101"
    })
    void takesEveryInstanceOut(String before, String after) {
        MessageEdit edit = MessageEdit.of(message(before)).without(43);

        Message edited = edit.build();

        assertThat(options(edited)).isEqualTo(after.replace(" ", ""));
        assertThat(edit.length()).isEqualTo(edited.length());
        assertThat(edited.has(43)).isFalse();
    }

    @Test
    void replacesAnOptionByOneBehindTheOthers() {
        Message edited =
                MessageEdit.of(message("2b0101 350101 2b09 01"))
                        .without(43)
                        .append(43, new byte[] {7}, 1)
                        .build();

        assertThat(options(edited)).startsWith("350101" + "2b0107" + "ff");
    }

    @Test
    void hasNoPlaceWithoutACookieOrBehindAnOptionThatRunsPastTheEnd() {
        Message bootp = MessageBuilder.request(CLIENT, 1).bootp().build();

        assertThat(MessageEdit.of(bootp).canAppend()).isFalse();
        assertThat(MessageEdit.of(message("350101 0c09 01")).canAppend()).isFalse();
        assertThat(MessageEdit.of(message("350101 0c09 01")).without(12).canAppend()).isTrue();
        assertThatThrownBy(() -> MessageEdit.of(bootp).append(43, new byte[1], 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this message has no place for an option 43");
    }

    /** RFC 3396 §5. */
    @Test
    void splitsWhatIsLongerThanAnInstance() {
        byte[] value = new byte[600];
        Arrays.fill(value, (byte) 9);

        Message edited = MessageEdit.of(message("350101 ff")).append(43, value, 600).build();

        assertThat(edited.raw(43)).isEqualTo(value);
        assertThat(edited.length()).isEqualTo(240 + 3 + 3 * 2 + 600 + 1);
    }

    /** Zeros behind an option that runs past the end would become its value. */
    @Test
    void padsToThreeHundredBytesWhatIsNotCutShort() {
        assertThat(MessageEdit.of(message("350101 ff")).padded().build().length()).isEqualTo(300);
        assertThat(MessageEdit.of(message("350101")).padded().build().length()).isEqualTo(300);
        assertThat(MessageEdit.of(message("0c09 01")).padded().build().length()).isEqualTo(243);
        assertThat(MessageEdit.of(message("0c09 01")).padded().without(12).build().length())
                .isEqualTo(300);
    }

    @Test
    void refusesHopsThatNoByteHolds() {
        assertThatThrownBy(() -> MessageEdit.of(message("ff")).hops(256))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hops 256 is not within 0 to 255");
    }
}
