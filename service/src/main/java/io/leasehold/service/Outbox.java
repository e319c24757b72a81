package io.leasehold.service;

import io.leasehold.link.Transport;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.role.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What was decided and is not out yet: replies that go at once, changes to be made durable, and the
 * replies that wait for them. The loop's own, but for what becomes of the changes: the committer
 * lets their replies go from its thread, and hands the outcomes back.
 */
final class Outbox<C> {
    /**
     * Whoever waited longer for the disk has asked again (RFC 2131 §4.1), or is gone: what was
     * granted then may be another's before the answer comes.
     */
    static final int REPLY_WAITS_MILLIS_MAX = 10_000;

    private final Transport link;
    private final Committer<C> committer;
    private final Role<C> role;
    private final ServiceTime time;
    private final ServiceEvents events;
    private final ConcurrentLinkedQueue<Settled<C>> settled = new ConcurrentLinkedQueue<>();

    private List<C> changes = new ArrayList<>();
    private List<Outgoing> afterCommit = new ArrayList<>();
    private List<Outgoing> atOnce = new ArrayList<>();

    /** True while the loop waits for what may come, so that an outcome has to wake it. */
    private volatile boolean loopWaits;

    private record Settled<C>(List<C> changes, boolean durable) {}

    Outbox(
            Transport link,
            Committer<C> committer,
            Role<C> role,
            ServiceTime time,
            ServiceEvents events) {
        this.link = link;
        this.committer = committer;
        this.role = role;
        this.time = time;
        this.events = events;
    }

    void send(Outgoing outgoing) {
        atOnce.add(outgoing);
    }

    void commit(C change) {
        changes.add(change);
    }

    void sendAfter(C change, Outgoing outgoing) {
        changes.add(change);
        afterCommit.add(outgoing);
    }

    /**
     * Says that the loop is about to wait.
     *
     * @return false when there are outcomes already, so that it must not
     */
    boolean mayWait() {
        loopWaits = true;
        return settled.isEmpty();
    }

    void awake() {
        loopWaits = false;
    }

    /** Tells the role what became of its changes. */
    void takeOutcomes() {
        for (Settled<C> one = settled.poll(); one != null; one = settled.poll()) {
            try {
                for (C change : one.changes()) {
                    role.settled(change, one.durable());
                }
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                events.fault("hearing what became durable", null, e);
            }
        }
    }

    /** Hands over the changes, then sends what need not wait. */
    void flush() {
        if (!changes.isEmpty()) {
            List<C> batch = changes;
            List<Outgoing> replies = afterCommit;
            changes = new ArrayList<>();
            afterCommit = new ArrayList<>();
            submit(batch, replies);
        }
        if (!atOnce.isEmpty()) {
            List<Outgoing> replies = atOnce;
            atOnce = new ArrayList<>();
            transmit(replies);
        }
    }

    private void transmit(List<Outgoing> replies) {
        try {
            link.send(replies);
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            events.fault("sending", null, e);
        }
    }

    /** Hands over one change by itself; false when the committer has too much waiting. */
    boolean submitAlone(C change) {
        List<C> batch = List.of(change);
        return committer.submit(batch, new AfterCommit(batch, List.of()));
    }

    private void submit(List<C> batch, List<Outgoing> replies) {
        boolean taken = false;
        try {
            taken = committer.submit(batch, new AfterCommit(batch, replies));
            if (!taken) {
                events.storeBusy(replies.size());
            }
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            events.fault("handing changes to the store", null, e);
        }
        if (!taken) {
            settled.add(new Settled<>(batch, false));
        }
    }

    /**
     * Sends the replies when their changes are durable; on the committer's thread, so that they
     * need not wait for the loop. The role hears of it before it hears of what clients make of
     * them: the loop takes outcomes after it has received, and before it decides.
     */
    private final class AfterCommit implements Consumer<@Nullable IOException> {
        private final List<C> batch;
        private final List<Outgoing> replies;
        private final long sinceMillis = time.bootMillis();

        AfterCommit(List<C> batch, List<Outgoing> replies) {
            this.batch = batch;
            this.replies = replies;
        }

        @Override
        public void accept(@Nullable IOException failure) {
            boolean durable = failure == null;
            boolean late = time.bootMillis() - sinceMillis > REPLY_WAITS_MILLIS_MAX;
            settled.add(new Settled<>(batch, durable));
            if (failure != null) {
                events.notDurable(replies.size(), failure);
            } else if (late && !replies.isEmpty()) {
                events.storeBusy(replies.size());
            } else if (!replies.isEmpty()) {
                transmit(replies);
            }
            if (loopWaits) {
                link.wakeUp();
            }
        }
    }
}
