package io.leasehold.app.relay;

import io.leasehold.app.config.ServerName;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the addresses of one name current, on a thread of its own: a name server that does not
 * answer holds up neither the relay nor another name. What a name resolved to serves until it
 * resolves to something else.
 */
final class NameResolver implements AutoCloseable {
    /** More servers behind one name are left out. */
    static final int ADDRESSES_MAX = 32;

    /** The least time between two lookups, also of those that are asked for at once. */
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A name that cannot be resolved is tried again at least so often. */
    private static final long FAILED_AGAIN_NANOS_MAX = TimeUnit.SECONDS.toNanos(5);

    /** Asks the name servers of this host; may take long. */
    @FunctionalInterface
    interface Lookup {
        /**
         * All addresses of a name.
         *
         * @throws IOException when there are none, or nobody knows
         */
        List<Ip4Address> addresses(String name) throws IOException;
    }

    /** Hears what became of a name, on the resolver's thread. */
    interface Listener {
        /** It has other addresses than before, or it resolves again. */
        void resolved(String name, List<Ip4Address> addresses);

        /** It cannot be resolved, told once; the addresses from before serve on. */
        void unresolved(String name, List<Ip4Address> before, String why);
    }

    private final String name;
    private final long everyNanos;
    private final Lookup lookup;
    private final Listener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private volatile List<Ip4Address> addresses;
    private volatile String lastFailure = "it was not looked up yet";

    /** What its listener was told last of why it does not resolve; "" while it does. */
    private String toldFailure = "";

    private volatile boolean looked;
    private boolean asked;
    private volatile boolean closed;

    /**
     * Nothing is looked up before {@link #start}.
     *
     * @param before what the name resolved to before this; nothing when that is not known
     * @param everySeconds how often it is resolved again
     */
    NameResolver(
            String name,
            List<Ip4Address> before,
            int everySeconds,
            Lookup lookup,
            Listener listener) {
        this.name = name;
        this.addresses = before;
        this.everyNanos = TimeUnit.SECONDS.toNanos(everySeconds);
        this.lookup = lookup;
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("resolve " + name).unstarted(this::run);
    }

    /** The name that is resolved. */
    String name() {
        return name;
    }

    /** What it resolved to last; nothing while it never did. */
    List<Ip4Address> addresses() {
        return addresses;
    }

    /** Begins to resolve it again and again. */
    void start() {
        thread.start();
    }

    /** Whether it was looked up since the start, whatever came of it. */
    boolean hasLooked() {
        return looked;
    }

    /** Why it did not resolve the last time that it did not. */
    String lastFailure() {
        return lastFailure;
    }

    private boolean lookOnce() {
        List<Ip4Address> found;
        try {
            found = lookup.addresses(name);
        } catch (IOException e) {
            return failed(String.valueOf(e.getMessage()));
        }
        if (closed) {
            return false;
        }
        if (found.isEmpty()) {
            return failed("it has no IPv4 address");
        }
        List<Ip4Address> now =
                found.stream()
                        .filter(ServerName::canBeServer)
                        .distinct()
                        .sorted()
                        .limit(ADDRESSES_MAX)
                        .toList();
        if (now.isEmpty()) {
            return failed(found.getFirst() + " is not an address that a server can have");
        }
        if (!now.equals(addresses) || !toldFailure.isEmpty()) {
            toldFailure = "";
            addresses = now;
            listener.resolved(name, now);
        }
        return true;
    }

    private boolean failed(String why) {
        lastFailure = why;
        if (!closed && !why.equals(toldFailure)) {
            toldFailure = why;
            listener.unresolved(name, addresses, why);
        }
        return false;
    }

    /** Resolves it soon, since its server does not answer; from any thread, at any rate. */
    void resolveNow() {
        lock.lock();
        try {
            asked = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    private void run() {
        long failedNanos = AGAIN_NANOS;
        long waitNanos;
        do {
            boolean found = lookOnce();
            looked = true;
            if (found) {
                failedNanos = AGAIN_NANOS;
                waitNanos = everyNanos;
            } else {
                waitNanos = Math.min(failedNanos, everyNanos);
                failedNanos = Math.min(2 * failedNanos, FAILED_AGAIN_NANOS_MAX);
            }
        } while (await(waitNanos));
    }

    /** Waits until it is time again; false when it is over. */
    private boolean await(long nanos) {
        long shortest = Math.min(AGAIN_NANOS, nanos);
        lock.lock();
        try {
            for (long left = shortest; left > 0 && !closed; ) {
                left = changed.awaitNanos(left);
            }
            for (long left = nanos - shortest; left > 0 && !closed && !asked; ) {
                left = changed.awaitNanos(left);
            }
            asked = false;
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Ends it; a lookup that is under way ends by itself, and nothing comes of it. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
