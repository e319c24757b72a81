package io.leasehold.service.handler;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.ParseResult;
import io.leasehold.service.ServiceClock;
import io.leasehold.service.ServiceEvents;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Tells and counts what happens in a handler's loop. */
final class HandlerLog implements ServiceEvents {
    private static final System.Logger LOG = System.getLogger("io.leasehold.service");
    private static final long SHED_LINE_MILLIS = 60_000;

    private final ServiceClock clock;
    private final AtomicLong notDhcp = new AtomicLong();
    private final AtomicLong shedDiscovers = new AtomicLong();
    private final AtomicLong restarts = new AtomicLong();
    private long shedToldMillis;

    HandlerLog(ServiceClock clock) {
        this.clock = clock;
        this.shedToldMillis = clock.bootMillis() - SHED_LINE_MILLIS;
    }

    long notDhcp() {
        return notDhcp.get();
    }

    void countNotDhcp() {
        notDhcp.incrementAndGet();
    }

    long shedCount() {
        return shedDiscovers.get();
    }

    long restarts() {
        return restarts.get();
    }

    String text(Arrival arrival, String interfaceName) {
        MessageType type = arrival.message().type();
        return (type == null ? "a message" : type.name())
                + " of "
                + arrival.message().hardware()
                + " on "
                + interfaceName;
    }

    /**
     * @param recent how many restarts there were lately with this one; -1 when there is none
     */
    void fault(
            DhcpHandler handler, String what, Throwable why, int recent, ServiceOptions options) {
        boolean again = recent >= 0;
        if (again) {
            restarts.incrementAndGet();
        }
        String limit =
                options.restartsMax() + " within " + options.restartsWithin().toMillis() + " ms";
        LOG.log(
                Level.ERROR,
                name(handler)
                        + " threw while "
                        + what
                        + (again
                                ? "; it is started afresh (" + recent + " of at most " + limit + ")"
                                : "; the service ends, since no more restarts are allowed than "
                                        + limit),
                why);
    }

    void terminateFault(DhcpHandler handler, Throwable why) {
        LOG.log(Level.ERROR, name(handler) + " threw while it was terminated", why);
    }

    private static String name(DhcpHandler handler) {
        String name = handler.getClass().getSimpleName();
        return name.isEmpty() ? handler.getClass().getName() : name;
    }

    @Override
    public void malformed(Ip4Address source, int interfaceIndex, ParseResult.Malformed what) {
        // Counted where the handler is told of it.
    }

    @Override
    public void shed() {
        shedDiscovers.incrementAndGet();
        long now = clock.bootMillis();
        if (now - shedToldMillis >= SHED_LINE_MILLIS) {
            shedToldMillis = now;
            LOG.log(
                    Level.WARNING,
                    "more DISCOVERs than can be answered: those of the clients that began last are"
                            + " dropped; "
                            + shedDiscovers.get()
                            + " so far");
        }
    }

    @Override
    public void fault(String what, @Nullable Arrival arrival, Throwable fault) {
        LOG.log(Level.ERROR, "a fault of the library while " + what + "; it goes on", fault);
    }

    @Override
    public void notDurable(int replies, IOException why) {
        throw new IllegalStateException("a handler makes nothing durable", why);
    }

    @Override
    public void storeBusy(int replies) {
        throw new IllegalStateException("a handler makes nothing durable");
    }
}
