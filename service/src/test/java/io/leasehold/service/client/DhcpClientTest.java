package io.leasehold.service.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Exchanges in virtual time, on a wire of bytes. */
class DhcpClientTest {
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final ScriptedLink link = new ScriptedLink();
    private ClientSettings settings = ClientSettings.of(ScriptedLink.HARDWARE);

    private DhcpClient client() {
        return new DhcpClient(link, settings, link, new Random(1));
    }

    private ClientLease bound(Acquisition acquisition) {
        assertThat(acquisition).isInstanceOf(Acquisition.Bound.class);
        return ((Acquisition.Bound) acquisition).lease();
    }

    private static List<byte[]> one(Message message) {
        return List.of(message.toBytes());
    }

    @Test
    void takesUpAnOfferAndHoldsItsAddress() throws IOException {
        link.serve(3600);
        ClientLease lease = bound(client().acquire(HALF_A_MINUTE));

        assertThat(lease.address()).isEqualTo(ScriptedLink.ADDRESS);
        assertThat(lease.server()).isEqualTo(ScriptedLink.SERVER);
        assertThat(lease.leaseSeconds()).isEqualTo(3600);
        assertThat(link.held).isEqualTo(ScriptedLink.ADDRESS);
        Message request = link.sent.get(1).message();
        assertThat(request.type()).isEqualTo(MessageType.REQUEST);
        assertThat(request.xid()).isEqualTo(link.sent.getFirst().message().xid());
        assertThat(request.get(Options.REQUESTED_ADDRESS).or(Ip4Address.ZERO))
                .isEqualTo(ScriptedLink.ADDRESS);
        assertThat(request.get(Options.SERVER_ID).or(Ip4Address.ZERO))
                .isEqualTo(ScriptedLink.SERVER);
        assertThat(request.ciaddr()).isEqualTo(Ip4Address.ZERO);
        assertThat(link.sent)
                .allMatch(each -> each.destination().equals(Ip4Address.BROADCAST))
                .allMatch(each -> each.source().isZero());
    }

    /** RFC 2131 §4.1. */
    @Test
    void asksAgainAfterFourEightSixteenAndSoManySecondsAndOneMoreOrLess() throws IOException {
        assertThat(client().discover(Duration.ofMinutes(5))).isNull();

        List<Long> waits = new ArrayList<>();
        for (int i = 1; i < link.sent.size(); i++) {
            waits.add(link.sent.get(i).atMillis() - link.sent.get(i - 1).atMillis());
        }
        long[] expected = {4_000, 8_000, 16_000, 32_000, 64_000, 64_000, 64_000};
        assertThat(waits).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(waits.get(i)).isCloseTo(expected[i], within(1_000L));
        }
        assertThat(waits).as("each with a spread").noneMatch(wait -> wait % 1000 == 0);
        assertThat(link.bootMillis()).isEqualTo(300_000);
    }

    /** RFC 2131 §4.4.1 and table 5. */
    @Test
    void keepsItsTransactionAndCountsSecondsWhileItAsksAgain() throws IOException {
        client().discover(HALF_A_MINUTE);
        assertThat(link.sent).hasSize(4);
        assertThat(link.sent)
                .allMatch(each -> each.message().xid() == link.sent.getFirst().message().xid())
                .allMatch(each -> each.message().secs() == each.seconds());
    }

    @Test
    void saysWhichQuestionMetSilence() throws IOException {
        assertThat(client().acquire(HALF_A_MINUTE))
                .isEqualTo(new Acquisition.Silence(MessageType.DISCOVER));
        link.answerWith(
                (wire, message) ->
                        message.type() == MessageType.DISCOVER
                                ? one(ScriptedLink.answer(message, 60))
                                : List.of());
        assertThat(client().acquire(HALF_A_MINUTE))
                .isEqualTo(new Acquisition.Silence(MessageType.REQUEST));
    }

    @Test
    void isToldOfARefusal() throws IOException {
        link.answerWith(
                (wire, message) ->
                        one(
                                message.type() == MessageType.DISCOVER
                                        ? ScriptedLink.answer(message, 60)
                                        : MessageBuilder.reply(message)
                                                .type(MessageType.NAK)
                                                .build()));
        assertThat(client().acquire(HALF_A_MINUTE)).isInstanceOf(Acquisition.Refused.class);
    }

    /** RFC 4039. */
    @Test
    void takesALeaseAtOnceWhereBothSidesWantRapidCommit() throws IOException {
        Function<Message, Message> rapid =
                message ->
                        ScriptedLink.builder(message, 60)
                                .type(MessageType.ACK)
                                .option(Options.RAPID_COMMIT, true)
                                .build();
        link.answerWith((wire, message) -> one(rapid.apply(message)));
        assertThat(client().acquire(HALF_A_MINUTE)).isInstanceOf(Acquisition.Silence.class);
        assertThat(link.sent).allMatch(each -> each.message().type() == MessageType.DISCOVER);

        settings = settings.withOption(Options.RAPID_COMMIT, true);
        assertThat(bound(client().acquire(HALF_A_MINUTE)).leaseSeconds()).isEqualTo(60);
    }

    /** RFC 2131 §4.4.5: half, and seven eighths. */
    @Test
    void renewsAtHalfAndRebindsAtSevenEighthsUnlessTheServerSaysOtherwise() throws IOException {
        link.serve(800);
        ClientLease lease = bound(client().acquire(HALF_A_MINUTE));
        assertThat(lease.renewSeconds()).isEqualTo(400);
        assertThat(lease.rebindSeconds()).isEqualTo(700);

        link.answerWith((wire, message) -> one(times(message, 100, 300)));
        lease = bound(client().acquire(HALF_A_MINUTE));
        assertThat(lease.renewSeconds()).isEqualTo(100);
        assertThat(lease.rebindSeconds()).isEqualTo(300);

        link.answerWith((wire, message) -> one(times(message, 900, 801)));
        lease = bound(client().acquire(HALF_A_MINUTE));
        assertThat(lease.renewSeconds()).as("T1 past the end").isEqualTo(400);
        assertThat(lease.rebindSeconds()).as("T2 past the end").isEqualTo(700);
    }

    private static Message times(Message message, long t1, long t2) {
        return ScriptedLink.builder(message, 800)
                .option(Options.RENEWAL_TIME, t1)
                .option(Options.REBINDING_TIME, t2)
                .build();
    }

    /** RFC 2131 §4.4.1: from when the REQUEST was sent. */
    @Test
    void countsALeaseFromItsRequest() throws IOException {
        link.answerWith(
                (wire, message) ->
                        message.type() == MessageType.DISCOVER || wire.sent.size() > 2
                                ? one(ScriptedLink.answer(message, 60))
                                : List.of());
        ClientLease lease = bound(client().acquire(HALF_A_MINUTE));
        assertThat(link.sent).hasSize(3);
        assertThat(lease.obtainedMillis()).isEqualTo(link.sent.get(1).atMillis());
        assertThat(lease.endsAtMillis()).isEqualTo(lease.obtainedMillis() + 60_000);
    }

    @Test
    void asksForAnAddressThatItHadWithoutNamingAServer() throws IOException {
        link.serve(60);
        bound(client().reboot(ScriptedLink.ADDRESS, HALF_A_MINUTE));
        Message request = link.sent.getFirst().message();
        assertThat(request.has(OptionCode.SERVER_ID)).isFalse();
        assertThat(request.get(Options.REQUESTED_ADDRESS).or(Ip4Address.ZERO))
                .isEqualTo(ScriptedLink.ADDRESS);
    }

    @Test
    void asksForConfigurationWithItsOwnAddressInCiaddr() throws IOException {
        link.answerWith(
                (wire, message) ->
                        one(MessageBuilder.reply(message).type(MessageType.ACK).build()));
        assertThat(client().inform(ScriptedLink.ADDRESS, HALF_A_MINUTE)).isNotNull();
        ScriptedLink.Sent inform = link.sent.getFirst();
        assertThat(inform.message().type()).isEqualTo(MessageType.INFORM);
        assertThat(inform.message().ciaddr()).isEqualTo(ScriptedLink.ADDRESS);
        assertThat(inform.source()).isEqualTo(ScriptedLink.ADDRESS);
    }

    /** RFC 2131 table 5: RELEASE and DECLINE hold no parameter list. */
    @Test
    void releasesByUnicastAndDeclinesByBroadcastWithoutParameterList() throws IOException {
        settings = settings.withClientId(Octets.of((byte) 1, (byte) 2));
        link.serve(60);
        DhcpClient client = client();
        ClientLease lease = bound(client.acquire(HALF_A_MINUTE));
        link.sent.clear();

        client.release(lease);
        client.decline(lease, "in use by 52:54:00:bb:00:01");

        assertThat(link.held).isEqualTo(Ip4Address.ZERO);
        ScriptedLink.Sent release = link.sent.getFirst();
        assertThat(release.message().type()).isEqualTo(MessageType.RELEASE);
        assertThat(release.message().ciaddr()).isEqualTo(ScriptedLink.ADDRESS);
        assertThat(release.destination()).isEqualTo(ScriptedLink.SERVER);
        ScriptedLink.Sent decline = link.sent.getLast();
        assertThat(decline.message().type()).isEqualTo(MessageType.DECLINE);
        assertThat(decline.message().ciaddr()).isEqualTo(Ip4Address.ZERO);
        assertThat(decline.destination()).isEqualTo(Ip4Address.BROADCAST);
        assertThat(decline.message().get(Options.REQUESTED_ADDRESS).or(Ip4Address.ZERO))
                .isEqualTo(ScriptedLink.ADDRESS);
        assertThat(link.sent)
                .allMatch(each -> each.message().has(OptionCode.CLIENT_ID))
                .allMatch(each -> each.message().has(OptionCode.SERVER_ID))
                .noneMatch(each -> each.message().has(OptionCode.PARAMETER_LIST));
    }

    @Test
    void namesItselfAsARelayWhereItPlaysOne() throws IOException {
        Ip4Address relay = Ip4Address.parse("10.20.0.1");
        settings = settings.withGiaddr(relay);
        link.serve(60);
        bound(client().acquire(HALF_A_MINUTE));
        assertThat(link.sent)
                .hasSize(2)
                .allMatch(each -> each.message().giaddr().equals(relay))
                .allMatch(each -> each.message().hops() == 1);
    }

    @Test
    void endsWhenItIsStopped() throws IOException {
        DhcpClient client = client();
        link.answerWith(
                (wire, message) -> {
                    client.stop();
                    return List.of();
                });
        assertThat(client.discover(Duration.ofDays(1))).isNull();
        assertThat(link.sent).hasSize(1);
        assertThat(link.bootMillis()).isLessThan(1_000);
    }
}
