package io.leasehold.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.leasehold.app.run.Counters;
import io.leasehold.lease.LeaseChange;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.role.Role;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.ParseResult;
import io.leasehold.server.ServerDrop;
import io.leasehold.server.ServerEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ExchangeLogTest {
    private static final Ip4Address ADDRESS = Ip4Address.parse("10.77.0.100");

    private final Logger logger = (Logger) LoggerFactory.getLogger("leasehold.server");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Counters counters = new Counters();
    private long millis = 1_000_000;
    private final ExchangeLog log = new ExchangeLog(index -> "eth" + index, counters, () -> millis);

    @BeforeEach
    void listen() {
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
        List<String> text = new ArrayList<>();
        lines.list.forEach(line -> text.add(line.getLevel() + " " + line.getFormattedMessage()));
        return text;
    }

    private static Arrival arrival(int type, String hostName, String giaddr) {
        return arrival(type, hostName, giaddr, Ip4Address.ZERO, Ip4Address.ZERO);
    }

    private static Arrival arrival(
            int type, String hostName, String giaddr, Ip4Address ciaddr, Ip4Address requested) {
        ByteBuffer bytes = ByteBuffer.allocate(400);
        bytes.put(new byte[] {1, 1, 6, 0}); // op, htype, hlen, hops
        bytes.putInt(12, ciaddr.bits());
        bytes.putInt(24, Ip4Address.parse(giaddr).bits());
        bytes.put(28, new byte[] {0x52, 0x54, 0, (byte) 0xaa, 0, 1}); // chaddr
        bytes.position(236).putInt(0x63825363); // magic cookie
        bytes.put(new byte[] {53, 1, (byte) type});
        if (!hostName.isEmpty()) {
            byte[] name = hostName.getBytes(StandardCharsets.ISO_8859_1);
            bytes.put((byte) 12).put((byte) name.length).put(name);
        }
        if (!requested.isZero()) {
            bytes.put((byte) 50).put((byte) 4).putInt(requested.bits());
        }
        bytes.put((byte) 255);
        if (Message.parse(bytes.array()) instanceof ParseResult.Parsed parsed) {
            return new Arrival(
                    parsed.message(), 2, Ip4Address.ZERO, 68, Ip4Address.BROADCAST, 1_000_000);
        }
        throw new AssertionError("this is a message");
    }

    private static Arrival request() {
        return arrival(3, "", "0.0.0.0");
    }

    /** Of a NAK and of silence the address that was asked for says most. */
    @Test
    void namesTheAddressThatWasAskedFor() {
        Ip4Address other = Ip4Address.parse("10.9.9.9");
        Arrival reboot = arrival(3, "", "0.0.0.0", Ip4Address.ZERO, other);
        Arrival renewal = arrival(3, "", "0.0.0.0", ADDRESS, Ip4Address.ZERO);
        log.answered(reboot, MessageType.NAK, Ip4Address.ZERO, "wrong network");
        log.answered(renewal, MessageType.NAK, Ip4Address.ZERO, "wrong network");
        log.dropped(reboot, ServerDrop.NO_RECORD);
        log.dropped(renewal, ServerDrop.NO_RECORD);

        assertThat(lines())
                .containsExactly(
                        "INFO NAK 10.9.9.9 to 52:54:00:aa:00:01 on eth2: wrong network",
                        "INFO NAK 10.77.0.100 to 52:54:00:aa:00:01 on eth2: wrong network",
                        "INFO no answer to REQUEST 10.9.9.9 of 52:54:00:aa:00:01 on eth2: the"
                                + " client has no lease here",
                        "INFO no answer to REQUEST 10.77.0.100 of 52:54:00:aa:00:01 on eth2: the"
                                + " client has no lease here");
    }

    @Test
    void tellsAnExchangeInOneLine() {
        log.answered(arrival(3, "printer", "0.0.0.0"), MessageType.ACK, ADDRESS, "new lease");
        log.answered(arrival(1, "", "10.9.0.1"), MessageType.OFFER, ADDRESS, "free address");
        log.answered(request(), MessageType.NAK, Ip4Address.ZERO, "wrong network");
        log.noted(arrival(7, "", "0.0.0.0"), ADDRESS, "lease ended");
        log.dropped(request(), ServerDrop.NO_RECORD);

        assertThat(lines())
                .containsExactly(
                        "INFO ACK 10.77.0.100 to 52:54:00:aa:00:01 \"printer\" on eth2: new lease",
                        "DEBUG OFFER 10.77.0.100 to 52:54:00:aa:00:01 on eth2 through relay"
                                + " 10.9.0.1: free address",
                        "INFO NAK to 52:54:00:aa:00:01 on eth2: wrong network",
                        "INFO RELEASE 10.77.0.100 by 52:54:00:aa:00:01 on eth2: lease ended",
                        "INFO no answer to REQUEST of 52:54:00:aa:00:01 on eth2: the client has no"
                                + " lease here");
        assertThat(counters.snapshot())
                .containsEntry("sent-ack", 1L)
                .containsEntry("sent-offer", 1L)
                .containsEntry("sent-nak", 1L)
                .containsEntry("received-release", 1L)
                .containsEntry("dropped-no-record", 1L);
    }

    @Test
    void letsAHostNameObeyedByNoTerminalAndNoSecondLine() {
        log.answered(
                arrival(3, "a\u001b[2J\n2026 ERROR forged", "0.0.0.0"),
                MessageType.ACK,
                ADDRESS,
                "new lease");

        assertThat(lines())
                .containsExactly(
                        "INFO ACK 10.77.0.100 to 52:54:00:aa:00:01"
                                + " \"a\\x1b[2J\\x0a2026 ERROR forged\" on eth2: new lease");
    }

    @Test
    void holdsBackWhatAStrangerRepeatsAndCountsIt() {
        for (int i = 0; i < 5_000; i++) {
            log.dropped(request(), ServerDrop.NO_RECORD);
        }
        assertThat(lines()).hasSize(20);

        millis += 10_000;
        log.dropped(request(), ServerDrop.NO_RECORD);

        assertThat(lines()).hasSize(21);
        assertThat(lines().getLast()).endsWith("(and 4980 more not shown)");
        assertThat(counters.snapshot()).containsEntry("dropped-no-record", 5001L);
    }

    @Test
    void tellsOfAnUnknownNetworkAndOfExhaustionOnceAMinute() {
        for (int i = 0; i < 600; i++) {
            log.dropped(request(), ServerDrop.UNKNOWN_NETWORK);
            log.exhausted(request(), "10.77.0.0/24");
            log.dropped(request(), ServerDrop.POOL_EXHAUSTED);
            millis += 99;
        }

        assertThat(lines().stream().filter(line -> line.contains("no subnet is configured")))
                .hasSize(1);
        assertThat(lines().stream().filter(line -> line.startsWith("WARN ")))
                .containsExactly(
                        "WARN no free address in 10.77.0.0/24: the last to ask was"
                            + " 52:54:00:aa:00:01 on eth2; add a pool or shorten the lease time");
        assertThat(lines().stream().filter(line -> line.startsWith("INFO no answer to REQUEST")))
                .hasSize(1);
    }

    @Test
    void namesTheFileThatCannotBeWritten() {
        IOException why = new IOException("d/journal-00000001.log: No space left on device");
        for (int i = 0; i < 100; i++) {
            log.notDurable(2, why);
        }
        millis += 10_000;
        log.notDurable(1, why);

        assertThat(lines())
                .containsExactly(
                        "ERROR 2 ACKs not sent, since leases cannot be written:"
                                + " d/journal-00000001.log: No space left on device",
                        "ERROR 1 ACK not sent, since leases cannot be written:"
                                + " d/journal-00000001.log: No space left on device (and 99 more"
                                + " not shown)");
        assertThat(counters.snapshot()).containsEntry("not-durable", 201L);
    }

    @Test
    void tellsAFaultOfOursWithItsStackAndNotForEachPacket() {
        IllegalStateException bug = new IllegalStateException("impossible");
        for (int i = 0; i < 1_000; i++) {
            log.fault("deciding about a message", request(), bug);
        }

        assertThat(lines())
                .containsExactly(
                        "ERROR a fault of this program while deciding about a message of"
                                + " 52:54:00:aa:00:01 on eth2; what was at hand is dropped,"
                                + " serving goes on");
        assertThat(lines.list.getFirst().getThrowableProxy().getMessage()).isEqualTo("impossible");
        assertThat(counters.snapshot()).containsEntry("faults", 1_000L);
    }

    @Test
    void tellsAnAckOnlyWhenItsLeaseIsDurable() {
        Outgoing reply = new Outgoing(request().message(), ADDRESS, 68, ADDRESS, 2, null);
        tellsOnlyWhatIsDurable(
                (answers, arrival) ->
                        answers.answered(arrival, MessageType.ACK, ADDRESS, "new lease"),
                change -> new Decision.CommitThenReply<>(change, reply));

        assertThat(lines())
                .containsExactly("INFO ACK 10.77.0.100 to 52:54:00:aa:00:01 on eth2: new lease");
        assertThat(counters.snapshot()).containsEntry("sent-ack", 1L);
    }

    @Test
    void tellsAReleaseOnlyWhenItIsDurable() {
        tellsOnlyWhatIsDurable(
                (answers, arrival) -> answers.noted(arrival, ADDRESS, "released"),
                Decision.Commit::new);

        assertThat(lines()).singleElement().asString().contains("10.77.0.100", "released");
    }

    /** Two changes, of which the disk refuses the first: nothing is told before the second. */
    private void tellsOnlyWhatIsDurable(
            BiConsumer<ServerEvents, Arrival> event,
            Function<List<LeaseChange>, Decision<List<LeaseChange>>> decision) {
        DurableAnswers answers = new DurableAnswers(log);
        List<List<LeaseChange>> changes = new ArrayList<>();
        Role<List<LeaseChange>> role =
                answers.around(
                        new Role<>() {
                            @Override
                            public Decision<List<LeaseChange>> decide(Arrival arrival) {
                                event.accept(answers, arrival);
                                List<LeaseChange> change = new ArrayList<>();
                                change.add(new LeaseChange.Remove(ADDRESS));
                                changes.add(change);
                                return decision.apply(change);
                            }

                            @Override
                            public Decision<List<LeaseChange>> asked(
                                    Object token, boolean answered, long nowMillis) {
                                throw new AssertionError("it never asks");
                            }
                        });
        role.decide(request());
        role.decide(request());
        assertThat(lines()).isEmpty();
        role.settled(changes.get(0), false);
        assertThat(lines()).isEmpty();
        role.settled(changes.get(1), true);
    }
}
