package io.leasehold.app.relay;

import io.leasehold.app.run.ClientText;
import io.leasehold.app.run.InterfaceNames;
import io.leasehold.app.run.RateLimit;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.relay.RelayDropReason;
import io.leasehold.relay.RelayIncident;
import io.leasehold.relay.RelayInterface;
import io.leasehold.relay.RelayServer;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the relays do. Nearly all of it can be caused by a stranger on the wire, so every kind
 * of line has a limit; what is held back is counted, and told when there is room again.
 */
final class RelayLog {
    static final System.Logger LOG = System.getLogger("leasehold.relay");

    private static final int EXCHANGES_PER_SECOND_MAX = 200;
    private static final int EXCHANGES_BURST_MAX = 2_000;

    private final InterfaceNames names;
    private final RateLimit exchanges;
    private final RateLimit requests;
    private final Map<RelayDropReason, RateLimit> drops = new EnumMap<>(RelayDropReason.class);
    private final Map<RelayIncident, RateLimit> incidents = new EnumMap<>(RelayIncident.class);

    RelayLog(InterfaceNames names, LongSupplier millis) {
        this.names = names;
        this.exchanges = new RateLimit(millis, EXCHANGES_PER_SECOND_MAX, EXCHANGES_BURST_MAX);
        this.requests = new RateLimit(millis, EXCHANGES_PER_SECOND_MAX, EXCHANGES_BURST_MAX);
        for (RelayDropReason reason : RelayDropReason.values()) {
            drops.put(reason, RateLimit.strangers(millis));
        }
        for (RelayIncident incident : RelayIncident.values()) {
            incidents.put(incident, RateLimit.strangers(millis));
        }
    }

    void relayed(Arrival request, RelayInterface from, Object to) {
        if (LOG.isLoggable(Level.DEBUG) && requests.pass()) {
            Message message = request.message();
            LOG.log(
                    Level.DEBUG,
                    kind(message)
                            + " of "
                            + ClientText.of(message)
                            + " on "
                            + from.name()
                            + through(message)
                            + ": to "
                            + to
                            + requests.takeHeldText());
        }
    }

    void answered(Arrival reply, @Nullable RelayServer from, RelayInterface to) {
        Message message = reply.message();
        Level level = message.type() == MessageType.OFFER ? Level.DEBUG : Level.INFO;
        if (LOG.isLoggable(level) && exchanges.pass()) {
            Ip4Address address = message.yiaddr().isZero() ? message.ciaddr() : message.yiaddr();
            LOG.log(
                    level,
                    kind(message)
                            + (address.isZero() ? "" : " " + address)
                            + " to "
                            + ClientText.of(message)
                            + " on "
                            + to.name()
                            + ": from "
                            + (from == null ? reply.source() : from)
                            + exchanges.takeHeldText());
        }
    }

    void dropped(Arrival arrival, RelayDropReason reason) {
        Level level = isOrdinary(reason) ? Level.DEBUG : Level.INFO;
        RateLimit limit = drops.get(reason);
        if (LOG.isLoggable(level) && limit != null && limit.pass()) {
            LOG.log(level, "not relayed: " + told(arrival) + reason.text() + limit.takeHeldText());
        }
    }

    /** Nothing is wrong with these: they come wherever a relay stands beside others. */
    private static boolean isOrdinary(RelayDropReason reason) {
        return reason == RelayDropReason.NOT_A_CLIENT_INTERFACE
                || reason == RelayDropReason.UPLINK_INTERFACE
                || reason == RelayDropReason.GIADDR_OWN;
    }

    void noted(Arrival arrival, RelayIncident incident) {
        RateLimit limit = incidents.get(incident);
        if (LOG.isLoggable(Level.DEBUG) && limit != null && limit.pass()) {
            LOG.log(Level.DEBUG, told(arrival) + incident.text() + limit.takeHeldText());
        }
    }

    void serverSilent(RelayServer server) {
        LOG.log(Level.WARNING, "server " + server + " does not answer; its clients go to others");
    }

    void serverBack(RelayServer server) {
        LOG.log(Level.INFO, "server " + server + " answers again");
    }

    /** A name has other addresses than before, or resolves again. */
    void resolved(String name, List<Ip4Address> addresses) {
        LOG.log(Level.INFO, "server " + name + " is at " + joined(addresses));
    }

    void unresolved(String name, List<Ip4Address> before, String why) {
        LOG.log(
                Level.WARNING,
                "server "
                        + name
                        + " cannot be resolved: "
                        + why
                        + (before.isEmpty()
                                ? "; it is tried again"
                                : "; " + joined(before) + " is used until it can"));
    }

    private static String joined(List<Ip4Address> addresses) {
        return String.join(", ", addresses.stream().map(Ip4Address::toString).toList());
    }

    private static String kind(Message message) {
        MessageType type = message.type();
        return type == null ? "BOOTP" : type.toString();
    }

    private static String through(Message message) {
        return message.giaddr().isZero() ? "" : " through relay " + message.giaddr();
    }

    /** What came, of whom and how, for a line that says why it was not as usual. */
    private String told(Arrival arrival) {
        Message message = arrival.message();
        boolean reply = message.op() == Message.BOOTREPLY;
        return kind(message)
                + (reply ? " for " : " of ")
                + ClientText.of(message)
                + (reply ? " from " + arrival.source() : "")
                + " on "
                + names.of(arrival.interfaceIndex())
                + through(message)
                + ": ";
    }
}
