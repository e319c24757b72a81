package io.leasehold.relay;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Role;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a DHCP relay agent (RFC 1542 §4.1, RFC 2131, RFC 3046): requests of clients go on to
 * servers, their replies come back. It has nothing to make durable, and no socket, clock or thread;
 * one thread calls it.
 */
public final class Relay implements Role<Void> {
    private final RelayState state;
    private final Requests requests;
    private final Replies replies;

    public Relay(RelayConfig config, RelayEvents events) {
        this.state = new RelayState(config, events);
        this.requests = new Requests(state);
        this.replies = new Replies(state);
    }

    /**
     * Whether a server is to answer a request at all (RFC 2131 §3.1, §4.4.4), and to us: what
     * another relay passed on is answered to that one (§4.1).
     */
    public static boolean expectsAnswer(Message request) {
        MessageType type = request.type();
        return request.giaddr().isZero()
                && type != MessageType.RELEASE
                && type != MessageType.DECLINE;
    }

    /**
     * Whether one server is to: the one that the client chose alone answers a REQUEST (RFC 2131
     * §4.3.2), all of them where that is this relay (RFC 5107).
     *
     * @param from the interface that the request came in on
     * @param to null for whoever hears a broadcast, of whom it is not known
     */
    public static boolean expectsAnswer(
            Message request, RelayInterface from, @Nullable RelayServer to) {
        if (!expectsAnswer(request)) {
            return false;
        }
        int chosen =
                request.type() == MessageType.REQUEST
                        ? AddressOption.of(request, OptionCode.SERVER_ID)
                        : 0;
        return chosen == 0 || to != null && to.address().bits() == chosen || from.has(chosen);
    }

    /** Tells which interfaces there are, at the start and whenever they change: all of the host. */
    public void interfaces(List<RelayInterface> now) {
        Interfaces next = new Interfaces(now, state.config);
        next.continueFrom(state.interfaces);
        state.interfaces = next;
    }

    /** Tells which servers there are, at the start and whenever a name gets other addresses. */
    public void servers(List<RelayServer> now) {
        state.servers.replace(now);
    }

    @Override
    public Decision<Void> decide(Arrival arrival) {
        return switch (arrival.message().op()) {
            case Message.BOOTREQUEST -> requests.decide(arrival);
            case Message.BOOTREPLY -> replies.decide(arrival);
            default -> state.drop(arrival, RelayDropReason.UNKNOWN_OP);
        };
    }

    /** Never called: a relay asks nothing. */
    @Override
    public Decision<Void> asked(Object token, boolean answered, long nowMillis) {
        throw new IllegalStateException("a relay asks nothing, but was told an outcome: " + token);
    }
}
