package io.leasehold.service.handler;

import io.leasehold.service.ServiceClock;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Several services, looked after together. One that fails, since its handler threw too often or its
 * sockets are lost, is started anew with sockets of its own, within limits; one more failure ends
 * them all. One that ends because it was told to is left at that.
 */
public final class ServiceSupervisor implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("io.leasehold.service");
    private static final String CLOSED = "";

    private final Map<String, Child<?>> children = new HashMap<>();
    private final Map<String, DhcpService<?>> running = new ConcurrentHashMap<>();

    /** On which handlers are called. */
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    private final LinkedBlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final CompletableFuture<Reason> ended = new CompletableFuture<>();
    private final ServiceClock clock = ServiceClock.ofHost();
    private final Restarts restarts;
    private final Thread thread = new Thread(this::watch, "dhcp-supervisor");

    /**
     * A service to look after.
     *
     * @param name what logs call it; not empty, and only one has it
     * @param maker makes its handlers
     * @param options where and how it serves
     */
    public record Child<H extends DhcpHandler>(
            String name, Supplier<? extends H> maker, ServiceOptions options) {
        public Child {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a service without a name");
            }
        }

        private DhcpService<?> start(Set<Thread> threads) throws IOException {
            return DhcpService.start(
                    () -> {
                        threads.add(Thread.currentThread());
                        return maker.get();
                    },
                    options);
        }
    }

    private ServiceSupervisor(int restartsMax, Duration within) {
        this.restarts = new Restarts(restartsMax, within);
    }

    /**
     * Starts services, all or none of them.
     *
     * @param restartsMax how often within {@code within} any of them is started anew
     * @param within the time in which that is counted
     * @throws IOException as {@link DhcpService#start}, beginning with the service's name
     */
    public static ServiceSupervisor start(
            List<? extends Child<?>> children, int restartsMax, Duration within)
            throws IOException {
        ServiceSupervisor supervisor = new ServiceSupervisor(restartsMax, within);
        try {
            for (Child<?> child : children) {
                if (supervisor.children.put(child.name(), child) != null) {
                    throw new IllegalArgumentException("two services are named " + child.name());
                }
                supervisor.begin(child);
            }
        } catch (IOException | RuntimeException e) {
            supervisor.endAll();
            throw e;
        }
        supervisor.thread.start();
        return supervisor;
    }

    private void begin(Child<?> child) throws IOException {
        DhcpService<?> service;
        try {
            threads.removeIf(thread -> !thread.isAlive());
            service = child.start(threads);
        } catch (IOException e) {
            throw new IOException(child.name() + ": " + e.getMessage(), e);
        }
        running.put(child.name(), service);
        var unused = service.ended().thenRun(() -> ends.add(child.name()));
    }

    private void watch() {
        Reason last = new Reason.Stopped();
        try {
            while (!running.isEmpty()) {
                String name = ends.take();
                DhcpService<?> service = running.get(name);
                if (name.equals(CLOSED) || service == null) {
                    last = new Reason.Stopped();
                    break;
                }
                last = service.ended().join();
                Reason failure = last.isFailure() ? again(name, last) : null;
                if (failure != null) {
                    last = failure;
                    break;
                }
                if (!last.isFailure()) {
                    running.remove(name);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            endAll();
            ended.complete(last);
        }
    }

    /** Starts one anew; what failed at last is returned when that was too often. */
    private @Nullable Reason again(String name, Reason first) {
        Reason failure = first;
        while (restarts.allow(clock.bootMillis())) {
            try {
                LOG.log(Level.WARNING, name + " failed and is started anew: " + failure);
                Child<?> child = children.get(name);
                if (child != null) {
                    begin(child);
                }
                return null;
            } catch (IOException e) {
                failure = new Reason.LinkLost(e);
            }
        }
        LOG.log(
                Level.ERROR,
                name + " failed too often: all services beside it end too: " + failure);
        return failure;
    }

    private void endAll() {
        running.values().forEach(DhcpService::stop);
        running.values().forEach(DhcpService::close);
    }

    /** The service with a name, as it runs now; null when it has ended or there is none. */
    public @Nullable DhcpService<?> service(String name) {
        return running.get(name);
    }

    /** Waits until all have ended; the last reason, or the failure that was one too many. */
    public Reason await() throws InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Ends all services, and waits until they have; on a thread of theirs it does not wait. */
    @Override
    public void close() {
        ends.add(CLOSED);
        if (!threads.contains(Thread.currentThread())) {
            ended.join();
        }
    }
}
