package io.leasehold.app.snoop;

import io.leasehold.link.CaptureSocket;
import io.leasehold.link.LinkException;
import io.leasehold.link.NetworkInterface;
import io.leasehold.protocol.capture.CaptureInterface;
import io.leasehold.protocol.capture.Direction;
import io.leasehold.protocol.capture.LinkType;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Shows what passes interfaces, both ways. The calling thread takes frames from the kernel and
 * saves them; what they say is found out and printed by another, so that a slow terminal costs no
 * frame of the file.
 */
public final class SnoopLive {
    private static final long WAIT_NANOS = 100_000_000;
    private static final long LOOK_AROUND_NANOS = 1_000_000_000;

    private final SnoopPlan plan;
    private final SnoopDisplay display;
    private final PrintWriter err;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<CaptureSocket> sockets = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();
    private long lost;
    private long received;

    /** What a socket's frames are saved and shown under. */
    private record Source(int number, CaptureInterface source) {}

    /**
     * @throws IllegalArgumentException when the filter is none; the message says why
     */
    public SnoopLive(SnoopPlan plan, PrintWriter out, PrintWriter err) {
        this.plan = plan;
        this.display = new SnoopDisplay(plan.session(), out, plan.save() == null, stopped);
        this.err = err;
    }

    /** Ends it, from any thread. */
    public void stop() {
        stopped.set(true);
    }

    /**
     * Opens packet sockets.
     *
     * @throws LinkException when they are not permitted, or there is no such interface
     */
    public void open() throws IOException {
        List<NetworkInterface> all = NetworkInterface.all();
        for (String name : plan.interfaces()) {
            if (all.stream().noneMatch(each -> each.name().equals(name))) {
                throw new LinkException(
                        "no interface "
                                + name
                                + "; there are: "
                                + String.join(
                                        ", ", all.stream().map(NetworkInterface::name).toList()));
            }
        }
        for (NetworkInterface each : all) {
            if (wanted(each)) {
                sockets.add(CaptureSocket.open(each, plan.ports()));
            }
        }
        if (sockets.isEmpty()) {
            throw new LinkException("no interface is up");
        }
    }

    private boolean wanted(NetworkInterface each) {
        return plan.interfaces().isEmpty() ? each.up() : plan.interfaces().contains(each.name());
    }

    /** Captures until it is stopped, has shown enough, or its time is over. */
    public int run() throws IOException {
        Path save = plan.save();
        Thread printer = Thread.ofPlatform().name("snoop-display").start(display);
        try (Saver saver = save == null ? null : new Saver(save)) {
            for (CaptureSocket socket : sockets) {
                sources.add(source(socket, saver));
            }
            err.println("leasehold: listening on " + names() + ", both ways, ports " + ports());
            capture(saver);
            for (int i = 0; i < sockets.size(); i++) {
                finish(i, saver);
            }
        } finally {
            stopped.set(true);
            sockets.forEach(CaptureSocket::close);
            display.end(printer);
        }
        err.println(
                "leasehold: "
                        + display.summary()
                        + ", "
                        + received
                        + " frames of the kernel, "
                        + lost
                        + " lost by it"
                        + (display.notShown() == 0
                                ? ""
                                : ", "
                                        + display.notShown()
                                        + " saved but not shown: they came"
                                        + " faster than they could be"));
        return 0;
    }

    private void capture(@Nullable Saver saver) throws IOException {
        long start = System.nanoTime();
        long look = start + LOOK_AROUND_NANOS;
        long end = plan.seconds() <= 0 ? Long.MAX_VALUE : (long) (plan.seconds() * 1e9);
        while (!stopped.get() && !sockets.isEmpty() && System.nanoTime() - start < end) {
            CaptureSocket.await(sockets, Math.min(WAIT_NANOS, end - (System.nanoTime() - start)));
            for (int i = 0; i < sockets.size(); i++) {
                receive(i, saver);
            }
            if (System.nanoTime() - look > 0) {
                lookAround(saver);
                look = System.nanoTime() + LOOK_AROUND_NANOS;
            }
        }
    }

    private void receive(int at, @Nullable Saver saver) throws IOException {
        Source source = sources.get(at);
        boolean more = true;
        while (more) {
            try {
                // Full batches are taken one after another; the others have buffers of their own.
                more =
                        sockets.get(at)
                                                .receive(
                                                        (nanos,
                                                                outgoing,
                                                                unfinished,
                                                                bytes,
                                                                from,
                                                                length) ->
                                                                take(
                                                                        source,
                                                                        saver,
                                                                        nanos,
                                                                        outgoing,
                                                                        unfinished,
                                                                        bytes,
                                                                        from,
                                                                        length))
                                        == 64
                                && !stopped.get();
            } catch (LinkException gone) {
                err.println("leasehold: " + gone.getMessage());
                more = false;
                // The kernel tells once that the interface went down, and goes on when it is up.
                boolean there =
                        NetworkInterface.all().stream()
                                .anyMatch(
                                        each ->
                                                each.index()
                                                        == sockets.get(at)
                                                                .networkInterface()
                                                                .index());
                if (!there) {
                    finish(at, saver);
                    sockets.remove(at).close();
                    sources.remove(at);
                    return;
                }
            }
        }
    }

    private void take(
            Source source,
            @Nullable Saver saver,
            long nanos,
            boolean outgoing,
            boolean unfinished,
            byte[] bytes,
            int offset,
            int length) {
        Direction direction = outgoing ? Direction.OUT : Direction.IN;
        if (saver != null) {
            try {
                saver.save(source.number(), nanos, direction, bytes, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        display.offer(source.source(), nanos, direction, unfinished, bytes, offset, length);
    }

    /** Writes out what there is, and without {@code -i} takes interfaces that are new. */
    private void lookAround(@Nullable Saver saver) throws IOException {
        if (saver != null) {
            saver.flush();
        }
        if (!plan.interfaces().isEmpty()) {
            return;
        }
        for (NetworkInterface each : NetworkInterface.all()) {
            boolean known =
                    sockets.stream().anyMatch(s -> s.networkInterface().index() == each.index());
            if (each.up() && !known) {
                CaptureSocket socket = CaptureSocket.open(each, plan.ports());
                sockets.add(socket);
                sources.add(source(socket, saver));
                err.println("leasehold: " + each.name() + " is new, listening there too");
            }
        }
    }

    private static Source source(CaptureSocket socket, @Nullable Saver saver) throws IOException {
        NetworkInterface each = socket.networkInterface();
        CaptureInterface source =
                new CaptureInterface(
                        each.index(),
                        each.name(),
                        socket.ethernet() ? LinkType.ETHERNET : LinkType.RAW);
        return new Source(saver == null ? 0 : saver.number(source), source);
    }

    private void finish(int at, @Nullable Saver saver) throws IOException {
        CaptureSocket socket = sockets.get(at);
        socket.count();
        received += socket.received();
        lost += socket.dropped();
        if (saver != null) {
            saver.statistics(sources.get(at).number(), socket.received(), socket.dropped());
        }
    }

    private String names() {
        return String.join(", ", sockets.stream().map(s -> s.networkInterface().name()).toList());
    }

    private String ports() {
        return String.join(", ", plan.ports().stream().map(String::valueOf).toList());
    }
}
