package io.leasehold.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of a message that fits as it is; those of one that does not: OptionSpillTest. */
class MessageBuilderTest {
    private static final HardwareAddress CLIENT = HardwareAddress.parse("52:54:00:aa:00:01");

    /** A request in which every field says something. */
    private static final byte[] REQUEST =
            HexFormat.of()
                    .parseHex(
                            "01060603" // op, htype (IEEE 802), hlen, hops
                                    + "cafe0001" // xid
                                    + "00078001" // secs, flags with the broadcast bit
                                    + "0a000001" // ciaddr
                                    + "0a000002" // yiaddr
                                    + "0a000003" // siaddr
                                    + "0a000004" // giaddr
                                    + "525400aa0001" // chaddr, hlen bytes of it
                                    + "0102030405060708090a" // chaddr, what is behind
                                    + "73".repeat(64) // sname
                                    + "66".repeat(128) // file
                                    + "63825363" // magic cookie
                                    + "350101" // 53: DISCOVER
                                    + "ff");

    private static Message parsed(byte[] bytes) {
        return ((ParseResult.Parsed) Message.parse(bytes)).message();
    }

    private static List<Integer> codes(Message message) {
        List<Integer> codes = new ArrayList<>();
        for (int at = 0; at < message.index().size(); at++) {
            codes.add(message.index().code(at));
        }
        return codes;
    }

    /** RFC 2131 §4.3.1, Table 3. */
    @Test
    void aReplyCopiesWhatTableThreeSaysAndNothingElse() {
        byte[] reply = MessageBuilder.reply(parsed(REQUEST)).build().toBytes();
        String expected =
                "02060600" // op BOOTREPLY; htype and hlen copied; hops 0
                        + "cafe0001" // xid copied
                        + "00008001" // secs 0, flags copied
                        + "00000000".repeat(3) // ciaddr, yiaddr, siaddr
                        + "0a000004" // giaddr copied
                        + "525400aa00010102030405060708090a" // all of chaddr copied
                        + "00".repeat(192) // sname, file
                        + "63825363"
                        + "ff"
                        + "00".repeat(59); // padded to 300
        assertThat(HexFormat.of().formatHex(reply)).isEqualTo(expected);
    }

    @Test
    void aRequestCarriesItsClient() {
        Message request = MessageBuilder.request(CLIENT, 0x12345678).secs(9).hops(2).build();
        assertThat(request.op()).isEqualTo(Message.BOOTREQUEST);
        assertThat(request.hardware()).isEqualTo(CLIENT);
        assertThat(request.xid()).isEqualTo(0x12345678);
        assertThat(request.secs()).isEqualTo(9);
        assertThat(request.hops()).isEqualTo(2);
        assertThat(request.hasOptions()).isTrue();
    }

    @Test
    void everyFieldIsSetWhereItIsRead() {
        Message message =
                MessageBuilder.request(CLIENT, 1)
                        .op(2)
                        .hops(255)
                        .secs(65_535)
                        .flags(0x7fff)
                        .xid(-2)
                        .ciaddr(Ip4Address.parse("192.0.2.1"))
                        .yiaddr(Ip4Address.parse("192.0.2.2"))
                        .siaddr(Ip4Address.parse("192.0.2.3"))
                        .giaddr(Ip4Address.parse("192.0.2.4"))
                        .sname("boot.example")
                        .file("pxelinux.0")
                        .build();
        assertThat(message.op()).isEqualTo(2);
        assertThat(message.hops()).isEqualTo(255);
        assertThat(message.secs()).isEqualTo(65_535);
        assertThat(message.flags()).isEqualTo(0x7fff);
        assertThat(message.xid()).isEqualTo(-2);
        assertThat(message.ciaddr()).hasToString("192.0.2.1");
        assertThat(message.yiaddr()).hasToString("192.0.2.2");
        assertThat(message.siaddr()).hasToString("192.0.2.3");
        assertThat(message.giaddr()).hasToString("192.0.2.4");
        assertThat(message.hardware()).isEqualTo(CLIENT);
        assertThat(message.sname()).isEqualTo(field("boot.example", 64));
        assertThat(message.file()).isEqualTo(field("pxelinux.0", 128));
    }

    private static byte[] field(String text, int length) {
        return Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), length);
    }

    @Test
    void theBroadcastFlagIsSetAndClearedAlone() {
        MessageBuilder builder = MessageBuilder.request(CLIENT, 1).flags(0x0123);
        assertThat(builder.broadcast(true).build().flags()).isEqualTo(0x8123);
        assertThat(builder.broadcast(false).build().flags()).isEqualTo(0x0123);
    }

    /** RFC 2131 §2: sname and file are strings that end with NUL. */
    @Test
    void nameFieldsLeaveRoomForTheirNul() {
        MessageBuilder builder = MessageBuilder.request(CLIENT, 1);
        Message full = builder.sname("s".repeat(63)).file("f".repeat(127)).build();
        assertThat(full.sname()).endsWith('s', 0);
        assertThat(full.file()).endsWith('f', 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.sname("s".repeat(64)))
                .withMessageContaining("64 bytes, expected at most 63");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.file("f".repeat(128)))
                .withMessageContaining("128 bytes, expected at most 127");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.file("caf\u00e9"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.sname("a\0b"));
        assertThat(builder.build()).isEqualTo(full);
        assertThat(builder.sname("").file("").build().sname()).containsOnly(0);
    }

    /** RFC 3046 §2.2 for 82; that 53 comes first is what clients have come to rely on. */
    @Test
    void messageTypeComesFirstAndAgentInformationLast() {
        Message message =
                MessageBuilder.request(CLIENT, 1)
                        .option(OptionCode.RELAY_AGENT_INFORMATION, new byte[] {1, 1, 7})
                        .option(OptionCode.ROUTERS, new byte[4])
                        .option(OptionCode.SUBNET_MASK, new byte[4])
                        .type(MessageType.OFFER)
                        .option(OptionCode.HOST_NAME, new byte[] {'h'})
                        .build();
        assertThat(codes(message)).containsExactly(53, 3, 1, 12, 82);
    }

    @Test
    void aSecondValueTakesThePlaceOfTheFirst() {
        Message message =
                MessageBuilder.request(CLIENT, 1)
                        .option(3, new byte[4])
                        .option(12, new byte[] {'a', 'b', 'c'})
                        .option(6, new byte[8])
                        .option(3, new byte[] {9})
                        .option(12, new byte[300])
                        .option(12, new byte[] {'z'})
                        .build();
        assertThat(codes(message)).containsExactly(3, 12, 6);
        assertThat(message.raw(3)).containsExactly(9);
        assertThat(message.raw(12)).containsExactly('z');
    }

    @Test
    void whatIsRemovedIsGoneAndTheOthersStay() {
        MessageBuilder builder =
                MessageBuilder.request(CLIENT, 1)
                        .option(3, new byte[4])
                        .option(12, new byte[2])
                        .option(6, new byte[8]);
        assertThat(codes(builder.remove(3).remove(99).build())).containsExactly(12, 6);
        assertThat(codes(builder.remove(6).build())).containsExactly(12);
        assertThat(codes(builder.option(3, new byte[1]).build())).containsExactly(12, 3);
    }

    @Test
    void moreOptionsThanABuilderBeginsWithAreAllWritten() {
        MessageBuilder builder = MessageBuilder.request(CLIENT, 1);
        for (int code = 254; code > 0; code--) {
            if (code != OptionCode.OVERLOAD) {
                builder.option(code, new byte[] {(byte) code});
            }
        }
        Message message = builder.build();
        assertThat(message.index().size()).isEqualTo(253);
        assertThat(message.raw(254)).containsExactly(254);
        assertThat(message.raw(1)).containsExactly(1);
    }

    /** RFC 1542 §2.1. */
    @Test
    void aMessageIsPaddedToThreeHundredBytesUnlessItsLimitIsSmaller() {
        MessageBuilder builder = MessageBuilder.request(CLIENT, 1).type(MessageType.DISCOVER);
        assertThat(builder.build().length()).isEqualTo(300);
        assertThat(builder.build(548).length()).isEqualTo(300);
        assertThat(builder.build(260).length()).isEqualTo(260);
        assertThat(builder.build(244).length()).isEqualTo(244);
        // 240 of header and cookie, 3 of option 53, 2 + 55 of option 12, END.
        assertThat(builder.option(12, new byte[55]).build().length()).isEqualTo(301);
    }

    /** RFC 3396 §5. */
    @Test
    void moreThanTwoHundredFiftyFiveBytesAreSplit() {
        byte[] value = new byte[600];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) i;
        }
        Message message =
                MessageBuilder.request(CLIENT, 1)
                        .option(OptionCode.CLASSLESS_STATIC_ROUTE, value)
                        .option(OptionCode.HOST_NAME, new byte[255])
                        .build();
        assertThat(codes(message)).containsExactly(121, 121, 121, 12);
        assertThat(message.index().length(0)).isEqualTo(255);
        assertThat(message.index().length(1)).isEqualTo(255);
        assertThat(message.index().length(2)).isEqualTo(90);
        assertThat(message.raw(121)).isEqualTo(value);
    }

    /** RFC 4039 §4: rapid commit has no value. */
    @Test
    void anOptionWithoutAValueIsWritten() {
        Message message =
                MessageBuilder.request(CLIENT, 1)
                        .option(OptionCode.RAPID_COMMIT, new byte[0])
                        .build();
        assertThat(codes(message)).containsExactly(80);
        assertThat(message.raw(80)).isEmpty();
    }

    /** RFC 951: 64 bytes of vendor area, and nothing known about them. */
    @Test
    void aBootpMessageHasNoCookieAndLeavesOutItsOptions() {
        MessageBuilder builder =
                MessageBuilder.request(CLIENT, 1).option(12, new byte[3]).option(3, new byte[4]);
        Message message = builder.bootp().build();
        assertThat(message.length()).isEqualTo(300);
        assertThat(message.hasOptions()).isFalse();
        assertThat(Arrays.copyOfRange(message.toBytes(), 236, 300)).containsOnly(0);
        assertThat(builder.omitted()).containsExactly(12, 3);
        assertThat(builder.build(250).length()).isEqualTo(250);
    }

    @Test
    void aCopyOfAPlainMessageIsTheSameBytes() {
        byte[] bytes = Arrays.copyOf(REQUEST, 300);
        assertThat(MessageBuilder.copyOf(parsed(bytes)).build().toBytes()).isEqualTo(bytes);
        byte[] bootp = bytes.clone();
        Arrays.fill(bootp, 236, 300, (byte) 0);
        assertThat(MessageBuilder.copyOf(parsed(bootp)).build().toBytes()).isEqualTo(bootp);
    }

    /** RFC 3046 §2.2: 82 is last, whatever is added to a copy, and whatever lay behind it there. */
    @Test
    void whatIsAddedToACopyStandsBeforeOption82() {
        MessageBuilder builder =
                MessageBuilder.request(CLIENT, 1)
                        .type(MessageType.REQUEST)
                        .option(OptionCode.RELAY_AGENT_INFORMATION, new byte[] {1, 1, 7});
        Message more =
                MessageBuilder.copyOf(builder.build())
                        .option(OptionCode.HOST_NAME, new byte[] {'a'})
                        .build();
        assertThat(Arrays.copyOfRange(more.toBytes(), 240, 252))
                .containsExactly(53, 1, 3, 12, 1, 'a', 82, 3, 1, 1, 7, 255);
        byte[] turned = more.toBytes();
        System.arraycopy(new byte[] {82, 3, 1, 1, 7, 12, 1, 'a'}, 0, turned, 243, 8);
        assertThat(MessageBuilder.copyOf(parsed(turned)).build()).isEqualTo(more);
    }

    @Test
    void whatCannotStandInAMessageIsRefused() {
        MessageBuilder builder = MessageBuilder.request(CLIENT, 1);
        for (int code : new int[] {-1, 0, OptionCode.OVERLOAD, OptionCode.END, 256}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.option(code, new byte[1]))
                    .withMessageContaining("option code " + code + " cannot be set");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> builder.op(256));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.hops(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.secs(65_536));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.flags(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.build(240))
                .withMessageContaining("a limit of 240 bytes");
        assertThat(builder.build()).isEqualTo(MessageBuilder.request(CLIENT, 1).build());
    }

    @Test
    void aBuilderBuildsTheSameAgain() {
        MessageBuilder builder = MessageBuilder.request(CLIENT, 1).option(12, new byte[400]);
        Message whole = builder.build();
        assertThat(builder.build(300)).isNotEqualTo(whole);
        assertThat(builder.omitted()).containsExactly(12);
        assertThat(builder.build()).isEqualTo(whole);
        assertThat(builder.omitted()).isEmpty();
    }
}
