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
 * Stands between the server and its log, so that an ACK is told when it went out and a RELEASE or
 * DECLINE when it is on disk; what the disk prevented is not told as done.
 */
final class DurableAnswers implements ServerEvents {
    private final ServerEvents log;

    /** What is told once its change is durable, as the journal bounds them. */
    private final IdentityHashMap<List<LeaseChange>, Runnable> waiting = new IdentityHashMap<>();

    /** Who waits for what becomes of a change of the owner's own. */
    private final IdentityHashMap<List<LeaseChange>, Outcome> askers = new IdentityHashMap<>();

    private @Nullable Runnable latest;

    /** Hears whether a change is on disk; if not, the table is as it was before. */
    @FunctionalInterface
    interface Outcome {
        void settled(boolean durable);
    }

    DurableAnswers(ServerEvents log) {
        this.log = log;
    }

    /** The role as the loop is to see it; its events have to come here. */
    Role<List<LeaseChange>> around(Role<List<LeaseChange>> role) {
        return new Role<>() {
            @Override
            public Decision<List<LeaseChange>> decide(Arrival arrival) {
                latest = null;
                return inTime(role.decide(arrival));
            }

            @Override
            public Decision<List<LeaseChange>> asked(
                    Object token, boolean answered, long nowMillis) {
                latest = null;
                return inTime(role.asked(token, answered, nowMillis));
            }

            @Override
            public void settled(List<LeaseChange> change, boolean durable) {
                Runnable telling = waiting.remove(change);
                if (telling != null && durable) {
                    telling.run();
                }
                role.settled(change, durable);
                Outcome asked = askers.remove(change);
                if (asked != null) {
                    asked.settled(durable);
                }
            }
        };
    }

    /** Tells once what becomes of a change that is committed next. On the loop's thread. */
    void whenSettled(List<LeaseChange> change, Outcome outcome) {
        askers.put(change, outcome);
    }

    private Decision<List<LeaseChange>> inTime(Decision<List<LeaseChange>> decision) {
        Runnable telling = latest;
        if (telling == null) {
            return decision;
        }
        switch (decision) {
            case Decision.CommitThenReply<List<LeaseChange>> both ->
                    waiting.put(both.change(), telling);
            case Decision.Commit<List<LeaseChange>> alone -> waiting.put(alone.change(), telling);
            case Decision.Reply<List<LeaseChange>> reply -> telling.run();
            case Decision.Forward<List<LeaseChange>> forward -> telling.run();
            case Decision.AskFirst<List<LeaseChange>> ask -> telling.run();
            case Decision.Drop<List<LeaseChange>> drop -> telling.run();
        }
        return decision;
    }

    @Override
    public void ignored(Arrival arrival, int code) {
        log.ignored(arrival, code);
    }

    @Override
    public void answered(Arrival arrival, MessageType answer, Ip4Address address, String why) {
        latest = () -> log.answered(arrival, answer, address, why);
    }

    @Override
    public void noted(Arrival arrival, Ip4Address address, String why) {
        latest = () -> log.noted(arrival, address, why);
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
