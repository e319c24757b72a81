package io.leasehold.app.netboot;

import io.leasehold.app.Printable;
import io.leasehold.app.run.Counters;
import io.leasehold.app.run.InterfaceNames;
import io.leasehold.app.run.RateLimit;
import io.leasehold.netboot.proxy.BootClient;
import io.leasehold.netboot.proxy.BootStage;
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
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells which machine is told what, and counts. Nearly all of it can be caused by a stranger on the
 * wire, so every kind of line has a limit. From several threads.
 */
final class BootLog implements NetbootEvents {
    static final System.Logger LOG = System.getLogger("leasehold.netboot");

    private static final int ANSWERS_PER_SECOND_MAX = 200;
    private static final int ANSWERS_BURST_MAX = 2_000;

    /** Codes that were told once; there are 65,536, and strangers choose. */
    private static final int CODES_TOLD_MAX = 64;

    private final InterfaceNames names;
    private final Counters counters;
    private final RateLimit answers;
    private final Map<NetbootDropReason, RateLimit> drops = new EnumMap<>(NetbootDropReason.class);
    private final Set<String> codesTold = ConcurrentHashMap.newKeySet();

    BootLog(InterfaceNames names, Counters counters, LongSupplier millis) {
        this.names = names;
        this.counters = counters;
        this.answers = new RateLimit(millis, ANSWERS_PER_SECOND_MAX, ANSWERS_BURST_MAX);
        for (NetbootDropReason reason : NetbootDropReason.values()) {
            drops.put(reason, RateLimit.strangers(millis));
        }
    }

    @Override
    public void answered(Arrival request, BootClient client, String what, Outgoing reply) {
        MessageType type = reply.message().type();
        counters.add("answered-" + (type == MessageType.OFFER ? "offer" : "ack"));
        if (answers.pass()) {
            LOG.log(
                    Level.INFO,
                    (type == null ? "reply" : type)
                            + " to "
                            + machine(request.message(), client)
                            + " on "
                            + names.of(request.interfaceIndex())
                            + ": "
                            + told(client, what, type)
                            + answers.takeHeldText());
        }
    }

    private static String told(BootClient client, String what, @Nullable MessageType type) {
        if (!what.isEmpty()) {
            return "boot " + what;
        }
        return type == MessageType.OFFER && client.stage() == BootStage.FIRMWARE
                ? "ask again on port 4011, or fetch what it knows by itself"
                : "fetch what it knows by itself";
    }

    @Override
    public void dropped(Arrival arrival, @Nullable BootClient client, NetbootDropReason reason) {
        counters.add("dropped-" + reason.label());
        switch (reason) {
            case UNKNOWN_ARCHITECTURE, NO_RULE -> unknown(arrival, client, reason);
            case NOT_A_BOOT_CLIENT, NOT_SERVED, NOT_FROM_A_CLIENT, FOR_THE_PRIMARY ->
                    tell(Level.DEBUG, arrival, client, reason);
            case NOT_A_QUESTION, EXCLUDED -> tell(Level.DEBUG, arrival, client, reason);
            case GIADDR_INVALID, NO_INTERFACE_ADDRESS, NO_WAY_BACK ->
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
        if (LOG.isLoggable(level) && limit != null && limit.pass()) {
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
