package io.leasehold.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class MessageTest {
    private static final String HEADER =
            "01010603" // op, htype, hlen, hops
                    + "cafe0001" // xid
                    + "ff078001" // secs, flags with the broadcast bit
                    + "0a000001" // ciaddr
                    + "0a000002" // yiaddr
                    + "0a000003" // siaddr
                    + "0a000004" // giaddr
                    + "525400aa0001" // chaddr, hlen bytes of it
                    + "0102030405060708090a" // chaddr, what is behind
                    + "73".repeat(64) // sname
                    + "66".repeat(128); // file

    private static Message message(String hex) {
        return parsed(HexFormat.of().parseHex(hex));
    }

    private static Message parsed(byte[] bytes) {
        return ((ParseResult.Parsed) Message.parse(bytes)).message();
    }

    /** RFC 2131 §2, Figure 1. */
    @Test
    void everyFieldIsReadFromItsPlace() {
        Message message = message(HEADER);
        assertThat(message.op()).isEqualTo(Message.BOOTREQUEST);
        assertThat(message.htype()).isEqualTo(1);
        assertThat(message.hlen()).isEqualTo(6);
        assertThat(message.hops()).isEqualTo(3);
        assertThat(message.xid()).isEqualTo(0xcafe0001);
        assertThat(message.secs()).isEqualTo(0xff07);
        assertThat(message.flags()).isEqualTo(0x8001);
        assertThat(message.broadcast()).isTrue();
        assertThat(message.ciaddr()).hasToString("10.0.0.1");
        assertThat(message.yiaddr()).hasToString("10.0.0.2");
        assertThat(message.siaddr()).hasToString("10.0.0.3");
        assertThat(message.giaddr()).hasToString("10.0.0.4");
        assertThat(message.hardware()).hasToString("52:54:00:aa:00:01");
        assertThat(message.chaddr()).hasSize(16).endsWith(9, 10);
        assertThat(message.sname()).hasSize(64).containsOnly('s');
        assertThat(message.file()).hasSize(128).containsOnly('f');
    }

    @Test
    void aHeaderAloneIsAMessageWithoutOptions() {
        Message message = message(HEADER);
        assertThat(message.hasOptions()).isFalse();
        assertThat(message.length()).isEqualTo(Message.HEADER_BYTES);
        assertThat(message.typeCode()).isZero();
        assertThat(message.type()).isNull();
        assertThat(message.raw(53)).isNull();
    }

    @Test
    void lessThanAHeaderIsMalformedWhereItEnds() {
        byte[] header = HexFormat.of().parseHex(HEADER);
        for (int length : new int[] {0, 1, 2, 3, 28, 235}) {
            assertThat(Message.parse(Arrays.copyOf(header, length)))
                    .isEqualTo(new ParseResult.Malformed(length, ParseResult.Why.SHORT_HEADER));
        }
    }

    /** chaddr has 16 bytes, and hlen is one unsigned byte (RFC 2131 §2). */
    @Test
    void aHardwareAddressOfMoreThanSixteenBytesIsMalformed() {
        byte[] header = HexFormat.of().parseHex(HEADER);
        for (int hlen = 0; hlen < 256; hlen++) {
            header[2] = (byte) hlen;
            ParseResult result = Message.parse(header);
            if (hlen > 16) {
                assertThat(result)
                        .isEqualTo(new ParseResult.Malformed(2, ParseResult.Why.HARDWARE_LENGTH));
            } else {
                assertThat(parsed(header).hardware().length()).isEqualTo(hlen);
            }
        }
    }

    @Test
    void moreThanADatagramCanHoldIsMalformed() {
        assertThat(Message.parse(new byte[65_507])).isInstanceOf(ParseResult.Parsed.class);
        assertThat(Message.parse(new byte[65_508]))
                .isEqualTo(new ParseResult.Malformed(65_507, ParseResult.Why.TOO_LONG));
    }

    @Test
    void isReadFromTheMiddleOfABufferAndKeepsACopy() {
        byte[] buffer = new byte[400];
        byte[] bytes = HexFormat.of().parseHex(HEADER + "63825363" + "350101" + "ff");
        System.arraycopy(bytes, 0, buffer, 7, bytes.length);
        Message message = ((ParseResult.Parsed) Message.parse(buffer, 7, bytes.length)).message();
        Arrays.fill(buffer, (byte) 0xee);
        message.toBytes()[0] = 9;
        assertThat(message.toBytes()).isEqualTo(bytes);
        message.copyTo(buffer, 100);
        assertThat(Arrays.copyOfRange(buffer, 100, 100 + bytes.length)).isEqualTo(bytes);
        assertThat(buffer[99]).isEqualTo((byte) 0xee);
        assertThat(message).isEqualTo(parsed(bytes)).hasSameHashCodeAs(parsed(bytes));
    }

    @Test
    void aRangeBeyondTheBufferIsAnErrorOfTheCaller() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.parse(new byte[300], 100, 240));
    }

    @Test
    void theMessageTypeIsOneByteThatIsNotZero() {
        assertThat(message(HEADER + "63825363" + "350101" + "ff").type())
                .isEqualTo(MessageType.DISCOVER);
        assertThat(message(HEADER + "63825363" + "350108" + "ff").type())
                .isEqualTo(MessageType.INFORM);
        Message unnamed = message(HEADER + "63825363" + "3501fe" + "ff");
        assertThat(unnamed.typeCode()).isEqualTo(254);
        assertThat(unnamed.type()).isNull();
        for (String malformed :
                new String[] {"3500", "350100", "35020101", "350101350101", "35", "350101ff35"}) {
            boolean cutBehindEnd = malformed.endsWith("ff35");
            assertThat(message(HEADER + "63825363" + malformed).typeCode())
                    .as(malformed)
                    .isEqualTo(cutBehindEnd ? 1 : -1);
        }
    }

    @Test
    void absentAndMalformedAreDifferent() {
        Message message = message(HEADER + "63825363" + "350101" + "3303000e10" + "3d05aa");
        assertThat(message.get(Options.HOST_NAME)).isInstanceOf(Field.Absent.class);
        assertThat(message.get(OptionRegistry.STANDARD.byCode(51)).isMalformed()).isTrue();
        assertThat(message.get(OptionRegistry.STANDARD.byCode(61)).isMalformed()).isTrue();
    }

    @Test
    void saysWhatItIsInOneLine() {
        assertThat(message(HEADER + "63825363" + "350103" + "ff"))
                .hasToString("REQUEST xid cafe0001 52:54:00:aa:00:01");
        assertThat(message(HEADER)).hasToString("op 1 type 0 xid cafe0001 52:54:00:aa:00:01");
    }
}
