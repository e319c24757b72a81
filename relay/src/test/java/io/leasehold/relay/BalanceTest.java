package io.leasehold.relay;

import static io.leasehold.relay.RelayFixture.CONFIG;
import static io.leasehold.relay.RelayFixture.ETH1;
import static io.leasehold.relay.RelayFixture.GIADDR;
import static io.leasehold.relay.RelayFixture.forwarded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rule 10: each client has one of several servers. */
class BalanceTest {
    private static final int CLIENTS = 3000;
    private static final RelayServer A = RelayFixture.server("203.0.113.10");
    private static final RelayServer B = RelayFixture.server("203.0.113.11");
    private static final RelayServer C =
            new RelayServer("canary", Ip4Address.parse("203.0.113.12"), 67);
    private static final Balance ON = new Balance(true, List.of());

    private final RelayFixture lab = of(ON, A, B);

    private static RelayFixture of(Balance balance, RelayServer... servers) {
        RelayFixture lab = new RelayFixture(CONFIG.withBalance(balance));
        lab.relay.servers(List.of(servers));
        return lab;
    }

    private static HardwareAddress client(int number) {
        return HardwareAddress.of(
                HardwareAddress.ETHERNET,
                new byte[] {0x52, 0x54, 0, 1, (byte) (number >>> 8), (byte) number});
    }

    private static MessageBuilder message(int client, MessageType type) {
        return MessageBuilder.request(client(client), client).type(type);
    }

    private static List<Ip4Address> targets(RelayFixture lab, Message message) {
        List<Ip4Address> targets = new ArrayList<>();
        for (Outgoing outgoing : forwarded(lab.broadcast(message, ETH1))) {
            targets.add(outgoing.destination());
        }
        return targets;
    }

    private static List<Ip4Address> discover(RelayFixture lab, int client) {
        return targets(lab, message(client, MessageType.DISCOVER).build());
    }

    private static void answer(RelayFixture lab, int client, RelayServer from) {
        lab.reply(
                MessageBuilder.request(client(client), client)
                        .op(Message.BOOTREPLY)
                        .type(MessageType.OFFER)
                        .yiaddr(RelayFixture.YIADDR)
                        .giaddr(GIADDR)
                        .build(),
                from.address());
    }

    private static void answer(RelayFixture lab, int fromPort) {
        Message offer = RelayFixture.offer().build();
        lab.relay.decide(
                new Arrival(
                        offer, RelayFixture.ETH0, A.address(), fromPort, GIADDR, lab.nowMillis));
    }

    /** Two servers of one host, and what the second port has of the requests. */
    private static RelayFixture twoPorts() {
        return of(ON, A, new RelayServer("A:1067", A.address(), 1067));
    }

    private static List<Integer> ports(RelayFixture lab, Message message) {
        List<Integer> ports = new ArrayList<>();
        for (Outgoing outgoing : forwarded(lab.broadcast(message, ETH1))) {
            ports.add(outgoing.port());
        }
        return ports;
    }

    private static Map<Ip4Address, Integer> shares(RelayFixture lab) {
        Map<Ip4Address, Integer> shares = new HashMap<>();
        for (int client = 0; client < CLIENTS; client++) {
            List<Ip4Address> targets = discover(lab, client);
            assertThat(targets).hasSize(1);
            shares.merge(targets.get(0), 1, (a, b) -> a + b);
        }
        return shares;
    }

    /** A client of a server. */
    private static int clientOf(RelayFixture lab, RelayServer server) {
        for (int client = 0; client < CLIENTS; client++) {
            if (discover(lab, client).equals(List.of(server.address()))) {
                return client;
            }
        }
        throw new AssertionError("nobody has " + server);
    }

    @Test
    void givesEachClientOneServerAndEachServerItsShare() {
        Map<Ip4Address, Integer> shares = shares(lab);

        assertThat(shares.get(A.address())).isCloseTo(CLIENTS / 2, within(CLIENTS / 10));
        assertThat(discover(lab, 7)).isEqualTo(discover(lab, 7));
    }

    /** Consistent: in every relay, and when a server goes only its own clients move. */
    @Test
    void movesOnlyTheClientsOfAServerThatGoes() {
        RelayFixture three = of(ON, C, B, A);
        RelayFixture two = of(ON, A, B);
        for (int client = 0; client < CLIENTS; client++) {
            List<Ip4Address> before = discover(three, client);
            if (!before.equals(List.of(C.address()))) {
                assertThat(discover(two, client)).isEqualTo(before);
            }
        }
    }

    /** RFC 2131 §4.3.2: a REQUEST is for the server that it names. */
    @Test
    void sendsWhatNamesAServerToThatServer() {
        for (RelayServer server : List.of(A, B)) {
            Message request =
                    message(5, MessageType.REQUEST)
                            .option(OptionCode.SERVER_ID, server.address().toBytes())
                            .build();
            assertThat(targets(lab, request)).containsExactly(server.address());
        }
    }

    @Test
    void takesNoServerForSilentThatAnswersToAnotherRelay() {
        int client = clientOf(lab, A);
        Message passedOn =
                message(client, MessageType.DISCOVER).giaddr(Ip4Address.parse("10.7.7.7")).build();
        for (int i = 0; i < 2 * Servers.SILENT_REQUESTS; i++) {
            assertThat(targets(lab, passedOn)).containsExactly(A.address());
        }
        answer(lab, 1, B);
        lab.nowMillis += Servers.SILENT_MILLIS;

        assertThat(targets(lab, passedOn)).containsExactly(A.address());
        assertThat(lab.health).isEmpty();
    }

    /** RFC 2131 §4.3.2: nobody answers it but the server that it names. */
    @Test
    void takesNoServerForSilentToWhomARequestIsNoConcern() {
        Message foreign =
                message(clientOf(lab, A), MessageType.REQUEST)
                        .option(OptionCode.SERVER_ID, new byte[] {10, 7, 7, 7})
                        .build();
        answer(lab, 1, A);
        for (int i = 0; i < 2 * Servers.SILENT_REQUESTS; i++) {
            assertThat(targets(lab, foreign)).containsExactly(A.address());
        }
        lab.nowMillis += Servers.SILENT_MILLIS;

        assertThat(targets(lab, foreign)).containsExactly(A.address());
        assertThat(lab.health).isEmpty();
    }

    @Test
    void failsOverToTheNextServerWhenOneStopsAnswering() {
        int client = clientOf(lab, A);
        for (int i = 0; i < Servers.SILENT_REQUESTS; i++) {
            assertThat(discover(lab, client)).containsExactly(A.address());
        }
        answer(lab, 1, B);
        lab.nowMillis += Servers.SILENT_MILLIS;

        assertThat(discover(lab, client)).containsExactly(B.address());
        assertThat(lab.health).containsExactly("203.0.113.10 silent");
        assertThat(lab.incidents).containsExactly(RelayIncident.FAILED_OVER);
    }

    @Test
    void staysWithAServerThatAnswers() {
        int client = clientOf(lab, A);
        for (int i = 0; i < 20; i++) {
            lab.nowMillis += Servers.SILENT_MILLIS;
            assertThat(discover(lab, client)).containsExactly(A.address());
            answer(lab, client, A);
        }
        assertThat(lab.health).isEmpty();
    }

    /**
     * It gets a request besides from time to time; one answer, and its clients are its own again.
     */
    @Test
    void goesBackToAServerThatAnswersAgain() {
        int client = clientOf(lab, A);
        for (int i = 0; i < Servers.SILENT_REQUESTS; i++) {
            discover(lab, client);
        }
        answer(lab, 1, B);
        lab.nowMillis += Servers.SILENT_MILLIS;
        discover(lab, client);
        answer(lab, client, B);
        lab.nowMillis += Servers.PROBE_MILLIS;

        assertThat(discover(lab, client)).containsExactly(B.address(), A.address());
        assertThat(discover(lab, client)).containsExactly(B.address());
        answer(lab, client, A);
        assertThat(discover(lab, client)).containsExactly(A.address());
        assertThat(lab.health).containsExactly("203.0.113.10 silent", "203.0.113.10 back");
    }

    @Test
    void asksEveryServerWhenNoneAnswers() {
        for (int i = 0; i < CLIENTS; i++) {
            discover(lab, i);
        }
        lab.nowMillis += Servers.SILENT_MILLIS;

        assertThat(discover(lab, 1)).containsExactlyInAnyOrder(A.address(), B.address());
    }

    /** RELEASE and DECLINE are never answered. */
    @Test
    void doesNotWaitForAnswersThatNobodyGives() {
        for (int i = 0; i < 50; i++) {
            lab.nowMillis += Servers.SILENT_MILLIS;
            targets(lab, message(i, MessageType.RELEASE).build());
            targets(lab, message(i, MessageType.DECLINE).build());
        }
        assertThat(lab.health).isEmpty();
    }

    /** What is known of a server is kept when names are resolved again. */
    @Test
    void keepsWhatItKnowsOfServersThatStay() {
        int client = clientOf(lab, A);
        for (int i = 0; i < Servers.SILENT_REQUESTS; i++) {
            discover(lab, client);
        }
        lab.relay.servers(List.of(A, B));
        lab.nowMillis += Servers.SILENT_MILLIS;
        answer(lab, 1, B);

        assertThat(discover(lab, client)).containsExactly(B.address());
    }

    @Test
    void givesACanaryItsPercentageOfTheClientsAndNoMore() {
        RelayFixture canary =
                of(new Balance(true, List.of(new Balance.Canary("canary", 10))), A, B, C);

        Map<Ip4Address, Integer> shares = shares(canary);

        assertThat(shares.get(C.address())).isCloseTo(CLIENTS / 10, within(CLIENTS / 40));
        assertThat(shares.get(A.address())).isCloseTo(CLIENTS * 9 / 20, within(CLIENTS / 10));
    }

    @Test
    void givesACanaryOfNothingNobody() {
        RelayFixture canary = of(new Balance(true, List.of(new Balance.Canary("canary", 0))), A, C);

        assertThat(shares(canary)).doesNotContainKey(C.address());
    }

    @Test
    void failsOverFromACanaryThatStopsAnswering() {
        RelayFixture canary =
                of(new Balance(true, List.of(new Balance.Canary("canary", 100))), A, C);
        for (int i = 0; i < Servers.SILENT_REQUESTS; i++) {
            assertThat(discover(canary, 1)).containsExactly(C.address());
        }
        canary.nowMillis += Servers.SILENT_MILLIS;

        assertThat(discover(canary, 1)).containsExactly(A.address());
    }

    /** The port tells them apart, where it is one of theirs. */
    @Test
    void countsAReplyForTheOneOfTwoPortsThatItCameFrom() {
        RelayFixture lab = twoPorts();
        for (int i = 0; i < 20; i++) {
            ports(lab, message(i, MessageType.DISCOVER).build());
            answer(lab, 1067);
        }
        lab.nowMillis += Servers.SILENT_MILLIS;
        ports(lab, message(1, MessageType.DISCOVER).build());

        assertThat(lab.health).containsExactly("203.0.113.10 silent");
        answer(lab, 67);
        assertThat(lab.health).endsWith("203.0.113.10 back");
    }

    /**
     * Rule 8: behind NAT it answers from another port, and nothing tells which of the two it is.
     */
    @Test
    void takesNoneOfTwoPortsForSilentWhenAnswersComeFromAThird() {
        RelayFixture lab = twoPorts();
        for (int i = 0; i < 20; i++) {
            ports(lab, message(i, MessageType.DISCOVER).build());
            answer(lab, 40_000);
        }
        lab.nowMillis += Servers.SILENT_MILLIS;
        ports(lab, message(1, MessageType.DISCOVER).build());

        assertThat(lab.health).isEmpty();
    }

    /** Both have the address that the REQUEST names; the one that gets the DISCOVER offered. */
    @Test
    void sendsWhatNamesAnAddressOfTwoPortsToTheClientsOwn() {
        RelayFixture lab = twoPorts();
        for (int client = 0; client < 20; client++) {
            List<Integer> own = ports(lab, message(client, MessageType.DISCOVER).build());
            Message request =
                    message(client, MessageType.REQUEST)
                            .option(OptionCode.SERVER_ID, A.address().toBytes())
                            .build();
            assertThat(ports(lab, request)).as("client " + client).isEqualTo(own);
        }
    }
}
