package io.leasehold.app.relay;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.ParseResult;
import io.leasehold.relay.RelayDropReason;
import io.leasehold.relay.RelayInterface;
import io.leasehold.relay.RelayServer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is counted and told of a relay's decisions. */
final class RelayWatchTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final RelayInterface CLIENTS =
            new RelayInterface(
                    3,
                    "eth1",
                    List.of(new RelayInterface.Address(Ip4Address.parse("10.20.0.1"), 24)),
                    1500);
    private static final RelayServer ONE =
            new RelayServer("dhcp.test", Ip4Address.parse("10.0.0.5"), 67);
    private static final RelayServer TWO =
            new RelayServer("10.0.0.6", Ip4Address.parse("10.0.0.6"), 67);

    private final Logger logger = (Logger) LoggerFactory.getLogger("leasehold.relay");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final RelayCounters counters = new RelayCounters();
    private final List<RelayServer> silent = new ArrayList<>();
    private long nanos = 7 * SECOND;
    private final RelayWatch watch =
            new RelayWatch(
                    counters,
                    new RelayLog(index -> "eth" + (index - 2), () -> nanos / 1_000_000),
                    () -> nanos,
                    silent::add);

    @BeforeEach
    void listen() {
        counters.interfaces(List.of(CLIENTS));
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    private List<String> lines() {
        return lines.list.stream()
                .map(line -> line.getLevel() + " " + line.getFormattedMessage())
                .toList();
    }

    private static Arrival arrival(int op, int type) {
        return arrival(op, type, Ip4Address.ZERO);
    }

    /** A REQUEST by which a client chooses a server. */
    private static Arrival requestTo(String server) {
        byte[] message = message(1, 3, Ip4Address.ZERO);
        ByteBuffer bytes = ByteBuffer.wrap(message);
        bytes.put(243, new byte[] {54, 4}); // server identifier
        bytes.putInt(245, Ip4Address.parse(server).bits()).put(249, (byte) 255);
        return arrival(message);
    }

    private static Arrival arrival(int op, int type, Ip4Address giaddr) {
        return arrival(message(op, type, giaddr));
    }

    private static byte[] message(int op, int type, Ip4Address giaddr) {
        ByteBuffer bytes = ByteBuffer.allocate(300);
        bytes.put(new byte[] {(byte) op, 1, 6, 0}).putInt(0x1234); // op, htype, hlen, hops, xid
        bytes.putInt(16, op == 2 ? Ip4Address.parse("10.20.0.100").bits() : 0); // yiaddr
        bytes.putInt(24, giaddr.bits());
        bytes.put(28, new byte[] {0x52, 0x54, 0, (byte) 0xaa, 0, 1}); // chaddr
        bytes.putInt(236, 0x63825363); // magic cookie
        bytes.put(240, new byte[] {53, 1, (byte) type, (byte) 255});
        return bytes.array();
    }

    private static Arrival arrival(byte[] bytes) {
        if (Message.parse(bytes) instanceof ParseResult.Parsed parsed) {
            Ip4Address source = bytes[0] == 2 ? ONE.address() : Ip4Address.ZERO;
            return new Arrival(parsed.message(), 3, source, 68, Ip4Address.BROADCAST, 0);
        }
        throw new AssertionError("this is a message");
    }

    @Test
    void tellsBothHalvesOfAnExchangeAndCountsThem() {
        Arrival request = arrival(1, 3);
        watch.relayed(request, CLIENTS, ONE);
        watch.relayed(request, CLIENTS, TWO);
        nanos += SECOND / 1000;
        watch.answered(arrival(2, 5), ONE, CLIENTS);

        assertThat(lines())
                .containsExactly(
                        "DEBUG REQUEST of 52:54:00:aa:00:01 on eth1: to dhcp.test at 10.0.0.5:67",
                        "DEBUG REQUEST of 52:54:00:aa:00:01 on eth1: to 10.0.0.6:67",
                        "INFO ACK 10.20.0.100 to 52:54:00:aa:00:01 on eth1: from dhcp.test at"
                                + " 10.0.0.5:67");
        RelayCounters.InterfaceCounts counts = counters.interfaces().getFirst();
        assertThat(counts.relayed()).isOne();
        assertThat(counts.answered()).isOne();
        assertThat(counters.servers())
                .containsExactly(
                        new RelayCounters.ServerCounts(TWO, 1, 0),
                        new RelayCounters.ServerCounts(ONE, 1, 1));
        assertThat(counters.latency().sumSeconds()).isEqualTo(0.001);
        assertThat(counters.latency().buckets().getLast().count()).isOne();
    }

    /** Its answer goes to that relay, so that nothing is missing here. */
    @Test
    void waitsForNoAnswerToWhatAnotherRelayPassedOn() {
        watch.relayed(arrival(1, 1, Ip4Address.parse("10.7.7.7")), CLIENTS, ONE);
        nanos += 60 * SECOND;
        assertThat(watch.isAnswering(10 * SECOND)).isTrue();

        watch.relayed(arrival(1, 1), CLIENTS, ONE);
        nanos += 60 * SECOND;
        assertThat(watch.isAnswering(10 * SECOND)).isFalse();
    }

    @Test
    void countsWhatItDropsByReasonAndInterfaceAndHoldsItsLinesBack() {
        for (int i = 0; i < 100; i++) {
            watch.dropped(arrival(1, 1), RelayDropReason.HOPS);
        }
        watch.dropped(arrival(2, 5), RelayDropReason.UNKNOWN_SERVER);

        assertThat(counters.interfaces().getFirst().dropped())
                .containsEntry("hops", 100L)
                .containsEntry("unknown-server", 1L);
        assertThat(lines())
                .hasSize(21)
                .contains(
                        "INFO not relayed: DISCOVER of 52:54:00:aa:00:01 on eth1: it has passed too"
                                + " many relays",
                        "INFO not relayed: ACK for 52:54:00:aa:00:01 from 10.0.0.5 on eth1: a reply"
                                + " from an address that no server has");
    }

    @Test
    void noticesAServerThatDoesNotAnswer() {
        watch.relayed(arrival(1, 1), CLIENTS, ONE);
        watch.tick();
        assertThat(silent).isEmpty();

        nanos += 3 * SECOND;
        watch.tick();
        assertThat(silent).containsExactly(ONE);
        assertThat(watch.isAnswering(SECOND)).isFalse();

        watch.answered(arrival(2, 2), ONE, CLIENTS);
        nanos += 30 * SECOND;
        watch.tick();
        assertThat(silent).containsExactly(ONE);
        assertThat(watch.isAnswering(SECOND)).isTrue();
    }

    /** RFC 2131 §4.3.2: a REQUEST of a client that chose a server which is none of ours. */
    @Test
    void expectsNoAnswerOfAServerThatARequestDoesNotName() {
        watch.relayed(requestTo("10.7.7.7"), CLIENTS, ONE);
        watch.relayedByBroadcast(requestTo("10.7.7.7"), CLIENTS, CLIENTS);
        nanos += 30 * SECOND;
        watch.tick();
        assertThat(silent).isEmpty();
        assertThat(watch.isAnswering(SECOND)).isTrue();

        Arrival chosen = requestTo("10.0.0.6");
        watch.relayed(chosen, CLIENTS, ONE);
        watch.relayed(chosen, CLIENTS, TWO);
        nanos += 30 * SECOND;
        watch.tick();
        assertThat(silent).containsExactly(TWO);
        assertThat(watch.isAnswering(SECOND)).isFalse();
    }

    /** RFC 5107: to the client the relay is the server. */
    @Test
    void expectsAnAnswerToARequestThatNamesTheRelay() {
        watch.relayed(requestTo("10.20.0.1"), CLIENTS, ONE);
        nanos += 30 * SECOND;

        assertThat(watch.isAnswering(SECOND)).isFalse();
    }

    @Test
    void expectsNoAnswerToARelease() {
        watch.relayed(arrival(1, 7), CLIENTS, ONE);
        nanos += 30 * SECOND;
        watch.tick();

        assertThat(silent).isEmpty();
        assertThat(watch.isAnswering(SECOND)).isTrue();
    }
}
