package io.leasehold.testkit;

import io.leasehold.link.LinkCounters;
import io.leasehold.link.LinkException;
import io.leasehold.link.NetworkInterface;
import io.leasehold.link.Receiver;
import io.leasehold.link.Transport;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The sockets of a host that is not there. The loop's thread waits in {@link #receive} until
 * something comes or the virtual clock is moved far enough; the test's thread waits in {@link
 * #settle} until the loop has nothing more to do. So one of the two runs at a time, and a test runs
 * the same each time.
 */
final class VirtualTransport implements Transport {
    private static final long REST_WAIT_SECONDS_MAX = 60;

    /** A datagram on its way to the host. */
    record Incoming(
            Octets bytes,
            int interfaceIndex,
            Ip4Address source,
            int sourcePort,
            Ip4Address destination) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final VirtualClock clock;
    private final int port;
    private final List<NetworkInterface> interfaces;
    private final Deque<Incoming> incoming = new ArrayDeque<>();
    private List<Outgoing> sent = new ArrayList<>();
    private long received;
    private long sentCount;
    private long pings;
    private boolean resting;
    private boolean woken;
    private boolean closed;
    private long restsUntilMillis;

    /** How far the clock may go by itself, as long as nothing more than this is sent. */
    private long movesToMillis;

    private long movesWhileSent;

    VirtualTransport(VirtualClock clock, int port, List<NetworkInterface> interfaces) {
        this.clock = clock;
        this.port = port;
        this.interfaces = List.copyOf(interfaces);
    }

    @Override
    public int receive(int waitMillis, Receiver receiver) throws IOException {
        List<Incoming> come;
        lock.lock();
        try {
            long until = waitMillis < 0 ? Long.MAX_VALUE : clock.bootMillis() + waitMillis;
            while (incoming.isEmpty() && !woken && !closed && clock.bootMillis() < until) {
                if (until <= movesToMillis && sentCount == movesWhileSent) {
                    clock.moveTo(until);
                    break;
                }
                resting = true;
                restsUntilMillis = until;
                changed.signalAll();
                changed.awaitUninterruptibly();
            }
            resting = false;
            woken = false;
            if (closed) {
                throw new LinkException("the virtual network is closed");
            }
            come = List.copyOf(incoming);
            incoming.clear();
            received += come.size();
        } finally {
            lock.unlock();
        }
        for (Incoming each : come) {
            receiver.datagram(
                    each.bytes().toBytes(),
                    0,
                    each.bytes().length(),
                    each.interfaceIndex(),
                    each.source(),
                    each.sourcePort(),
                    each.destination());
        }
        return come.size();
    }

    /** Something comes; the loop takes it at once. */
    void deliver(Incoming datagram) {
        lock.lock();
        try {
            incoming.add(datagram);
            goOn();
        } finally {
            lock.unlock();
        }
    }

    /** The loop has to look again, and does not rest before it has. */
    private void goOn() {
        resting = false;
        changed.signalAll();
    }

    /** Waits until the loop rests. */
    void settle() {
        lock.lock();
        try {
            while (!closed && !(resting && incoming.isEmpty() && !woken)) {
                if (!changed.await(REST_WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
                    throw new AssertionError(
                            "the handler has been at work for a minute; a handler must not wait");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a handler was at work", e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Moves the clock, but not past a time at which the loop wants to look again and then sends
     * something. The loop's own thread goes from one such time to the next: a loop looks four times
     * a second, and two threads that take turns would need a minute for a day.
     */
    void moveTowards(long bootMillis) {
        lock.lock();
        try {
            movesToMillis = bootMillis;
            movesWhileSent = sentCount;
            clock.moveTo(resting ? Math.min(bootMillis, restsUntilMillis) : bootMillis);
            if (closed || clock.bootMillis() >= restsUntilMillis) {
                goOn();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What was sent since it was asked for last. */
    List<Outgoing> takeSent() {
        lock.lock();
        try {
            List<Outgoing> all = List.copyOf(sent);
            sent = new ArrayList<>();
            return all;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void wakeUp() {
        lock.lock();
        try {
            woken = true;
            goOn();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void send(List<Outgoing> outgoings) {
        lock.lock();
        try {
            sent.addAll(outgoings);
            sentCount += outgoings.size();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody answers: every address is free. */
    @Override
    public void ping(Ip4Address address, Ip4Address source, int interfaceIndex) {
        lock.lock();
        try {
            pings++;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<NetworkInterface> interfaces() {
        return interfaces;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public LinkCounters counters() {
        lock.lock();
        try {
            return new LinkCounters(received, 0, 0, 0, sentCount, 0, 0, 0, pings, 0, 0, 0, 0);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            goOn();
        } finally {
            lock.unlock();
        }
    }
}
