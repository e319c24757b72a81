package io.leasehold.app.netboot;

import io.leasehold.app.Printable;
import io.leasehold.app.run.Counters;
import io.leasehold.app.run.HostClock;
import io.leasehold.app.run.InterfaceNames;
import io.leasehold.app.run.RateLimit;
import io.leasehold.netboot.proxy.BootClient;
import io.leasehold.netboot.proxy.BootStage;
import io.leasehold.netboot.proxy.BootTold;
import io.leasehold.netboot.proxy.NetbootDropReason;
import io.leasehold.netboot.proxy.NetbootEvents;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells which machine is left alone and why, and counts. Nearly all of it can be caused by a
 * stranger on the wire, so every kind of line has a limit. For one port.
 */
final class BootLog implements NetbootEvents {
    static final System.Logger LOG = System.getLogger("leasehold.netboot");

    /** Codes that were told once; there are 65,536, and strangers choose. */
    private static final int CODES_TOLD_MAX = 64;

    private final InterfaceNames names;
    private final Counters counters;
    private final NetbootEvents watched;
    private final boolean quiet;
    private final Map<NetbootDropReason, RateLimit> drops = new EnumMap<>(NetbootDropReason.class);
    private final Set<String> codesTold = ConcurrentHashMap.newKeySet();

    /**
     * @param quiet whether all of it is told elsewhere
     */
    BootLog(InterfaceNames names, Counters counters, NetbootEvents watched, boolean quiet) {
        this.names = names;
        this.counters = counters;
        this.watched = watched;
        this.quiet = quiet;
        for (NetbootDropReason reason : NetbootDropReason.values()) {
            drops.put(reason, RateLimit.strangers(HostClock::runningMillis));
        }
    }

    @Override
    public void answered(Arrival request, BootClient client, BootTold told, Outgoing reply) {
        boolean offer = reply.message().type() == MessageType.OFFER;
        counters.add("answered-" + (offer ? "offer" : "ack"));
        watched.answered(request, client, told, reply);
    }

    @Override
    public void dropped(Arrival arrival, @Nullable BootClient client, NetbootDropReason reason) {
        counters.add("dropped-" + reason.label());
        watched.dropped(arrival, client, reason);
        switch (reason) {
            case UNKNOWN_ARCHITECTURE, NO_RULE -> unknown(arrival, client, reason);
            case NOT_A_BOOT_CLIENT, NOT_SERVED, NOT_FROM_A_CLIENT, FOR_THE_PRIMARY ->
                    tell(Level.DEBUG, arrival, client, reason);
            case NOT_A_QUESTION, EXCLUDED -> tell(Level.DEBUG, arrival, client, reason);
            case GIADDR_INVALID, NO_INTERFACE_ADDRESS, NO_WAY_BACK, NO_SUCH_ITEM ->
                    tell(Level.INFO, arrival, client, reason);
        }
    }

    /** Once for each architecture and stage: such a machine asks all day. */
    private void unknown(Arrival arrival, @Nullable BootClient client, NetbootDropReason reason) {
        String code = client == null ? "" : client.stage() + " " + client.architectureText();
        boolean first = codesTold.size() < CODES_TOLD_MAX && codesTold.add(code);
        tell(first ? Level.INFO : Level.DEBUG, arrival, client, reason);
    }

    private void tell(
            Level level, Arrival arrival, @Nullable BootClient client, NetbootDropReason reason) {
        RateLimit limit = drops.get(reason);
        if (!quiet && LOG.isLoggable(level) && limit != null && limit.pass()) {
            LOG.log(
                    level,
                    "left alone: "
                            + machine(arrival.message(), client)
                            + " on "
                            + names.of(arrival.interfaceIndex())
                            + ": "
                            + reason.text()
                            + limit.takeHeldText());
        }
    }

    /** {@code 52:54:00:77:01:00 7 (x64 UEFI), iPXE}. */
    private static String machine(Message message, @Nullable BootClient client) {
        if (client == null) {
            return message.hardware().toString();
        }
        String stage = client.stage() == BootStage.IPXE ? ", iPXE" : "";
        return Printable.of(client.hardware() + " " + client.architectureText() + stage);
    }
}
