package io.leasehold.service;

import io.leasehold.link.Link;
import io.leasehold.link.NetworkInterface;
import io.leasehold.link.Receiver;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.role.Role;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.ParseResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The loop: drains what has come, lets the role decide, hands what must be durable to the
 * committer, and sends. One thread runs it, and the role is only ever called there. Replies that
 * wait for durability are sent by the committer's thread.
 *
 * @param <C> the change of the role
 */
public final class Service<C> {
    /**
     * How much is drained before anything is decided, so that REQUESTs are found behind a flood of
     * DISCOVERs.
     */
    private static final int DRAIN_DATAGRAMS_MAX = 2048;

    /** How many DISCOVERs are answered before the sockets are drained again. */
    private static final int DISCOVERS_A_TURN_MAX = 256;

    private static final int TASKS_MAX = 1024;
    private static final int TICK_MILLIS = 250;

    private final Link link;
    private final Role<C> role;
    private final Committer<C> committer;
    private final ServiceTime time;
    private final ServiceEvents events;
    private final ServiceHooks hooks;
    private final Backlog backlog = new Backlog();
    private final Questions questions = new Questions();
    private final ArrayBlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(TASKS_MAX);
    private final ConcurrentLinkedQueue<Settled<C>> settled = new ConcurrentLinkedQueue<>();
    private final Receiver receiver = new FromLink();

    private List<C> changes = new ArrayList<>();
    private List<Outgoing> afterCommit = new ArrayList<>();
    private List<Outgoing> atOnce = new ArrayList<>();
    private long nowMillis;
    private volatile boolean stopping;

    private record Settled<C>(List<C> changes, boolean durable) {}

    /**
     * @param link what to receive from and send to; not closed by the service
     * @param time the time that the role is told
     * @param hooks what the owner does on the loop's thread from time to time
     */
    public Service(
            Link link,
            Role<C> role,
            Committer<C> committer,
            ServiceTime time,
            ServiceEvents events,
            ServiceHooks hooks) {
        this.link = link;
        this.role = role;
        this.committer = committer;
        this.time = time;
        this.events = events;
        this.hooks = hooks;
    }

    /** Runs until {@link #stop}; then what was decided has been handed over. */
    public void run() throws IOException {
        long nextTickMillis = time.nowMillis();
        while (!stopping) {
            nowMillis = time.nowMillis();
            drain();
            runTasks();
            decideAll();
            if (nowMillis >= nextTickMillis || nowMillis < nextTickMillis - 10L * TICK_MILLIS) {
                nextTickMillis = nowMillis + TICK_MILLIS;
                hooks.tick(nowMillis);
            }
            flush();
        }
        runTasks();
        flush();
    }

    /** Ends {@link #run} soon, from any thread. */
    public void stop() {
        stopping = true;
        link.wakeUp();
    }

    /**
     * Runs a task on the loop's thread, where the role may be called.
     *
     * @return false when too many wait already
     */
    public boolean execute(Runnable task) {
        boolean taken = tasks.offer(task);
        if (taken) {
            link.wakeUp();
        }
        return taken;
    }

    /**
     * Makes a change of the owner's own durable, together with what was decided. On the loop's
     * thread.
     */
    public void commit(C change) {
        changes.add(change);
    }

    private void drain() throws IOException {
        int wait =
                backlog.isEmpty() && tasks.isEmpty()
                        ? (int) Math.min(TICK_MILLIS, questions.waitMillis(nowMillis))
                        : 0;
        int drained = 0;
        while (drained < DRAIN_DATAGRAMS_MAX) {
            int received = link.receive(wait, receiver);
            if (wait > 0) {
                nowMillis = time.nowMillis();
                wait = 0;
            }
            if (received == 0) {
                return;
            }
            drained += received;
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        for (Settled<C> one = settled.poll(); one != null; one = settled.poll()) {
            for (C change : one.changes()) {
                role.settled(change, one.durable());
            }
        }
    }

    private void decideAll() {
        for (Arrival arrival = backlog.nextUrgent();
                arrival != null;
                arrival = backlog.nextUrgent()) {
            carryOut(role.decide(arrival));
        }
        for (Object token = questions.nextSilent(nowMillis);
                token != null;
                token = questions.nextSilent(nowMillis)) {
            carryOut(role.asked(token, false, nowMillis));
        }
        for (int i = 0; i < DISCOVERS_A_TURN_MAX; i++) {
            Arrival arrival = backlog.nextDiscover();
            if (arrival == null) {
                return;
            }
            carryOut(role.decide(arrival));
        }
    }

    private void carryOut(Decision<C> decision) {
        switch (decision) {
            case Decision.Reply<C> reply -> atOnce.add(reply.outgoing());
            case Decision.CommitThenReply<C> both -> {
                changes.add(both.change());
                afterCommit.add(both.outgoing());
            }
            case Decision.Commit<C> commit -> changes.add(commit.change());
            case Decision.Forward<C> forward -> atOnce.addAll(forward.outgoings());
            case Decision.AskFirst<C> ask -> {
                questions.ask(ask.address(), ask.token(), nowMillis + ask.waitMillis());
                link.ping(ask.address(), ask.source(), ask.interfaceIndex());
            }
            case Decision.Drop<C> ignored -> {
                // Told by the role to its own events.
            }
        }
    }

    private void flush() {
        if (!changes.isEmpty()) {
            List<C> batch = changes;
            List<Outgoing> replies = afterCommit;
            changes = new ArrayList<>();
            afterCommit = new ArrayList<>();
            if (!committer.submit(batch, new AfterCommit(batch, replies))) {
                events.storeBusy(replies.size());
                settled.add(new Settled<>(batch, false));
            }
        }
        if (!atOnce.isEmpty()) {
            link.send(atOnce);
            atOnce = new ArrayList<>();
        }
    }

    /** Lets the replies go when their changes are durable; on the committer's thread. */
    private final class AfterCommit implements Consumer<@Nullable IOException> {
        private final List<C> batch;
        private final List<Outgoing> replies;

        AfterCommit(List<C> batch, List<Outgoing> replies) {
            this.batch = batch;
            this.replies = replies;
        }

        @Override
        public void accept(@Nullable IOException failure) {
            if (failure == null) {
                link.send(replies);
            } else {
                events.notDurable(replies.size(), failure);
            }
            settled.add(new Settled<>(batch, failure == null));
        }
    }

    /** Takes what the link hands over, while it is drained. */
    private final class FromLink implements Receiver {
        @Override
        public void datagram(
                byte[] buffer,
                int offset,
                int length,
                int interfaceIndex,
                Ip4Address source,
                int sourcePort,
                Ip4Address destination) {
            if (backlog.refuses(Peek.discoverSecs(buffer, offset, length))) {
                events.shed();
                return;
            }
            switch (Message.parse(buffer, offset, length)) {
                case ParseResult.Malformed malformed ->
                        events.malformed(source, interfaceIndex, malformed);
                case ParseResult.Parsed parsed ->
                        arrived(
                                new Arrival(
                                        parsed.message(),
                                        interfaceIndex,
                                        source,
                                        sourcePort,
                                        destination,
                                        nowMillis));
            }
        }

        private void arrived(Arrival arrival) {
            if (arrival.message().type() == MessageType.DISCOVER) {
                if (backlog.addDiscover(arrival)) {
                    events.shed();
                }
            } else {
                backlog.addUrgent(arrival);
            }
        }

        @Override
        public void pingAnswered(Ip4Address address) {
            for (Object token : questions.answered(address)) {
                carryOut(role.asked(token, true, nowMillis));
            }
        }

        @Override
        public void interfacesChanged(List<NetworkInterface> interfaces) {
            hooks.interfacesChanged(interfaces);
        }
    }
}
