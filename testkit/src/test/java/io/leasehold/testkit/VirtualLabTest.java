package io.leasehold.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.service.client.Acquisition;
import io.leasehold.service.client.ClientLease;
import io.leasehold.service.client.DhcpClient;
import io.leasehold.service.client.LeaseEvent;
import io.leasehold.service.client.LeaseKeeper;
import io.leasehold.service.handler.Answer;
import io.leasehold.service.handler.DhcpContext;
import io.leasehold.service.handler.DhcpHandler;
import io.leasehold.service.handler.ServiceOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VirtualLabTest {
    private static final HardwareAddress HARDWARE = HardwareAddress.parse("52:54:00:aa:00:01");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    private final VirtualLab<CountingHandler> lab;

    VirtualLabTest() throws IOException {
        lab = VirtualLab.start(CountingHandler::new);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private static MessageBuilder message(MessageType type) {
        return MessageBuilder.request(HARDWARE, 0x1ea50101).type(type);
    }

    private List<Long> fired() throws Exception {
        return lab.service().call(handler -> List.copyOf(handler.firedAtMillis), LIMIT);
    }

    private int asked() throws Exception {
        return lab.service().call(handler -> handler.askedAtMillis.size(), LIMIT);
    }

    @Test
    void answersWhenTheCallReturns() {
        Message offer = lab.ask(message(MessageType.DISCOVER).build());
        assertThat(offer.type()).isEqualTo(MessageType.OFFER);
        assertThat(offer.yiaddr()).isEqualTo(CountingHandler.ADDRESS);
    }

    @Test
    void tellsWhereEachAnswerGoes() {
        List<Outgoing> toClient = lab.send(message(MessageType.DISCOVER).build());
        assertThat(toClient).singleElement().extracting(Outgoing::neighbour).isEqualTo(HARDWARE);
        Ip4Address relay = Ip4Address.parse("10.20.0.1");
        List<Outgoing> toRelay = lab.send(message(MessageType.DISCOVER).giaddr(relay).build());
        assertThat(toRelay)
                .singleElement()
                .satisfies(
                        each -> {
                            assertThat(each.destination()).isEqualTo(relay);
                            assertThat(each.port()).isEqualTo(67);
                        });
        assertThat(lab.send(message(MessageType.RELEASE).build())).isEmpty();
    }

    @Test
    void fallsOverAMissingAnswerWithWordsThatHelp() {
        assertThatThrownBy(() -> lab.ask(message(MessageType.RELEASE).build()))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "expected one answer to RELEASE xid 1ea50101 52:54:00:aa:00:01, and found"
                                + " none");
    }

    @Test
    void firesTimersAtTheirTimeAndNotBefore() throws Exception {
        lab.advance(Duration.ofMillis(89_999));
        assertThat(fired()).isEmpty();
        lab.advance(Duration.ofHours(1));
        assertThat(fired()).containsExactly(START + 90_000);
        assertThat(lab.nowMillis()).isEqualTo(89_999 + 3_600_000);
    }

    @Test
    void handsOverWhatIsSentLater() {
        Message inform =
                message(MessageType.INFORM).ciaddr(Ip4Address.parse("192.168.1.77")).build();
        assertThat(lab.send(inform)).isEmpty();
        assertThat(lab.advance(Duration.ofMillis(1_999))).isEmpty();
        assertThat(lab.advance(Duration.ofMillis(1))).hasSize(1);
    }

    @Test
    void startsAHandlerAfreshThatThrows() {
        assertThat(lab.send(message(MessageType.DECLINE).build())).isEmpty();
        assertThat(lab.ask(message(MessageType.DISCOVER).build()).type())
                .isEqualTo(MessageType.OFFER);
        assertThat(lab.service().counters().restarts()).isEqualTo(1);
    }

    @Test
    void survivesBytesThatAreNoMessage() {
        for (byte[] bytes : List.of(new byte[0], new byte[1], new byte[65_507])) {
            assertThat(lab.send(bytes, Ip4Address.ZERO, 68, Ip4Address.BROADCAST)).isEmpty();
        }
        assertThat(lab.ask(message(MessageType.DISCOVER).build())).isNotNull();
    }

    @Test
    void hasClientsWhoseTimePassesAtOnce() throws IOException {
        DhcpClient client = lab.client(HARDWARE);
        Acquisition acquired = client.acquire(LIMIT);
        assertThat(acquired).isInstanceOf(Acquisition.Bound.class);
        ClientLease lease = ((Acquisition.Bound) acquired).lease();
        assertThat(lease.address()).isEqualTo(CountingHandler.ADDRESS);
        assertThat(lab.nowMillis()).as("nobody has waited").isZero();

        LeaseKeeper keeper = client.keeper(lease);
        List<LeaseEvent> events = new ArrayList<>();
        keeper.run(Duration.ofHours(3), events::add);
        assertThat(events).hasSize(5).hasOnlyElementsOfType(LeaseEvent.Renewed.class);
        assertThat(lab.nowMillis()).isEqualTo(Duration.ofHours(3).toMillis());
    }

    @Test
    void letsAClientAskAgainInVirtualTime() throws Exception {
        lab.service().cast(handler -> handler.silent = true);
        assertThat(lab.client(HARDWARE).discover(LIMIT)).isNull();
        assertThat(lab.nowMillis()).isEqualTo(30_000);
        assertThat(asked()).isEqualTo(4);
    }

    @Test
    void saysWhatAnAddressLooksLike() {
        assertThatThrownBy(() -> VirtualHost.of("192.168.1.1"))
                .hasMessage("found \"192.168.1.1\", expected an address such as 192.168.1.1/24");
        assertThatThrownBy(() -> VirtualHost.of("192.168.1.1/33"))
                .hasMessage("found \"192.168.1.1/33\", expected a prefix length of 0 to 32");
    }

    /** A handler that offers what does not answer a ping. */
    private static final class Careful implements DhcpHandler {
        private final List<Boolean> heard = new ArrayList<>();

        @Override
        public Answer discover(Arrival discover, DhcpContext context) {
            Message offer =
                    MessageBuilder.reply(discover.message(), MessageType.OFFER)
                            .yiaddr(CountingHandler.ADDRESS)
                            .build();
            boolean asked =
                    context.ping(
                            CountingHandler.ADDRESS,
                            discover,
                            Duration.ofMillis(500),
                            answered -> {
                                heard.add(answered);
                                context.send(context.route(discover, offer));
                            });
            return asked ? Answer.nothing() : Answer.stop("too many pings");
        }

        @Override
        public Answer request(Arrival request, DhcpContext context) {
            return Answer.nothing();
        }

        @Override
        public Answer decline(Arrival decline, DhcpContext context) {
            return Answer.nothing();
        }
    }

    @Test
    void aPingIsAnsweredBySilenceOnceItsTimeIsOver() throws Exception {
        VirtualHost host =
                VirtualHost.of("192.168.1.1/24")
                        .withOptions(ServiceOptions.of().withPort(67).withPings());
        try (VirtualLab<Careful> careful = VirtualLab.start(Careful::new, host)) {
            assertThat(careful.send(message(MessageType.DISCOVER).build())).isEmpty();
            assertThat(careful.advance(Duration.ofMillis(400))).isEmpty();
            assertThat(careful.advance(Duration.ofMillis(200)))
                    .singleElement()
                    .extracting(each -> each.message().type())
                    .isEqualTo(MessageType.OFFER);
            List<Boolean> heard =
                    careful.service().call(handler -> List.copyOf(handler.heard), LIMIT);
            assertThat(heard).containsExactly(false);
            assertThat(careful.service().counters().link().pings()).isEqualTo(1);
        }
    }

    @Test
    void answersGoToThePortOfRelaysThatWasSet() throws IOException {
        VirtualHost host =
                VirtualHost.of("192.168.1.1/24")
                        .withOptions(ServiceOptions.of().withPort(67).withRelayPort(6700));
        try (VirtualLab<CountingHandler> other = VirtualLab.start(CountingHandler::new, host)) {
            Ip4Address relay = Ip4Address.parse("10.20.0.1");
            assertThat(other.send(message(MessageType.DISCOVER).giaddr(relay).build()))
                    .singleElement()
                    .extracting(Outgoing::port)
                    .isEqualTo(6700);
        }
    }
}
