package io.leasehold.server;

import static io.leasehold.server.ServerFixture.ONE;
import static io.leasehold.server.ServerFixture.codes;
import static io.leasehold.server.ServerFixture.message;
import static io.leasehold.server.ServerFixture.rebooting;
import static io.leasehold.server.ServerFixture.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a reply is, and where its options go (RFC 2131 §4.1, RFC 2132 §9.3, RFC 3396). */
class ReplySizeTest {
    private static final int DOMAIN_NAME = 15;
    private static final int FIRST_OF_OWN = 224;

    /** Ten options of a hundred octets each: more than 576 octets hold, less than 1500. */
    private static TestConfig large() {
        TestConfig config = new TestConfig();
        for (int code = FIRST_OF_OWN; code < FIRST_OF_OWN + 10; code++) {
            config.option(code, octets(100, code));
        }
        return config;
    }

    private static int[] octets(int length, int value) {
        int[] octets = new int[length];
        Arrays.fill(octets, value);
        return octets;
    }

    private static MessageBuilder askingForAll(int... maximumSize) {
        MessageBuilder message =
                ServerFixture.asking(
                        MessageType.DISCOVER,
                        1,
                        51,
                        224,
                        225,
                        226,
                        227,
                        228,
                        229,
                        230,
                        231,
                        232,
                        233);
        if (maximumSize.length > 0) {
            message.option(
                    OptionCode.MAX_MESSAGE_SIZE,
                    new byte[] {(byte) (maximumSize[0] >>> 8), (byte) maximumSize[0]});
        }
        return message;
    }

    /** RFC 1542 §2.1. */
    @Test
    void aReplyHasAtLeast300Bytes() {
        ServerFixture lab = new ServerFixture();

        assertThat(lab.offerOf().length()).isEqualTo(300);
        assertThat(
                        sent(lab.broadcast(rebooting(ONE, ServerFixture.ip("172.16.0.5"))))
                                .message()
                                .length())
                .isEqualTo(300);
    }

    @Test
    void withoutOption57AReplyAndItsHeadersHave576BytesAtMost() {
        Message offer = sent(large().start().broadcast(askingForAll())).message();

        assertThat(offer.length()).isEqualTo(576 - 28);
        assertThat(offer.index().overload()).isEqualTo(3);
    }

    /** OpenBSD CVE-2007-5365: what says less than 576 is taken as 576. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 27, 28, 300, 575, 576})
    void option57IsNeverTakenForLessThan576(int size) {
        assertThat(sent(large().start().broadcast(askingForAll(size))).message().length())
                .isEqualTo(576 - 28);
    }

    @ParameterizedTest
    @CsvSource({"800, 772", "1000, 972"})
    void aReplyNeverExceedsOption57LessItsHeaders(int size, int bytes) {
        assertThat(sent(large().start().broadcast(askingForAll(size))).message().length())
                .isEqualTo(bytes);
    }

    @Test
    void aReplyWithRoomForAllUsesNeitherFileNorSname() {
        Message offer = sent(large().start().broadcast(askingForAll(65_535))).message();

        assertThat(codes(offer)).contains(224, 233).doesNotContain(OptionCode.OVERLOAD);
        assertThat(offer.length()).isLessThanOrEqualTo(1500 - 28);
        assertThat(offer.file()).containsOnly(0);
    }

    /** An option 57 that cannot be read is no reason to say nothing. */
    @Test
    void anOption57ThatIsNotTwoBytesIsIgnored() {
        Message offer =
                sent(large().start()
                                .broadcast(
                                        askingForAll()
                                                .option(
                                                        OptionCode.MAX_MESSAGE_SIZE,
                                                        new byte[] {5})))
                        .message();

        assertThat(offer.length()).isEqualTo(576 - 28);
    }

    @Test
    void optionsSpillOnlyWhereTheFieldIsFree() {
        TestConfig config = large();
        config.bootFile = "pxelinux.0";
        Message offer = sent(config.start().broadcast(askingForAll())).message();

        assertThat(offer.index().overload()).isEqualTo(2);
        assertThat(new String(offer.file(), StandardCharsets.US_ASCII)).startsWith("pxelinux.0\0");
    }

    /** RFC 2131, Table 3: what says why is the first to give way. */
    @ParameterizedTest
    @CsvSource({
        "100, 150, true", //
        "120, 150, false",
        "130, 120, true",
        "145, 148, false"
    })
    void aNakHasNoOptionsInSnameAndFileWhateverItEchoes(int id, int agent, boolean why) {
        Message nak = nakTo(id, agent);

        assertThat(codes(nak))
                .startsWith(OptionCode.MESSAGE_TYPE, OptionCode.SERVER_ID)
                .endsWith(OptionCode.CLIENT_ID, OptionCode.RELAY_AGENT_INFORMATION)
                .hasSize(why ? 5 : 4);
        assertThat(nak.has(OptionCode.MESSAGE_TEXT)).isEqualTo(why);
        assertThat(nak.sname()).containsOnly(0);
        assertThat(nak.file()).containsOnly(0);
    }

    private static Message nakTo(int idBytes, int agentBytes) {
        return sent(new ServerFixture()
                        .relayed(
                                rebooting(ONE, ServerFixture.ip("172.16.0.5"))
                                        .option(OptionCode.CLIENT_ID, new byte[idBytes])
                                        .option(
                                                OptionCode.RELAY_AGENT_INFORMATION,
                                                agentInformation(agentBytes))))
                .message();
    }

    /** A circuit id that fills option 82. */
    private static byte[] agentInformation(int length) {
        byte[] agent = new byte[length];
        agent[0] = 1;
        agent[1] = (byte) (length - 2);
        return agent;
    }

    /** RFC 3046 §2.2: a relay needs it, the client knows its own 61. */
    @Test
    void agentInformationIsEchoedHoweverLongTheClientIdIs() {
        byte[] agent = agentInformation(202);
        Message offer =
                sent(new ServerFixture()
                                .relayed(
                                        message(MessageType.DISCOVER, ONE)
                                                .option(OptionCode.CLIENT_ID, new byte[255])
                                                .option(OptionCode.RELAY_AGENT_INFORMATION, agent)))
                        .message();

        assertThat(offer.raw(OptionCode.RELAY_AGENT_INFORMATION)).isEqualTo(agent);
        assertThat(nakTo(255, 202).raw(OptionCode.RELAY_AGENT_INFORMATION)).isEqualTo(agent);
    }

    @Test
    void whatDoesNotFitIsLeftOutFromTheEndAndNeverWhatTheLeaseNeeds() {
        Message offer = sent(large().start().broadcast(askingForAll())).message();

        assertThat(codes(offer))
                .contains(
                        OptionCode.SERVER_ID,
                        OptionCode.LEASE_TIME,
                        OptionCode.RENEWAL_TIME,
                        OptionCode.REBINDING_TIME,
                        OptionCode.SUBNET_MASK,
                        224)
                .doesNotContain(233);
        assertThat(offer.raw(224)).hasSize(100);
    }

    /** RFC 3396 §7, both ways. */
    @Test
    void anOptionOfMoreThan255BytesIsSplitAndReadAsOne() {
        TestConfig config = new TestConfig();
        config.option(DOMAIN_NAME, octets(300, 'x'));
        Message offer =
                sent(config.start()
                                .broadcast(
                                        ServerFixture.asking(MessageType.DISCOVER, DOMAIN_NAME)
                                                .option(
                                                        OptionCode.MAX_MESSAGE_SIZE,
                                                        new byte[] {5, (byte) 0xdc})))
                        .message();

        assertThat(codes(offer).stream().filter(code -> code == DOMAIN_NAME)).hasSize(2);
        assertThat(offer.raw(DOMAIN_NAME)).hasSize(300).containsOnly('x');
    }

    /** RFC 3396 §5: a client id in two instances is one. */
    @Test
    void aClientsOptionInPartsIsReadAsOne() {
        ServerFixture lab = new ServerFixture();
        byte[] parts =
                message(MessageType.DISCOVER, ONE)
                        .option(OptionCode.CLIENT_ID, new byte[] {0, 'a', 'b'})
                        .build()
                        .toBytes();
        // 61 03 00 'a' 'b' END behind the magic cookie and 53, which are 240 and 3 bytes.
        byte[] split = {61, 1, 0, 61, 2, 'a', 'b', (byte) 255};
        System.arraycopy(split, 0, parts, 243, split.length);
        Message message = ServerFixture.parse(parts);
        Message offer = sent(lab.arrive(message, Ip4Address.ZERO, Ip4Address.BROADCAST)).message();

        assertThat(offer.raw(OptionCode.CLIENT_ID)).containsExactly(0, 'a', 'b');
    }
}
