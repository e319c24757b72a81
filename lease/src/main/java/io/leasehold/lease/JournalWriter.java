package io.leasehold.lease;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The thread that writes: it takes all that waits, makes a frame of it, writes and syncs that, and
 * tells the outcomes in order.
 */
final class JournalWriter {
    private static final System.Logger LOG = System.getLogger(JournalWriter.class.getName());

    private sealed interface Job {
        record Commit(List<LeaseChange> changes, Consumer<@Nullable IOException> settled)
                implements Job {
            int weight() {
                return Math.max(1, changes.size());
            }
        }

        record Snapshot(Collection<Lease> all) implements Job {}
    }

    private final Object lock = new Object();
    private final JournalOptions options;
    private final SegmentLog log;
    private final SnapshotKeeper keeper;
    private final Thread thread;

    /** What the writer's thread has taken and not told the outcome of; its own. */
    private final Deque<Job.Commit> inHand = new ArrayDeque<>();

    private List<Job> waiting = new ArrayList<>();
    private int waitingChanges;
    private boolean ending;
    private boolean dead;

    JournalWriter(JournalOptions options, SegmentLog log, SnapshotKeeper keeper) {
        this.options = options;
        this.log = log;
        this.keeper = keeper;
        this.thread = Thread.ofPlatform().name("leasehold-journal").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    boolean submit(List<LeaseChange> changes, Consumer<@Nullable IOException> settled) {
        Job.Commit commit = new Job.Commit(List.copyOf(changes), settled);
        synchronized (lock) {
            if (ending || dead || commit.weight() > options.waitingChangesMax() - waitingChanges) {
                return false;
            }
            waitingChanges += commit.weight();
            waiting.add(commit);
            lock.notifyAll();
        }
        return true;
    }

    void snapshot(Collection<Lease> all) {
        if (!keeper.claim()) {
            return;
        }
        synchronized (lock) {
            waiting.add(new Job.Snapshot(all));
            lock.notifyAll();
        }
    }

    /** True when a fault of ours ended the thread: nothing is taken any more. */
    boolean dead() {
        synchronized (lock) {
            return dead;
        }
    }

    /** Makes durable what waits, and ends the thread. */
    void close() {
        synchronized (lock) {
            ending = true;
            lock.notifyAll();
        }
        join(thread);
    }

    private void run() {
        try {
            List<Job> jobs = take(new ArrayList<>());
            while (jobs != null) {
                work(jobs);
                jobs.clear();
                jobs = take(jobs);
            }
        } catch (RuntimeException | Error | InterruptedException e) {
            LOG.log(System.Logger.Level.ERROR, "the journal's writer ended by a fault", e);
            die(new IOException("the journal's writer ended by a fault: " + e, e));
        }
    }

    /** Waits for jobs and takes all; an empty list is a time to try the disk again; null ends. */
    private @Nullable List<Job> take(List<Job> empty) throws InterruptedException {
        synchronized (lock) {
            while (waiting.isEmpty() && !ending) {
                if (log.wantsProbe()) {
                    lock.wait(options.retrySecondsMax() * 1000L);
                    break;
                }
                lock.wait();
            }
            if (waiting.isEmpty()) {
                return ending ? null : empty;
            }
            List<Job> taken = waiting;
            waiting = empty;
            return taken;
        }
    }

    private void work(List<Job> jobs) {
        if (jobs.isEmpty()) {
            log.probe();
            return;
        }
        List<Job.Commit> commits = new ArrayList<>(jobs.size());
        for (Job job : jobs) {
            if (job instanceof Job.Commit commit) {
                inHand.add(commit);
            }
        }
        for (Job job : jobs) {
            switch (job) {
                case Job.Commit commit -> commits.add(commit);
                case Job.Snapshot(Collection<Lease> all) -> {
                    commit(commits);
                    commits.clear();
                    log.beginSnapshot(all);
                }
            }
        }
        commit(commits);
    }

    /** One frame for all, or a few when they are many; what is durable is told at once. */
    private void commit(List<Job.Commit> commits) {
        IOException failure = null;
        int settled = 0;
        for (int i = 0; i < commits.size(); i++) {
            for (LeaseChange change : commits.get(i).changes()) {
                if (failure != null) {
                    log.carry(change);
                    continue;
                }
                log.add(change);
                if (log.isFull()) {
                    failure = log.flush();
                    if (failure == null) {
                        settle(i - settled, null);
                        settled = i;
                    }
                }
            }
        }
        if (failure == null) {
            failure = log.flush();
        }
        settle(commits.size() - settled, failure);
    }

    /** Tells the next commits in hand their outcome. */
    private void settle(int count, @Nullable IOException failure) {
        int weight = 0;
        Iterator<Job.Commit> next = inHand.iterator();
        for (int i = 0; i < count; i++) {
            weight += next.next().weight();
        }
        synchronized (lock) {
            waitingChanges -= weight;
        }
        for (int i = 0; i < count; i++) {
            try {
                inHand.remove().settled().accept(failure);
            } catch (RuntimeException e) {
                // The caller's bug must not keep others from hearing of their own changes.
                LOG.log(System.Logger.Level.ERROR, "a caller failed to hear an outcome", e);
            }
        }
    }

    private void die(IOException why) {
        List<Job> left;
        synchronized (lock) {
            dead = true;
            left = waiting;
            waiting = new ArrayList<>();
        }
        log.fail(why);
        for (Job job : left) {
            if (job instanceof Job.Commit commit) {
                inHand.add(commit);
            }
        }
        settle(inHand.size(), why);
    }

    /** Waits for a thread's end; an interruption is kept for later. */
    static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
