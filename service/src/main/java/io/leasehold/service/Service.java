package io.leasehold.service;

import io.leasehold.link.NetworkInterface;
import io.leasehold.link.Receiver;
import io.leasehold.link.Transport;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.role.Role;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.ParseResult;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The loop: drains what has come, lets the role decide, hands what must be durable to the
 * committer, and sends. One thread runs it, and the role is only ever called there. Replies that
 * wait for a change are sent by the committer's thread: sending is half of the loop's work, and an
 * ACK need not wait until the loop has time for it.
 *
 * @param <C> the change of the role
 */
public final class Service<C> {
    /**
     * How much is drained before anything is decided, so that REQUESTs are found behind a flood of
     * DISCOVERs.
     */
    private static final int DRAIN_DATAGRAMS_MAX = 2048;

    /** A link takes so many from a socket at once: where fewer came, there were no more. */
    private static final int RECEIVED_AT_ONCE = 64;

    /** How many DISCOVERs are answered before the sockets are drained again. */
    private static final int DISCOVERS_A_TURN_MAX = 256;

    /**
     * How many messages are decided before what they led to goes out, so that the disk and the
     * clients have something to do meanwhile: as many as one system call sends.
     */
    private static final int DECIDED_AT_ONCE_MAX = 64;

    private static final int TASKS_MAX = 1024;
    private static final int TICK_MILLIS = 250;

    /** Before the loop is begun again after a fault that may come again at once. */
    private static final int PAUSE_MILLIS = 100;

    private final Transport link;
    private final Role<C> role;
    private final ServiceTime time;
    private final ServiceEvents events;
    private final ServiceHooks hooks;
    private final Backlog backlog = new Backlog();
    private final Questions questions = new Questions();
    private final Timers timers = new Timers();
    private final ArrayBlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(TASKS_MAX);
    private final Outbox<C> outbox;
    private final Receiver receiver = new FromLink();

    private int decidedSinceFlush;
    private long nowMillis;
    private long nextTickMillis;
    private volatile boolean stopping;

    /**
     * @param link what to receive from and send to; not closed by the service
     * @param time the time that the role is told
     * @param hooks what the owner does on the loop's thread from time to time
     */
    public Service(
            Transport link,
            Role<C> role,
            Committer<C> committer,
            ServiceTime time,
            ServiceEvents events,
            ServiceHooks hooks) {
        this.link = link;
        this.role = role;
        this.time = time;
        this.events = events;
        this.hooks = hooks;
        this.outbox = new Outbox<>(link, committer, role, time, events);
    }

    /**
     * Runs until {@link #stop}; then what was decided has been handed over. A fault of the role, or
     * of the owner's, costs what was at hand; the loop goes on.
     *
     * @throws IOException when the link can no longer be waited on
     */
    public void run() throws IOException {
        nextTickMillis = time.nowMillis();
        while (!stopping) {
            try {
                turn();
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                events.fault("running the loop", null, e);
                LockSupport.parkNanos(PAUSE_MILLIS * 1_000_000L);
            }
        }
        runTasks();
        outbox.flush();
    }

    private void turn() throws IOException {
        nowMillis = time.nowMillis();
        drain();
        if (backlog.gate().adjust(nowMillis)) {
            link.admitDiscovers(backlog.gate().share());
        }
        runTasks();
        runTimers();
        decideAll();
        if (nowMillis >= nextTickMillis || nowMillis < nextTickMillis - 10L * TICK_MILLIS) {
            nextTickMillis = nowMillis + TICK_MILLIS;
            guarded("doing what is done from time to time", () -> hooks.tick(nowMillis));
        }
        outbox.flush();
    }

    private void guarded(String what, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            events.fault(what, null, e);
        }
    }

    /** Ends {@link #run} soon, from any thread. */
    public void stop() {
        if (!stopping) {
            stopping = true;
            link.wakeUp();
        }
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
        outbox.commit(change);
    }

    /**
     * Sends a message of the owner's own, with what is decided in this turn. On the loop's thread.
     */
    public void send(Outgoing outgoing) {
        outbox.send(outgoing);
    }

    /**
     * Runs a task on the loop's thread once some time has passed. On the loop's thread.
     *
     * @param delayMillis 0 or more, not counting from when the clock was set
     * @return calls the task off, on the loop's thread; does nothing once it has run
     */
    public Runnable after(long delayMillis, Runnable task) {
        return timers.add(time.nowMillis() + Math.max(0, delayMillis), task);
    }

    /**
     * Follows a clock that was set. First all that was decided by the old time goes to the
     * committer, then the change that tells it of the step; only when it took that, time moves, and
     * with it all that waits here. On the loop's thread.
     *
     * @param seconds as {@link ServiceTime#stepSeconds} said
     * @param change tells the committer to move what it keeps
     * @return false when too much is waiting there: then no time has moved, and the owner tries
     *     again later. True says nothing about durability: a committer that took the change keeps
     *     it through its own failures, and it is not to be given again
     */
    public boolean stepTime(long seconds, C change) {
        outbox.flush();
        if (!outbox.submitAlone(change)) {
            return false;
        }
        time.move(seconds);
        long millis = seconds * 1000;
        nowMillis += millis;
        nextTickMillis += millis;
        backlog.moveTime(millis);
        questions.moveTime(millis);
        timers.moveTime(millis);
        return true;
    }

    private void drain() throws IOException {
        int wait =
                outbox.mayWait() && backlog.isEmpty() && tasks.isEmpty()
                        ? (int)
                                Math.min(
                                        TICK_MILLIS,
                                        Math.min(
                                                questions.waitMillis(nowMillis),
                                                timers.waitMillis(nowMillis)))
                        : 0;
        int drained = 0;
        while (drained < DRAIN_DATAGRAMS_MAX) {
            int received = link.receive(wait, receiver);
            outbox.awake();
            if (wait > 0) {
                nowMillis = time.nowMillis();
                wait = 0;
            }
            if (received < RECEIVED_AT_ONCE) {
                return;
            }
            drained += received;
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            guarded("running a task", task);
        }
        outbox.takeOutcomes();
    }

    private void runTimers() {
        long given = timers.given();
        for (Runnable task = timers.nextDue(nowMillis, given);
                task != null;
                task = timers.nextDue(nowMillis, given)) {
            guarded("running a timer", task);
        }
    }

    /**
     * After {@link #run} has ended and the committer has made durable what it had: tells the role,
     * and lets go what its owner sent last.
     */
    public void finish() {
        outbox.takeOutcomes();
        outbox.flush();
    }

    private void decideAll() {
        for (Arrival arrival = backlog.nextUrgent();
                arrival != null;
                arrival = backlog.nextUrgent()) {
            decide(arrival);
        }
        for (Object token = questions.nextSilent(nowMillis);
                token != null;
                token = questions.nextSilent(nowMillis)) {
            asked(token, false);
        }
        for (int i = 0; i < DISCOVERS_A_TURN_MAX; i++) {
            Arrival arrival = backlog.nextDiscover();
            if (arrival == null) {
                return;
            }
            decide(arrival);
        }
    }

    /** A message that the role stumbles over, again and again perhaps, costs only itself. */
    private void decide(Arrival arrival) {
        if (++decidedSinceFlush == DECIDED_AT_ONCE_MAX) {
            decidedSinceFlush = 0;
            outbox.takeOutcomes();
            outbox.flush();
        }
        try {
            carryOut(role.decide(arrival));
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            events.fault("deciding about a message", arrival, e);
        }
    }

    private void asked(Object token, boolean answered) {
        try {
            carryOut(role.asked(token, answered, nowMillis));
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            events.fault("deciding after a ping", null, e);
        }
    }

    /** Does what was decided. On the loop's thread. */
    public void carryOut(Decision<C> decision) {
        switch (decision) {
            case Decision.Reply<C> reply -> outbox.send(reply.outgoing());
            case Decision.CommitThenReply<C> both ->
                    outbox.sendAfter(both.change(), both.outgoing());
            case Decision.Commit<C> commit -> outbox.commit(commit.change());
            case Decision.Forward<C> forward -> forward.outgoings().forEach(outbox::send);
            case Decision.AskFirst<C> ask -> {
                questions.ask(ask.address(), ask.token(), nowMillis + ask.waitMillis());
                link.ping(ask.address(), ask.source(), ask.interfaceIndex());
            }
            case Decision.Drop<C> ignored -> {
                // Told by the role to its own events.
            }
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
            try {
                took(buffer, offset, length, interfaceIndex, source, sourcePort, destination);
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                // The codec does not throw; if it does, the datagrams behind this one are read.
                events.fault("reading a datagram from " + source, null, e);
            }
        }

        private void took(
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
                case ParseResult.Malformed malformed -> {
                    events.malformed(source, interfaceIndex, malformed);
                    hooks.notDhcp(
                            buffer,
                            offset,
                            length,
                            interfaceIndex,
                            source,
                            sourcePort,
                            destination);
                }
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
                asked(token, true);
            }
        }

        @Override
        public void interfacesChanged(List<NetworkInterface> interfaces) {
            guarded("following a change of interfaces", () -> hooks.interfacesChanged(interfaces));
        }
    }
}
