package io.leasehold.service.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.corpus.Corpus;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.Options;
import io.leasehold.protocol.wire.ParseResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Answers as only an attacker or a broken server sends them, before the one that is right. */
class HostileAnswersTest {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final ScriptedLink link = new ScriptedLink();
    private final DhcpClient client =
            new DhcpClient(link, ClientSettings.of(ScriptedLink.HARDWARE), link, new Random(1));

    /** The client must come through to the answer behind, and count what came before it. */
    private Map<Ignored, Long> through(Function<Message, List<byte[]>> hostile) throws IOException {
        link.answerWith(
                (wire, message) -> {
                    List<byte[]> all = new ArrayList<>(hostile.apply(message));
                    all.add(ScriptedLink.answer(message, 60).toBytes());
                    return all;
                });
        Acquisition acquired = client.acquire(LIMIT);
        assertThat(acquired).isInstanceOf(Acquisition.Bound.class);
        assertThat(((Acquisition.Bound) acquired).lease().address())
                .isEqualTo(ScriptedLink.ADDRESS);
        return client.ignored();
    }

    private Map<Ignored, Long> throughBuilt(UnaryOperator<MessageBuilder> change)
            throws IOException {
        return through(
                message ->
                        List.of(change.apply(ScriptedLink.builder(message, 60)).build().toBytes()));
    }

    @TestFactory
    Stream<DynamicTest> survivesEveryFileOfTheCorpusAsAnAnswer() {
        return Corpus.all().stream()
                .map(
                        each ->
                                DynamicTest.dynamicTest(
                                        each.name(),
                                        () -> new HostileAnswersTest().survives(each.bytes())));
    }

    private void survives(byte[] bytes) throws IOException {
        boolean nak =
                Message.parse(bytes) instanceof ParseResult.Parsed parsed
                        && parsed.message().type() == MessageType.NAK;
        // A NAK under the client's own transaction is a NAK, whatever else is wrong with it.
        assertThat(
                        through(
                                message ->
                                        nak
                                                ? List.of(bytes)
                                                : List.of(bytes, disguised(bytes, message))))
                .isNotEmpty();
    }

    /** The same as a server's message to this client, so that it is not refused by its header. */
    private static byte[] disguised(byte[] bytes, Message message) {
        byte[] copy = bytes.clone();
        byte[] header = Arrays.copyOf(MessageBuilder.reply(message).build().toBytes(), 44);
        System.arraycopy(header, 0, copy, 0, Math.min(44, copy.length));
        return copy;
    }

    @Test
    void survivesAnswersCutOffAnywhere() throws IOException {
        assertThat(
                        through(
                                message -> {
                                    byte[] whole = ScriptedLink.answer(message, 60).toBytes();
                                    List<byte[]> cut = new ArrayList<>();
                                    for (int length = 0; length < 246; length++) {
                                        cut.add(Arrays.copyOf(whole, length));
                                    }
                                    return cut;
                                }))
                .containsKeys(Ignored.NOT_A_MESSAGE, Ignored.UNEXPECTED_TYPE);
    }

    @Test
    void survivesAnswersWithOctetsChangedAtRandom() throws IOException {
        Random random = new Random(2131);
        for (int round = 0; round < 2_000; round++) {
            link.answerWith(
                    (wire, message) -> {
                        byte[] bytes = ScriptedLink.answer(message, 60).toBytes();
                        for (int i = 0; i < 4; i++) {
                            bytes[240 + random.nextInt(40)] = (byte) random.nextInt();
                        }
                        return List.of(bytes, ScriptedLink.answer(message, 60).toBytes());
                    });
            assertThat(client.acquire(LIMIT)).isNotInstanceOf(Acquisition.Silence.class);
        }
    }

    @Test
    void countsWhatIsNoAnswerByItsReason() throws IOException {
        assertThat(throughBuilt(reply -> reply.op(Message.BOOTREQUEST)))
                .containsOnly(Map.entry(Ignored.NOT_A_REPLY, 2L));
    }

    @Test
    void takesNoOthersTransaction() throws IOException {
        assertThat(throughBuilt(reply -> reply.xid(0x0bad0bad)))
                .containsOnly(Map.entry(Ignored.OTHER_TRANSACTION, 2L));
    }

    @Test
    void takesNoOthersHardwareAddress() throws IOException {
        HardwareAddress other = HardwareAddress.parse("52:54:00:aa:00:02");
        assertThat(
                        through(
                                message ->
                                        List.of(
                                                ScriptedLink.answer(
                                                                MessageBuilder.request(
                                                                                other,
                                                                                message.xid())
                                                                        .type(MessageType.DISCOVER)
                                                                        .build(),
                                                                60)
                                                        .toBytes())))
                .containsOnly(Map.entry(Ignored.OTHER_HARDWARE, 2L));
    }

    /** RFC 6842 §3. */
    @Test
    void takesNoOthersClientIdentifier() throws IOException {
        assertThat(throughBuilt(reply -> reply.option(OptionCode.CLIENT_ID, new byte[] {1, 2})))
                .containsOnly(Map.entry(Ignored.OTHER_CLIENT_ID, 2L));
    }

    @Test
    void takesNoOfferWithoutAServerOrWithHalfOfOne() throws IOException {
        assertThat(throughBuilt(reply -> reply.option(OptionCode.SERVER_ID, new byte[2])))
                .containsOnly(Map.entry(Ignored.UNUSABLE, 2L));
    }

    @Test
    void takesNoLeaseOfZeroSecondsOrOfFiveBytes() throws IOException {
        for (byte[] seconds : List.of(new byte[4], new byte[] {0, 0, 0, 60, 0}, new byte[0])) {
            // An OFFER may come without; the ACK may not.
            throughBuilt(reply -> reply.option(OptionCode.LEASE_TIME, seconds));
        }
        assertThat(client.ignored()).containsEntry(Ignored.UNUSABLE, 3L);
    }

    @Test
    void takesNoAddressThatIsNone() throws IOException {
        for (String address : List.of("0.0.0.0", "255.255.255.255", "224.0.0.1")) {
            throughBuilt(reply -> reply.yiaddr(Ip4Address.parse(address)));
        }
        assertThat(client.ignored()).containsOnly(Map.entry(Ignored.UNUSABLE, 6L));
    }

    @Test
    void takesTheFirstOfAFloodOfOffers() throws IOException {
        link.answerWith(
                (wire, message) -> {
                    byte[] answer = ScriptedLink.answer(message, 60).toBytes();
                    return java.util.Collections.nCopies(10_000, answer);
                });
        assertThat(client.acquire(LIMIT)).isInstanceOf(Acquisition.Bound.class);
        assertThat(link.sent).hasSize(2);
    }

    @Test
    void usesNoMaskWithHolesForTheWayToItsServer() throws IOException {
        link.answerWith(
                (wire, message) ->
                        List.of(
                                ScriptedLink.builder(message, 60)
                                        .option(
                                                Options.SUBNET_MASK,
                                                Ip4Address.parse("255.0.255.0"))
                                        .option(OptionCode.ROUTERS, new byte[3])
                                        .build()
                                        .toBytes()));
        Acquisition.Bound bound = (Acquisition.Bound) client.acquire(LIMIT);
        client.release(bound.lease());
        assertThat(link.sent.getLast().nextHop()).isEqualTo(ScriptedLink.SERVER);
    }
}
