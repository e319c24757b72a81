package io.leasehold.app.serve;

import io.leasehold.lease.LeaseChange;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Role;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.server.ServerDrop;
import io.leasehold.server.ServerEvents;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the server and its log, so that an ACK is told when it went out, and one that the
 * disk prevented is not told as sent.
 */
final class DurableAnswers implements ServerEvents {
    private final ServerEvents log;

    /** Answers that wait until their change is durable, as the journal bounds them. */
    private final IdentityHashMap<List<LeaseChange>, Answer> waiting = new IdentityHashMap<>();

    private @Nullable Answer latest;

    private record Answer(Arrival arrival, MessageType type, Ip4Address address, String why) {}

    DurableAnswers(ServerEvents log) {
        this.log = log;
    }

    /** The role as the loop is to see it; its events have to come here. */
    Role<List<LeaseChange>> around(Role<List<LeaseChange>> role) {
        return new Role<>() {
            @Override
            public Decision<List<LeaseChange>> decide(Arrival arrival) {
                latest = null;
                return noted(role.decide(arrival));
            }

            @Override
            public Decision<List<LeaseChange>> asked(
                    Object token, boolean answered, long nowMillis) {
                latest = null;
                return noted(role.asked(token, answered, nowMillis));
            }

            @Override
            public void settled(List<LeaseChange> change, boolean durable) {
                Answer answer = waiting.remove(change);
                if (answer != null && durable) {
                    tell(answer);
                }
                role.settled(change, durable);
            }
        };
    }

    private Decision<List<LeaseChange>> noted(Decision<List<LeaseChange>> decision) {
        Answer answer = latest;
        if (answer == null) {
            return decision;
        }
        if (decision instanceof Decision.CommitThenReply<List<LeaseChange>> both) {
            waiting.put(both.change(), answer);
        } else {
            tell(answer);
        }
        return decision;
    }

    private void tell(Answer answer) {
        log.answered(answer.arrival(), answer.type(), answer.address(), answer.why());
    }

    @Override
    public void ignored(Arrival arrival, int code) {
        log.ignored(arrival, code);
    }

    @Override
    public void answered(Arrival arrival, MessageType answer, Ip4Address address, String why) {
        latest = new Answer(arrival, answer, address, why);
    }

    @Override
    public void noted(Arrival arrival, Ip4Address address, String why) {
        log.noted(arrival, address, why);
    }

    @Override
    public void dropped(Arrival arrival, ServerDrop reason) {
        log.dropped(arrival, reason);
    }

    @Override
    public void exhausted(Arrival arrival, String network) {
        log.exhausted(arrival, network);
    }

    @Override
    public void conflict(Ip4Address address) {
        log.conflict(address);
    }
}
