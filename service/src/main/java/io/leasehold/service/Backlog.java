package io.leasehold.service;

import io.leasehold.protocol.role.Arrival;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has come and is not decided yet. Messages other than DISCOVER are kept in their order and
 * never shed. DISCOVERs wait by how long their clients have been trying; when there are too many,
 * one of the clients that began last goes.
 */
final class Backlog {
    /** DISCOVERs that wait at the most; at 40,000 a second they are answered within 30 ms. */
    static final int DISCOVERS_MAX = 1024;

    /**
     * Where the classes of secs begin: just begun, second try, third, and those who have been
     * waiting long.
     */
    private static final int[] SECS_FROM = {0, 1, 4, 10};

    private final ArrayDeque<Arrival> urgent = new ArrayDeque<>();

    /** One queue for each class of secs, the newest clients first. */
    private final List<ArrayDeque<Arrival>> discovers = new ArrayList<>();

    private final Gate gate = new Gate();
    private int discoverCount;

    Backlog() {
        for (int i = 0; i < SECS_FROM.length; i++) {
            discovers.add(new ArrayDeque<>());
        }
    }

    void addUrgent(Arrival arrival) {
        urgent.add(arrival);
    }

    /**
     * Adds a DISCOVER.
     *
     * @return true when one, this or another, was shed for it
     */
    boolean addDiscover(Arrival arrival) {
        boolean full = discoverCount == DISCOVERS_MAX;
        discovers.get(classOf(arrival.message().secs())).add(arrival);
        discoverCount++;
        if (full) {
            shedOne();
        }
        return full;
    }

    /**
     * True when a DISCOVER with this secs would be shed at once, so that it need not even be read.
     * Asked once for each that comes: the gate counts them.
     */
    boolean refuses(int secs) {
        if (classOf(secs) > 0) {
            return false;
        }
        boolean full = discoverCount == DISCOVERS_MAX;
        gate.came(full);
        return full;
    }

    /** How many of the DISCOVERs are worth receiving, after what {@link #refuses} was asked. */
    Gate gate() {
        return gate;
    }

    private void shedOne() {
        for (ArrayDeque<Arrival> one : discovers) {
            if (one.poll() != null) {
                discoverCount--;
                return;
            }
        }
    }

    private static int classOf(int secs) {
        int at = SECS_FROM.length - 1;
        while (secs < SECS_FROM[at]) {
            at--;
        }
        return at;
    }

    @Nullable Arrival nextUrgent() {
        return urgent.poll();
    }

    /** The next DISCOVER, of the clients that have waited longest. */
    @Nullable Arrival nextDiscover() {
        for (int i = discovers.size() - 1; i >= 0; i--) {
            Arrival arrival = discovers.get(i).poll();
            if (arrival != null) {
                discoverCount--;
                return arrival;
            }
        }
        return null;
    }

    /** The time was moved: what waits came at the same moment, by another name. */
    void moveTime(long millis) {
        urgent.addAll(moved(urgent, millis));
        discovers.forEach(queue -> queue.addAll(moved(queue, millis)));
        gate.moveTime(millis);
    }

    private static List<Arrival> moved(ArrayDeque<Arrival> queue, long millis) {
        List<Arrival> all = new ArrayList<>(queue.size());
        for (Arrival one = queue.poll(); one != null; one = queue.poll()) {
            all.add(
                    new Arrival(
                            one.message(),
                            one.interfaceIndex(),
                            one.source(),
                            one.sourcePort(),
                            one.destination(),
                            one.nowMillis() + millis));
        }
        return all;
    }

    boolean isEmpty() {
        return urgent.isEmpty() && discoverCount == 0;
    }
}
