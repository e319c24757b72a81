package io.leasehold.app.netboot;

import io.leasehold.app.run.InterfaceNames;
import io.leasehold.netboot.proxy.BootAddition;
import io.leasehold.netboot.proxy.BootClient;
import io.leasehold.netboot.proxy.NetbootConfig;
import io.leasehold.netboot.proxy.NetbootEvents;
import io.leasehold.netboot.watch.WatchedEvents;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.role.Role;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Options;
import java.util.IdentityHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A DHCP server that tells machines what to boot in the packet that gives them their addresses.
 *
 * @param <C> the change of the server
 */
public final class BootWithLeases<C> implements Role<C> {
    private final Role<C> server;
    private volatile NetbootConfig rules;
    private final WatchedEvents watched;
    private final NetbootEvents log;

    /** Who asked for what is being pinged. The server bounds how many there are. */
    private final IdentityHashMap<Object, Arrival> pinged = new IdentityHashMap<>();

    /** What is told once its change is durable, as the journal bounds them. */
    private final IdentityHashMap<C, Runnable> waiting = new IdentityHashMap<>();

    public BootWithLeases(
            Role<C> server, NetbootConfig rules, InterfaceNames names, BootTelling telling) {
        this.server = server;
        this.rules = rules;
        this.watched = telling.watched(names);
        this.log = telling.events(names);
    }

    /** Boots machines by other rules from now on. */
    public void configure(NetbootConfig now) {
        rules = now;
    }

    @Override
    public Decision<C> decide(Arrival arrival) {
        if (BootClient.of(arrival.message()) == null) {
            watched.system(arrival);
        }
        return added(arrival, server.decide(arrival));
    }

    @Override
    public Decision<C> asked(Object token, boolean answered, long nowMillis) {
        Arrival arrival = pinged.remove(token);
        Decision<C> decision = server.asked(token, answered, nowMillis);
        return arrival == null ? decision : added(arrival, decision);
    }

    @Override
    public void settled(C change, boolean durable) {
        server.settled(change, durable);
        Runnable telling = waiting.remove(change);
        if (telling != null && durable) {
            telling.run();
        }
    }

    private Decision<C> added(Arrival arrival, Decision<C> decision) {
        return switch (decision) {
            case Decision.Reply<C>(Outgoing reply) ->
                    new Decision.Reply<>(added(arrival, reply, Runnable::run));
            case Decision.CommitThenReply<C>(C change, Outgoing reply) ->
                    new Decision.CommitThenReply<>(
                            change, added(arrival, reply, telling -> waiting.put(change, telling)));
            case Decision.AskFirst<C> ask -> {
                pinged.put(ask.token(), arrival);
                yield ask;
            }
            case Decision.Commit<C> _, Decision.Forward<C> _, Decision.Drop<C> _ -> decision;
        };
    }

    private Outgoing added(Arrival arrival, Outgoing reply, Consumer<Runnable> inTime) {
        @Nullable BootAddition addition =
                BootAddition.to(arrival.message(), reply.message(), address(reply), rules);
        if (addition == null) {
            return reply;
        }
        Outgoing both =
                new Outgoing(
                        addition.message(),
                        reply.destination(),
                        reply.port(),
                        reply.source(),
                        reply.interfaceIndex(),
                        reply.neighbour(),
                        reply.sourcePort());
        inTime.accept(() -> log.answered(arrival, addition.client(), addition.told(), both));
        return both;
    }

    /** The address that the machine sees this host at. */
    private static Ip4Address address(Outgoing reply) {
        return reply.source().isZero()
                ? reply.message().get(Options.SERVER_ID).or(Ip4Address.ZERO)
                : reply.source();
    }
}
