package io.leasehold.app.netboot;

import io.leasehold.app.run.HostClock;
import io.leasehold.app.run.LoopLog;
import io.leasehold.link.InterfaceAddress;
import io.leasehold.link.Link;
import io.leasehold.link.LinkCounters;
import io.leasehold.link.NetworkInterface;
import io.leasehold.netboot.proxy.BootPort;
import io.leasehold.netboot.proxy.Netboot;
import io.leasehold.netboot.proxy.NetbootConfig;
import io.leasehold.netboot.proxy.NetbootInterface;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.ParseResult;
import io.leasehold.service.Committer;
import io.leasehold.service.Service;
import io.leasehold.service.ServiceClock;
import io.leasehold.service.ServiceEvents;
import io.leasehold.service.ServiceHooks;
import io.leasehold.service.ServiceTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of one port with its sockets and its loop. A message does not say where it came to. */
final class BootLoop implements ServiceEvents, ServiceHooks, AutoCloseable {
    private final List<String> served;
    private final Link link;
    private final Netboot role;

    /** A loop that has not turned for so long hangs: it turns four times a second. */
    private static final long TURN_NANOS_MAX = 10_000_000_000L;

    private final BootTelling telling;
    private final LoopLog loopLog;
    private final Service<Void> service;
    private volatile List<NetworkInterface> interfaces;
    private volatile long turnedNanos = System.nanoTime();

    /**
     * @param served names of the interfaces that machines boot through
     * @param link closed with the loop
     * @param telling shared with the other loops
     */
    BootLoop(
            BootPort port,
            List<String> served,
            NetbootConfig rules,
            Link link,
            BootTelling telling) {
        this.served = served;
        this.link = link;
        this.interfaces = link.interfaces();
        this.telling = telling;
        this.role = new Netboot(port, rules, telling.events(this::nameOf));
        this.loopLog =
                new LoopLog(
                        BootLog.LOG, this::nameOf, telling.counters(), HostClock::runningMillis);
        ServiceTime time = new ServiceTime(ServiceClock.ofHost(), 0);
        this.service = new Service<>(link, role, Committer.none(), time, this, this);
        interfacesChanged(link.interfaces());
    }

    /** Answers until {@link #stop}. */
    void run() throws IOException {
        service.run();
    }

    /** Ends {@link #run}, from any thread. */
    void stop() {
        service.stop();
    }

    /** Boots machines by other rules from now on; from any thread. */
    void configure(NetbootConfig rules) {
        service.execute(() -> role.configure(rules));
    }

    /** Whether it does its work; from any thread. */
    boolean isTurning() {
        return System.nanoTime() - turnedNanos < TURN_NANOS_MAX;
    }

    /** What its sockets counted. */
    LinkCounters sockets() {
        return link.counters();
    }

    private String nameOf(int index) {
        for (NetworkInterface one : interfaces) {
            if (one.index() == index) {
                return one.name();
            }
        }
        return "interface " + index;
    }

    @Override
    public void interfacesChanged(List<NetworkInterface> now) {
        interfaces = now;
        List<NetbootInterface> forRole = new ArrayList<>();
        for (NetworkInterface one : now) {
            if (served.contains(one.name())) {
                List<NetbootInterface.Address> addresses = new ArrayList<>();
                for (InterfaceAddress each : one.addresses()) {
                    addresses.add(new NetbootInterface.Address(each.address(), each.network()));
                }
                forRole.add(new NetbootInterface(one.index(), one.name(), addresses));
            }
        }
        role.interfaces(forRole);
    }

    @Override
    public void tick(long nowMillis) {
        turnedNanos = System.nanoTime();
        telling.tick();
        loopLog.tick();
    }

    @Override
    public void malformed(Ip4Address source, int index, ParseResult.Malformed what) {
        loopLog.malformed(source, index, what);
    }

    @Override
    public void shed() {
        loopLog.shed();
    }

    @Override
    public void fault(String what, @Nullable Arrival arrival, Throwable fault) {
        loopLog.fault(what, arrival, fault);
    }

    @Override
    public void notDurable(int replies, IOException why) {
        throw new IllegalStateException("a boot service makes nothing durable", why);
    }

    @Override
    public void storeBusy(int replies) {
        throw new IllegalStateException("a boot service makes nothing durable");
    }

    @Override
    public void close() {
        service.finish();
        link.close();
    }
}
