package io.leasehold.relay;

import io.leasehold.protocol.corpus.Corpus;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.ParseResult;
import java.util.List;

/** The relay that corpus/README.md describes, and the same words that its files have for it. */
final class CorpusRelay {
    private static final Ip4Address SERVER = Ip4Address.parse("203.0.113.10");
    private static final Ip4Address OTHER_RELAY = Ip4Address.parse("198.51.100.1");
    private static final int ETH0 = 1;
    private static final int ETH1 = 2;

    final RelayFixture lab =
            new RelayFixture(
                    RelayConfig.DEFAULTS
                            .withClientInterfaces(List.of("eth1"))
                            .withAgentInformation(AgentInformation.NONE.withCircuitId("%i")));

    CorpusRelay() {
        lab.relay.interfaces(
                List.of(
                        RelayFixture.on(ETH0, "eth0", "203.0.113.2", 24),
                        RelayFixture.on(ETH1, "eth1", "192.0.2.1", 24)));
    }

    /** Requests come in on the clients' side, replies from the server. */
    Decision<Void> arrive(Message message, Ip4Address sentTo) {
        boolean reply = message.op() == Message.BOOTREPLY;
        Ip4Address from = message.giaddr().isZero() ? message.ciaddr() : OTHER_RELAY;
        return lab.relay.decide(
                new Arrival(
                        message,
                        reply ? ETH0 : ETH1,
                        reply ? SERVER : from,
                        reply ? 67 : 68,
                        sentTo,
                        lab.nowMillis));
    }

    /** What becomes of a datagram, in the words of its file. */
    String outcome(Corpus.Case bad) {
        if (!(Message.parse(bad.bytes()) instanceof ParseResult.Parsed parsed)) {
            return "never sees it";
        }
        lab.incidents.clear();
        Message before = parsed.message();
        String what =
                switch (arrive(before, bad.sentTo())) {
                    case Decision.Drop<Void> drop ->
                            "drops " + ((RelayDropReason) drop.reason()).name();
                    case Decision.Forward<Void> forward -> {
                        Message after = forward.outgoings().get(0).message();
                        Invariants.forwarded(before, after);
                        yield adds(before, after) ? "adds 82" : "forwards as it is";
                    }
                    case Decision.Reply<Void> reply -> {
                        Outgoing outgoing = reply.outgoing();
                        Invariants.answered(before, outgoing.message());
                        yield outgoing.destination().equals(Ip4Address.BROADCAST)
                                ? "answers broadcast"
                                : "answers unicast";
                    }
                    default -> "does what no relay does";
                };
        for (RelayIncident incident : lab.incidents) {
            what += ", " + incident.name();
        }
        return what;
    }

    private static boolean adds(Message before, Message after) {
        return after.has(OptionCode.RELAY_AGENT_INFORMATION)
                && !before.has(OptionCode.RELAY_AGENT_INFORMATION);
    }
}
