package io.leasehold.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionIndexTest {
    /** A message with options in its three areas; file and sname are padded with zeros. */
    private static Message message(String options, String file, String sname) {
        String hex =
                "01010600" // op, htype, hlen, hops
                        + "00".repeat(40) // xid to chaddr
                        + (sname + "00".repeat(64)).substring(0, 128)
                        + (file + "00".repeat(128)).substring(0, 256)
                        + "63825363"
                        + options;
        return ((ParseResult.Parsed) Message.parse(HexFormat.of().parseHex(hex))).message();
    }

    private static Message message(String options) {
        return message(options, "", "");
    }

    private static List<Integer> codes(Message message) {
        List<Integer> codes = new ArrayList<>();
        for (int at = 0; at < message.index().size(); at++) {
            codes.add(message.index().code(at));
        }
        return codes;
    }

    @Test
    void orderAndDuplicatesAreKept() {
        Message message = message("350101" + "0c0161" + "00" + "3d0107" + "0c0162" + "ff");
        assertThat(codes(message)).containsExactly(53, 12, 61, 12);
        assertThat(message.index().first(12)).isEqualTo(1);
        assertThat(message.index().first(99)).isEqualTo(-1);
        assertThat(message.index().offset(1)).isEqualTo(240 + 3 + 2);
        assertThat(message.index().length(1)).isEqualTo(1);
    }

    /** RFC 3396 §5: also where they are not beside each other. */
    @Test
    void theInstancesOfAnOptionAreOneValue() {
        Message message = message("0c026162" + "3d0107" + "0c00" + "0c0163" + "ff");
        assertThat(message.raw(12)).containsExactly('a', 'b', 'c');
        assertThat(message.raw(61)).containsExactly(7);
        assertThat(message.raw(99)).isNull();
    }

    /** RFC 3396 §5 and RFC 2131 §4.1. */
    @Test
    void valuesGoOnFromOptionsToFileToSname() {
        Message message = message("340103" + "3d0101" + "ff", "3d0102ff", "3d0103ff");
        assertThat(message.raw(61)).containsExactly(1, 2, 3);
        assertThat(message.index().overload()).isEqualTo(3);
    }

    /** RFC 2132 §9.3. */
    @Test
    void overloadNamesTheFieldsThatHoldOptions() {
        assertThat(codes(message("340101ff", "0c0161ff", "0f0162ff"))).containsExactly(52, 12);
        assertThat(codes(message("340102ff", "0c0161ff", "0f0162ff"))).containsExactly(52, 15);
        assertThat(codes(message("340103ff", "0c0161ff", "0f0162ff"))).containsExactly(52, 12, 15);
        assertThat(codes(message("ff", "0c0161ff", "0f0162ff"))).isEmpty();
    }

    /** RFC 2132 §9.3 knows 1, 2 and 3. */
    @Test
    void anyOtherOverloadIsIgnoredAndNoted() {
        for (String overload : new String[] {"340100", "340104", "3401ff", "3400", "34020303"}) {
            Message message = message(overload + "ff", "0c0161ff", "0f0162ff");
            assertThat(codes(message)).as(overload).containsExactly(52);
            assertThat(message.index().overloadMalformed()).as(overload).isTrue();
            assertThat(message.index().overload()).as(overload).isZero();
        }
        assertThat(message("340101ff").index().overloadMalformed()).isFalse();
    }

    @Test
    void anOverloadWithinAnOverloadedFieldIsIgnoredAndNoted() {
        Message message = message("340101ff", "340103" + "0c0161ff", "0f0162ff");
        assertThat(codes(message)).containsExactly(52, 52, 12);
        assertThat(message.index().overloadNested()).isTrue();
        assertThat(message.index().overload()).isEqualTo(1);
        assertThat(message("340103ff", "0c0161ff", "ff").index().overloadNested()).isFalse();
    }

    @Test
    void nothingBehindAnEndIsRead() {
        assertThat(codes(message("0c0161" + "ff" + "0f0162"))).containsExactly(12);
        Message message = message("340103ff", "ff0c0161", "0f0162ff3d0107");
        assertThat(codes(message)).containsExactly(52, 15);
    }

    @Test
    void aMissingEndIsNoted() {
        assertThat(message("0c0161").index().endMissing()).isTrue();
        assertThat(message("").index().endMissing()).isTrue();
        assertThat(message("0c0161ff").index().endMissing()).isFalse();
        assertThat(message("0c0161ff00000c").index().endMissing()).isFalse();
    }

    @Test
    void anOptionThatRunsPastItsAreaIsNotedAndNotRead() {
        OptionIndex index = message("350101" + "0c056162").index();
        assertThat(index.size()).isEqualTo(1);
        assertThat(index.truncatedCode()).isEqualTo(12);
        assertThat(index.truncatedOffset()).isEqualTo(243);
        assertThat(index.isTruncated(12)).isTrue();
        assertThat(index.isTruncated(53)).isFalse();
        assertThat(index.isTruncated(0)).isFalse();
        OptionIndex whole = message("350101ff").index();
        assertThat(whole.truncatedCode()).isEqualTo(-1);
        assertThat(whole.truncatedOffset()).isEqualTo(-1);
        assertThat(whole.isTruncated(0)).isFalse();
    }

    /** An option of file must not run on into the magic cookie, nor one of sname into file. */
    @Test
    void anOptionDoesNotRunFromOneAreaIntoTheNext() {
        String file = "0c7f" + "61".repeat(126);
        String sname = "0f3f" + "62".repeat(62);
        OptionIndex index = message("340103" + "3d09", file, sname).index();
        assertThat(index.size()).isEqualTo(1);
        assertThat(index.isTruncated(61)).isTrue();
        assertThat(index.isTruncated(12)).isTrue();
        assertThat(index.isTruncated(15)).isTrue();
        assertThat(index.truncatedCode()).isEqualTo(61);
    }

    @Test
    void anOptionMayFillItsAreaToTheLastByte() {
        String file = "0c7e" + "61".repeat(126);
        String sname = "0f3e" + "62".repeat(62);
        Message message = message("340103" + "3d0107", file, sname);
        assertThat(message.raw(12)).hasSize(126);
        assertThat(message.raw(15)).hasSize(62);
        assertThat(message.raw(61)).containsExactly(7);
        assertThat(message.index().truncatedCode()).isEqualTo(-1);
    }

    @Test
    void aMessageWithoutTheCookieHasNoOptions() {
        byte[] bytes = message("350101ff").toBytes();
        bytes[239] ^= 1;
        Message message = ((ParseResult.Parsed) Message.parse(bytes)).message();
        assertThat(message.hasOptions()).isFalse();
        assertThat(message.index().size()).isZero();
        assertThat(message.index().endMissing()).isFalse();
    }
}
