package io.leasehold.service.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 2131 §4.4.5, in virtual time: leases of 8,000 s, so T1 is 4,000 s and T2 is 7,000 s. */
class LeaseKeeperTest {
    private static final long LEASE_SECONDS = 8_000;
    private static final long T1_SECONDS = 4_000;
    private static final long T2_SECONDS = 7_000;

    private final ScriptedLink link = new ScriptedLink();
    private final List<LeaseEvent> events = new ArrayList<>();
    private final DhcpClient client =
            new DhcpClient(link, ClientSettings.of(ScriptedLink.HARDWARE), link, new Random(1));
    private LeaseKeeper keeper = keeper(LEASE_SECONDS);

    private LeaseKeeper keeper(long seconds) {
        link.serve(seconds);
        try {
            Acquisition acquired = client.acquire(Duration.ofSeconds(1));
            assertThat(acquired).isInstanceOf(Acquisition.Bound.class);
            return client.keeper(((Acquisition.Bound) acquired).lease());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void forget() {
        link.sent.clear();
    }

    private void run(long seconds) {
        keeper.run(Duration.ofSeconds(seconds), events::add);
    }

    private void silence() {
        link.answerWith((wire, message) -> List.of());
    }

    @Test
    void saysNothingBeforeT1() {
        run(T1_SECONDS);
        assertThat(link.sent).isEmpty();
        assertThat(events).isEmpty();
        assertThat(keeper.isLost()).isFalse();
    }

    @Test
    void renewsByUnicastAtT1WithItsAddressInCiaddrAlone() {
        run(T1_SECONDS + 1);
        ScriptedLink.Sent request = link.sent.getFirst();
        assertThat(request.seconds()).isEqualTo(T1_SECONDS);
        assertThat(request.destination()).isEqualTo(ScriptedLink.SERVER);
        assertThat(request.source()).isEqualTo(ScriptedLink.ADDRESS);
        assertThat(request.message().type()).isEqualTo(MessageType.REQUEST);
        assertThat(request.message().ciaddr()).isEqualTo(ScriptedLink.ADDRESS);
        assertThat(request.message().has(OptionCode.REQUESTED_ADDRESS)).isFalse();
        assertThat(request.message().has(OptionCode.SERVER_ID)).isFalse();
        assertThat(events).singleElement().isInstanceOf(LeaseEvent.Renewed.class);
        assertThat(keeper.lease().endsAtMillis()).isEqualTo((T1_SECONDS + LEASE_SECONDS) * 1000);
    }

    @Test
    void renewsForEver() {
        run(100 * T1_SECONDS + 1);
        assertThat(events).hasSize(100).hasOnlyElementsOfType(LeaseEvent.Renewed.class);
        assertThat(link.held).isEqualTo(ScriptedLink.ADDRESS);
    }

    @Test
    void waitsForHalfOfWhatRemainsUntilT2ButAMinuteAtLeast() {
        silence();
        run(T2_SECONDS);
        List<Long> seconds = link.sent.stream().map(ScriptedLink.Sent::seconds).toList();
        assertThat(seconds).containsExactly(4000L, 5500L, 6250L, 6625L, 6812L, 6906L, 6966L);
    }

    @Test
    void asksEveryServerFromT2OnAndWaitsForHalfOfWhatRemains() {
        silence();
        run(T2_SECONDS);
        link.sent.clear();
        run(LEASE_SECONDS - T2_SECONDS - 1);
        List<Long> seconds = link.sent.stream().map(ScriptedLink.Sent::seconds).toList();
        assertThat(seconds).containsExactly(7000L, 7500L, 7750L, 7875L, 7937L, 7997L);
        assertThat(link.sent)
                .allMatch(each -> each.destination().equals(Ip4Address.BROADCAST))
                .allMatch(each -> each.message().ciaddr().equals(ScriptedLink.ADDRESS))
                .allMatch(each -> each.source().equals(ScriptedLink.ADDRESS));
        assertThat(keeper.isLost()).isFalse();
    }

    @Test
    void takesAnotherServersAnswerWhileRebinding() {
        Ip4Address another = Ip4Address.parse("10.77.0.2");
        link.answerWith(
                (wire, message) ->
                        wire.sent.getLast().destination().equals(Ip4Address.BROADCAST)
                                ? List.of(
                                        ScriptedLink.builder(message, LEASE_SECONDS)
                                                .option(Options.SERVER_ID, another)
                                                .build()
                                                .toBytes())
                                : List.of());
        run(T2_SECONDS + 1);
        assertThat(events).singleElement().isInstanceOf(LeaseEvent.Rebound.class);
        assertThat(keeper.lease().server()).isEqualTo(another);
        run(T1_SECONDS);
        assertThat(link.sent.getLast().destination()).as("the next renewal").isEqualTo(another);
    }

    @Test
    void givesTheAddressUpWhenTheLeaseEnds() {
        silence();
        assertThat(keeper.run(Duration.ofSeconds(LEASE_SECONDS + 1), events::add)).isNull();
        assertThat(link.bootMillis()).isEqualTo(LEASE_SECONDS * 1000);
        assertThat(events).singleElement().isInstanceOf(LeaseEvent.Expired.class);
        assertThat(link.held).isEqualTo(Ip4Address.ZERO);
        assertThat(keeper.isLost()).isTrue();
    }

    @Test
    void givesTheAddressUpAtOnceWhenAServerRefuses() {
        link.answerWith(
                (wire, message) ->
                        List.of(
                                MessageBuilder.reply(message)
                                        .type(MessageType.NAK)
                                        .build()
                                        .toBytes()));
        assertThat(keeper.run(Duration.ofSeconds(LEASE_SECONDS), events::add)).isNull();
        assertThat(link.bootMillis()).isEqualTo(T1_SECONDS * 1000);
        assertThat(events).singleElement().isInstanceOf(LeaseEvent.Refused.class);
        assertThat(link.held).isEqualTo(Ip4Address.ZERO);
    }

    @Test
    void givesTheAddressUpWhenItFindsItselfPastTheEnd() {
        link.moveTo(LEASE_SECONDS + 100);
        assertThat(keeper.run(Duration.ZERO, events::add)).isNull();
        assertThat(events).singleElement().isInstanceOf(LeaseEvent.Expired.class);
        assertThat(link.sent).isEmpty();
    }

    /** An ACK for another address than the one that was asked for is no answer. */
    @Test
    void doesNotTakeAnotherAddressWhileRenewing() {
        link.answerWith(
                (wire, message) ->
                        List.of(
                                ScriptedLink.builder(message, LEASE_SECONDS)
                                        .yiaddr(Ip4Address.parse("10.77.0.66"))
                                        .build()
                                        .toBytes()));
        run(T1_SECONDS + 1);
        assertThat(events).isEmpty();
        assertThat(client.ignored()).containsEntry(Ignored.UNUSABLE, 1L);
    }

    @Test
    void goesOnWhileItsWireIsBroken() {
        link.breakDown(true);
        run(T1_SECONDS + 1);
        assertThat(events).singleElement().isEqualTo(new LeaseEvent.Trouble("the cable is pulled"));
        link.breakDown(false);
        run(1_500);
        assertThat(events.getLast()).isInstanceOf(LeaseEvent.Renewed.class);
    }

    @Test
    void takesALateAnswerWhenItIsRunInSlices() {
        Message[] asked = new Message[1];
        link.answerWith(
                (wire, message) -> {
                    asked[0] = message;
                    return List.of();
                });
        run(T1_SECONDS + 1);
        assertThat(asked[0]).isNotNull();
        link.late(ScriptedLink.answer(asked[0], LEASE_SECONDS));
        run(1);
        assertThat(events).singleElement().isInstanceOf(LeaseEvent.Renewed.class);
    }

    @Test
    void keepsAnInfiniteLeaseWithoutAWord() {
        keeper = keeper(ClientLease.INFINITE);
        link.sent.clear();
        run(Duration.ofDays(400).toSeconds());
        assertThat(link.sent).isEmpty();
        assertThat(keeper.isLost()).isFalse();
    }

    @Test
    void sendsToARouterWhatIsForAServerOfAnotherNetwork() throws IOException {
        Ip4Address router = Ip4Address.parse("10.77.0.254");
        Ip4Address far = Ip4Address.parse("192.0.2.1");
        link.answerWith(
                (wire, message) ->
                        List.of(
                                ScriptedLink.builder(message, LEASE_SECONDS)
                                        .option(
                                                Options.SUBNET_MASK,
                                                Ip4Address.parse("255.255.255.0"))
                                        .option(Options.ROUTERS, List.of(router))
                                        .option(Options.SERVER_ID, far)
                                        .build()
                                        .toBytes()));
        Acquisition.Bound bound = (Acquisition.Bound) client.acquire(Duration.ofSeconds(1));
        client.release(bound.lease());
        assertThat(link.sent.getLast().destination()).isEqualTo(far);
        assertThat(link.sent.getLast().nextHop()).isEqualTo(router);
    }
}
