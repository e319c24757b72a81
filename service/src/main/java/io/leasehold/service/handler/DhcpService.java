package io.leasehold.service.handler;

import io.leasehold.link.Link;
import io.leasehold.link.Transport;
import io.leasehold.service.ServiceClock;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A handler that serves, on a thread of its own.
 *
 * @param <H> the handler
 */
public final class DhcpService<H extends DhcpHandler> implements AutoCloseable {
    private final Transport transport;
    private final HandlerLoop<H> loop;
    private final Thread thread;
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Reason> ended = new CompletableFuture<>();
    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();

    private DhcpService(
            Supplier<? extends H> maker,
            ServiceOptions options,
            Transport transport,
            ServiceClock clock) {
        this.transport = transport;
        this.loop = new HandlerLoop<>(maker, options, transport, clock);
        this.thread = new Thread(this::serve, "dhcp-" + transport.port());
    }

    /**
     * Opens the sockets, makes a handler, and serves. Returns when its {@link DhcpHandler#init} has
     * returned.
     *
     * @param maker makes a handler, and another one when that has thrown
     * @throws IOException with one line for the operator: the port is in use (by whom), there is no
     *     such interface or address, it is not permitted; or {@code init} threw, which is the cause
     */
    public static <H extends DhcpHandler> DhcpService<H> start(
            Supplier<? extends H> maker, ServiceOptions options) throws IOException {
        return start(maker, options, Link.open(options.link()), ServiceClock.ofHost());
    }

    /**
     * As {@link #start(Supplier, ServiceOptions)}, over another network than the host's sockets.
     *
     * @param options of which those about ports to listen on, device and address do not count
     * @param transport closed with the service
     * @param clock the time that the handler is told and its timers follow
     */
    public static <H extends DhcpHandler> DhcpService<H> start(
            Supplier<? extends H> maker,
            ServiceOptions options,
            Transport transport,
            ServiceClock clock)
            throws IOException {
        DhcpService<H> service;
        try {
            service = new DhcpService<>(maker, options, transport, clock);
        } catch (RuntimeException e) {
            transport.close();
            throw e;
        }
        service.thread.start();
        try {
            service.begun.get();
            return service;
        } catch (InterruptedException e) {
            service.stop();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a handler was started", e);
        } catch (ExecutionException e) {
            // The port is free only once the service has ended.
            service.close();
            Throwable why = e.getCause();
            throw new IOException("the handler could not begin: " + why, why);
        }
    }

    private void serve() {
        Reason reason = new Reason.Stopped();
        try {
            loop.begin();
            begun.complete(null);
            reason = loop.run();
        } catch (Throwable e) {
            // Whatever it is, who waits for the end has to hear of it.
            reason = new Reason.Fault(e);
            begun.completeExceptionally(e);
        } finally {
            transport.close();
            ended.complete(reason);
            waiting.forEach(Runnable::run);
        }
    }

    private static IllegalStateException hasEnded() {
        return new IllegalStateException("the service has ended");
    }

    /** The UDP port listened on. */
    public int port() {
        return transport.port();
    }

    /** What was counted since the start. */
    public ServiceCounters counters() {
        return loop.counters();
    }

    /**
     * Asks the handler, on its own thread, and waits for what it says. What the question throws is
     * the caller's and leaves the handler as it is.
     *
     * @param question what is done on the handler's thread
     * @param within how long to wait at most; a question that has not begun by then is not done
     * @return what the question returned
     * @throws TimeoutException when there was no answer in time
     * @throws ExecutionException when the question threw, which is the cause; or the service has
     *     ended, with an {@link IllegalStateException} for a cause
     * @throws RejectedExecutionException when a thousand tasks are waiting already
     */
    public <R> R call(Question<? super H, ? extends R> question, Duration within)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<R> answer = new CompletableFuture<>();
        Runnable asking =
                () -> {
                    if (answer.isDone()) {
                        return;
                    }
                    try {
                        if (loop.hasEnded()) {
                            throw hasEnded();
                        }
                        answer.complete(question.of(loop.handler()));
                    } catch (Exception | AssertionError | StackOverflowError e) {
                        answer.completeExceptionally(e);
                    }
                };
        if (loop.isOwnThread()) {
            asking.run();
            return answer.get();
        }
        Runnable disappoint = () -> answer.completeExceptionally(hasEnded());
        waiting.add(disappoint);
        try {
            if (ended.isDone()) {
                throw new ExecutionException(hasEnded());
            }
            require(loop.execute(asking));
            return answer.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            waiting.remove(disappoint);
            answer.cancel(false);
        }
    }

    /**
     * Has something done on the handler's thread, and does not wait. What it throws is the
     * handler's fault. Does nothing once the service has ended.
     *
     * @throws RejectedExecutionException when a thousand tasks are waiting already
     */
    public void cast(Task<? super H> message) {
        require(loop.execute(() -> loop.run("taking a cast", () -> message.run(loop.handler()))));
    }

    private static void require(boolean taken) {
        if (!taken) {
            throw new RejectedExecutionException("too many calls and casts wait for the handler");
        }
    }

    /** Ends the service soon, in good order; from any thread. */
    public void stop() {
        loop.stop();
    }

    /** Waits until the service has ended. */
    public Reason await() throws InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Completes with the end. */
    CompletableFuture<Reason> ended() {
        return ended;
    }

    /** Ends the service, and waits until it has; on its own thread it does not wait. */
    @Override
    public void close() {
        stop();
        if (!loop.isOwnThread()) {
            // An interruption is kept for later.
            ended.join();
        }
    }

    /**
     * What a handler is asked, on its own thread.
     *
     * @param <H> the handler
     * @param <R> what it says
     */
    @FunctionalInterface
    public interface Question<H, R> {
        /** Asks it. */
        R of(H handler) throws Exception;
    }

    /**
     * What is done with a handler, on its own thread.
     *
     * @param <H> the handler
     */
    @FunctionalInterface
    public interface Task<H> {
        /** Does it. */
        void run(H handler) throws Exception;
    }
}
