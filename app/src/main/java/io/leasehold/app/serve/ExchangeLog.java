package io.leasehold.app.serve;

import io.leasehold.app.run.ClientText;
import io.leasehold.app.run.Counters;
import io.leasehold.app.run.InterfaceNames;
import io.leasehold.app.run.LoopLog;
import io.leasehold.app.run.RateLimit;
import io.leasehold.lease.Lease;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Options;
import io.leasehold.protocol.wire.ParseResult;
import io.leasehold.server.ServerDrop;
import io.leasehold.server.ServerEvents;
import io.leasehold.service.ServiceEvents;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the server does: one line an exchange, and counters. Everything here can be caused by
 * a stranger on the wire, so every kind of line has a limit; what is held back is counted and told
 * when there is room again.
 */
final class ExchangeLog implements ServerEvents, ServiceEvents {
    private static final System.Logger LOG = System.getLogger("leasehold.server");
    private static final int EXCHANGES_PER_SECOND_MAX = 200;
    private static final int EXCHANGES_BURST_MAX = 2_000;

    private static final int DISK_LINE_SECONDS = 10;

    private final InterfaceNames names;
    private final LoopLog loop;
    private final Counters counters;
    private final RateLimit exchanges;
    private final RateLimit naks;
    private final RateLimit exhausted;
    private final RateLimit conflicts;
    private final RateLimit disk;
    private final Map<ServerDrop, RateLimit> drops = new EnumMap<>(ServerDrop.class);
    private final Map<MessageType, LongAdder> sent = new EnumMap<>(MessageType.class);

    ExchangeLog(InterfaceNames names, Counters counters, LongSupplier millis) {
        this.names = names;
        this.counters = counters;
        this.loop = new LoopLog(LOG, names, counters, millis);
        this.exchanges = new RateLimit(millis, EXCHANGES_PER_SECOND_MAX, EXCHANGES_BURST_MAX);
        this.naks = RateLimit.strangers(millis);
        this.exhausted = RateLimit.oncePerMinute(millis);
        this.conflicts = RateLimit.strangers(millis);
        this.disk = RateLimit.every(millis, DISK_LINE_SECONDS);
        for (MessageType type : MessageType.values()) {
            String name = "sent-" + type.name().toLowerCase(Locale.ROOT);
            sent.put(type, counters.counter(name));
        }
        for (ServerDrop reason : ServerDrop.values()) {
            boolean rare = reason == ServerDrop.UNKNOWN_NETWORK;
            drops.put(reason, rare ? RateLimit.oncePerMinute(millis) : RateLimit.strangers(millis));
        }
    }

    @Override
    public void answered(Arrival arrival, MessageType answer, Ip4Address address, String why) {
        LongAdder count = sent.get(answer);
        if (count != null) {
            count.increment();
        }
        Level level = answer == MessageType.OFFER ? Level.DEBUG : Level.INFO;
        if (!LOG.isLoggable(level)) {
            return;
        }
        RateLimit limit = answer == MessageType.NAK ? naks : exchanges;
        if (limit.pass()) {
            Ip4Address told = answer == MessageType.NAK ? asked(arrival) : address;
            String what = told.isZero() ? "" : told + " ";
            LOG.log(
                    level,
                    answer
                            + " "
                            + what
                            + "to "
                            + client(arrival)
                            + ": "
                            + why
                            + limit.takeHeldText());
        }
    }

    @Override
    public void noted(Arrival arrival, Ip4Address address, String why) {
        MessageType type = arrival.message().type();
        counters.add("received-" + String.valueOf(type).toLowerCase(Locale.ROOT));
        if (exchanges.pass()) {
            LOG.log(
                    Level.INFO,
                    type
                            + " "
                            + address
                            + " by "
                            + client(arrival)
                            + ": "
                            + why
                            + exchanges.takeHeldText());
        }
    }

    @Override
    public void ignored(Arrival arrival, int code) {
        counters.add("ignored-option-" + code);
    }

    @Override
    public void dropped(Arrival arrival, ServerDrop reason) {
        counters.add("dropped-" + reason.label());
        // Nothing is wrong with the first two, and the third is told by exhausted().
        boolean ordinary =
                reason == ServerDrop.OTHER_SERVER
                        || reason == ServerDrop.ALREADY_ASKING
                        || reason == ServerDrop.POOL_EXHAUSTED;
        Level level = ordinary ? Level.DEBUG : Level.INFO;
        RateLimit limit = drops.get(reason);
        if (LOG.isLoggable(level) && limit != null && limit.pass()) {
            MessageType type = arrival.message().type();
            Ip4Address asked = asked(arrival);
            LOG.log(
                    level,
                    "no answer to "
                            + (type == null ? "a message" : type)
                            + (asked.isZero() ? "" : " " + asked)
                            + " of "
                            + client(arrival)
                            + ": "
                            + reason.text()
                            + limit.takeHeldText());
        }
    }

    @Override
    public void exhausted(Arrival arrival, String network) {
        counters.add("pool-exhausted");
        if (exhausted.pass()) {
            LOG.log(
                    Level.WARNING,
                    "no free address in "
                            + network
                            + ": the last to ask was "
                            + client(arrival)
                            + exhausted.takeHeldText()
                            + "; add a pool or shorten the lease time");
        }
    }

    @Override
    public void conflict(Ip4Address address) {
        counters.add("conflicts");
        if (conflicts.pass()) {
            LOG.log(
                    Level.WARNING,
                    address
                            + " answers a ping although nobody has it from this server: kept away;"
                            + " leasehold leases --clear "
                            + address
                            + " frees it"
                            + conflicts.takeHeldText());
        }
    }

    /**
     * An operator freed an address.
     *
     * @param kept what was on record of it
     * @param by the user who did
     */
    void cleared(Lease kept, String by) {
        String was =
                kept.state() == Lease.State.DECLINED
                        ? "declined by " + kept.hardware()
                        : "in conflict";
        LOG.log(
                Level.INFO,
                kept.address() + " is free again: cleared by " + by + "; it was " + was);
    }

    /** From time to time, on the loop's thread. */
    void tick() {
        loop.tick();
    }

    @Override
    public void malformed(Ip4Address source, int interfaceIndex, ParseResult.Malformed what) {
        loop.malformed(source, interfaceIndex, what);
    }

    @Override
    public void shed() {
        loop.shed();
    }

    @Override
    public void notDurable(int replies, IOException why) {
        counters.add("not-durable", Math.max(1, replies));
        if (disk.pass()) {
            LOG.log(
                    Level.ERROR,
                    acks(replies)
                            + " not sent, since leases cannot be written: "
                            + why.getMessage()
                            + disk.takeHeldText());
        }
    }

    @Override
    public void storeBusy(int replies) {
        counters.add("store-busy", Math.max(1, replies));
        if (disk.pass()) {
            LOG.log(
                    Level.ERROR,
                    acks(replies)
                            + " not sent, since the disk does not keep up with the leases to write"
                            + disk.takeHeldText());
        }
    }

    @Override
    public void fault(String what, @Nullable Arrival arrival, Throwable fault) {
        loop.fault(what, arrival, fault);
    }

    private static String acks(int count) {
        return count == 1 ? "1 ACK" : count + " ACKs";
    }

    /** The address that the client has, or wants; 0.0.0.0 when it names none. */
    private static Ip4Address asked(Arrival arrival) {
        Ip4Address ciaddr = arrival.message().ciaddr();
        return ciaddr.isZero()
                ? arrival.message().get(Options.REQUESTED_ADDRESS).or(ciaddr)
                : ciaddr;
    }

    /** Hardware address, host name where there is one, and the way it came. */
    private String client(Arrival arrival) {
        Ip4Address giaddr = arrival.message().giaddr();
        String way = giaddr.isZero() ? "" : " through relay " + giaddr;
        return ClientText.of(arrival.message()) + " on " + names.of(arrival.interfaceIndex()) + way;
    }
}
