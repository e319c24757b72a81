package io.leasehold.service.handler;

import io.leasehold.link.InterfaceAddress;
import io.leasehold.link.NetworkInterface;
import io.leasehold.link.Transport;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.HostInterface;
import io.leasehold.protocol.role.HostInterfaces;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.role.ReplyRoute;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.service.Committer;
import io.leasehold.service.Service;
import io.leasehold.service.ServiceClock;
import io.leasehold.service.ServiceHooks;
import io.leasehold.service.ServiceTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A handler on the loop: calls it, carries out what it answers, and starts it afresh. */
final class HandlerLoop<H extends DhcpHandler> implements ServiceHooks, DhcpContext {
    private final Supplier<? extends H> maker;
    private final ServiceOptions options;
    private final Transport transport;
    private final ServiceTime time;
    private final HandlerLog log;
    private final Service<Void> service;
    private final ReplyRoute routes;
    private final Restarts restarts;
    private final HandlerPings pings;
    private final ArrayDeque<Action> next = new ArrayDeque<>();
    private HostInterfaces host;
    private @Nullable H handler;
    private @Nullable Reason end;
    private volatile @Nullable Thread thread;

    /** Which of the handlers this is: what an earlier one wanted done is not done any more. */
    private int generation;

    HandlerLoop(
            Supplier<? extends H> maker,
            ServiceOptions options,
            Transport transport,
            ServiceClock clock) {
        this.maker = maker;
        this.options = options;
        this.transport = transport;
        this.time = new ServiceTime(clock, 0);
        this.log = new HandlerLog(clock);
        this.routes =
                new ReplyRoute(
                        options.relayPort(), options.clientPort(), options.broadcastAddress());
        this.restarts = new Restarts(options.restartsMax(), options.restartsWithin());
        this.pings = new HandlerPings(options.pings());
        this.host = hostOf(transport.interfaces());
        this.service =
                new Service<>(transport, new HandlerRole(this), Committer.none(), time, log, this);
    }

    private static HostInterfaces hostOf(List<NetworkInterface> interfaces) {
        List<HostInterface> all = new ArrayList<>();
        for (NetworkInterface each : interfaces) {
            List<HostInterface.Address> addresses = new ArrayList<>();
            for (InterfaceAddress one : each.addresses()) {
                addresses.add(new HostInterface.Address(one.address(), one.network()));
            }
            all.add(new HostInterface(each.index(), each.name(), addresses));
        }
        return new HostInterfaces(all);
    }

    /** Makes the first handler; what it throws is the caller's. */
    void begin() throws Exception {
        thread = Thread.currentThread();
        H first = maker.get();
        first.init(this);
        handler = first;
        doNext();
    }

    /** Serves until it is stopped, or has to end. */
    Reason run() {
        try {
            service.run();
        } catch (IOException e) {
            end = new Reason.LinkLost(e);
        }
        Reason reason = end == null ? new Reason.Stopped() : end;
        // One whose fault was the last has heard of it already.
        if (handler != null) {
            terminate(reason);
        }
        service.finish();
        return reason;
    }

    void stop() {
        service.stop();
    }

    boolean execute(Runnable task) {
        return service.execute(task);
    }

    boolean isOwnThread() {
        return Thread.currentThread() == thread;
    }

    H handler() {
        return Objects.requireNonNull(handler);
    }

    boolean hasEnded() {
        return handler == null;
    }

    ServiceCounters counters() {
        return new ServiceCounters(
                transport.counters(), log.notDhcp(), log.shedCount(), log.restarts());
    }

    /** Calls the handler about a message. */
    Decision<Void> answer(Arrival arrival, HandlerRole.Method method) {
        H now = handler;
        if (now == null) {
            return new Decision.Drop<>(HandlerDrop.ENDED);
        }
        try {
            Answer answer = method.of(now, arrival, this);
            doNext();
            return decision(answer, arrival, null);
        } catch (Exception | AssertionError | StackOverflowError e) {
            faulted("answering " + log.text(arrival, interfaceName(arrival)), e);
            return new Decision.Drop<>(HandlerDrop.FAULT);
        }
    }

    /** Calls the handler about what is no DHCP message. */
    Decision<Void> datagram(Datagram datagram) {
        H now = handler;
        if (now == null) {
            return new Decision.Drop<>(HandlerDrop.ENDED);
        }
        log.countNotDhcp();
        try {
            Answer answer = now.datagram(datagram, this);
            doNext();
            return decision(answer, null, datagram);
        } catch (Exception | AssertionError | StackOverflowError e) {
            faulted("taking a datagram from " + datagram.source(), e);
            return new Decision.Drop<>(HandlerDrop.FAULT);
        }
    }

    private Decision<Void> decision(
            Answer answer, @Nullable Arrival arrival, @Nullable Datagram datagram) {
        return switch (answer) {
            case Answer.Reply reply ->
                    new Decision.Reply<>(
                            arrival != null
                                    ? route(arrival, reply.message())
                                    : back(Objects.requireNonNull(datagram), reply.message()));
            case Answer.Send send -> new Decision.Forward<>(send.outgoings());
            case Answer.Nothing _ -> new Decision.Drop<>(HandlerDrop.SILENCE);
            case Answer.Stop stop -> {
                Decision<Void> last = decision(stop.last(), arrival, datagram);
                stop(stop.why());
                yield last;
            }
        };
    }

    private Outgoing back(Datagram datagram, Message message) {
        Ip4Address asked = datagram.destination();
        return new Outgoing(
                message,
                datagram.source(),
                datagram.sourcePort(),
                host.isOwn(asked) ? asked : host.primary(datagram.interfaceIndex()),
                0,
                null);
    }

    /** Does something that is neither about a message nor about a datagram. */
    void run(String what, Action action) {
        if (handler == null) {
            return;
        }
        try {
            action.run();
            doNext();
        } catch (Exception | AssertionError | StackOverflowError e) {
            faulted(what, e);
        }
    }

    private void doNext() throws Exception {
        for (Action action = next.poll(); action != null; action = next.poll()) {
            action.run();
        }
    }

    /** The handler threw: another takes its place, if that did not happen too often. */
    private void faulted(String what, Throwable fault) {
        Throwable why = fault;
        String during = what;
        while (handler != null) {
            H old = handler;
            generation++;
            next.clear();
            boolean again = end == null && restarts.allow(time.nowMillis());
            log.fault(old, during, why, again ? restarts.recent() : -1, options);
            terminate(new Reason.Fault(why));
            if (!again) {
                handler = null;
                end = new Reason.Fault(why);
                service.stop();
                return;
            }
            try {
                H fresh = maker.get();
                handler = fresh;
                fresh.init(this);
                doNext();
                return;
            } catch (Exception | AssertionError | StackOverflowError e) {
                why = e;
                during = "being started afresh";
            }
        }
    }

    private void terminate(Reason reason) {
        H last = handler;
        if (last != null) {
            try {
                last.terminate(reason, this);
            } catch (Exception | AssertionError | StackOverflowError e) {
                log.terminateFault(last, e);
            }
        }
    }

    @Override
    public void tick(long nowMillis) {
        // A handler has timers of its own.
    }

    @Override
    public void interfacesChanged(List<NetworkInterface> interfaces) {
        host = hostOf(interfaces);
        run("hearing of a change of interfaces", () -> handler().interfacesChanged(this));
    }

    @Override
    public void notDhcp(
            byte[] buffer,
            int offset,
            int length,
            int interfaceIndex,
            Ip4Address source,
            int sourcePort,
            Ip4Address destination) {
        byte[] bytes = Arrays.copyOfRange(buffer, offset, offset + length);
        service.carryOut(
                datagram(
                        new Datagram(
                                Octets.of(bytes),
                                interfaceIndex,
                                source,
                                sourcePort,
                                destination,
                                time.nowMillis())));
    }

    @Override
    public int port() {
        return transport.port();
    }

    @Override
    public List<NetworkInterface> interfaces() {
        return transport.interfaces();
    }

    @Override
    public String interfaceName(Arrival arrival) {
        HostInterface one = host.at(arrival.interfaceIndex());
        return one == null ? "interface " + arrival.interfaceIndex() : one.name();
    }

    @Override
    public Ip4Address serverAddress(Arrival arrival) {
        return host.serverAddress(arrival);
    }

    @Override
    public long nowMillis() {
        return time.nowMillis();
    }

    @Override
    public Outgoing route(Arrival request, Message reply) {
        return routes.route(request, reply, host);
    }

    @Override
    public void send(Outgoing outgoing) {
        requireOwnThread();
        service.send(outgoing);
    }

    @Override
    public Timer after(Duration delay, Action action) {
        requireOwnThread();
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a delay of " + delay + ", expected zero or more");
        }
        int mine = generation;
        Runnable callOff =
                service.after(
                        delay.toMillis(),
                        () -> {
                            if (mine == generation) {
                                run("running a timer", action);
                            }
                        });
        return callOff::run;
    }

    @Override
    public boolean ping(Ip4Address address, Arrival about, Duration within, AfterPing then) {
        requireOwnThread();
        int mine = generation;
        Decision<Void> question =
                pings.ask(
                        address,
                        about.interfaceIndex(),
                        serverAddress(about),
                        within,
                        answered -> {
                            if (mine == generation) {
                                run("hearing of a ping", () -> then.heard(answered));
                            }
                        });
        if (question != null) {
            service.carryOut(question);
        }
        return question != null;
    }

    @Override
    public void next(Action action) {
        requireOwnThread();
        next.add(action);
    }

    @Override
    public void stop(String why) {
        requireOwnThread();
        if (end == null) {
            end = new Reason.Chosen(why);
        }
        service.stop();
    }

    private void requireOwnThread() {
        if (!isOwnThread()) {
            throw new IllegalStateException(
                    "a handler's context was used on thread "
                            + Thread.currentThread().getName()
                            + ", expected the handler's own; DhcpService.cast leads there");
        }
    }
}
