package io.leasehold.netboot.watch;

import io.leasehold.netboot.proxy.BootClient;
import io.leasehold.netboot.proxy.BootTold;
import io.leasehold.netboot.proxy.NetbootDropReason;
import io.leasehold.netboot.proxy.NetbootEvents;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Options;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tells a watch what the rules decide. */
public final class WatchedEvents implements NetbootEvents {
    private final BootWatch watch;
    private final LongSupplier millis;
    private final IntFunction<String> interfaceNames;

    /**
     * @param millis the clock of the watch
     */
    public WatchedEvents(BootWatch watch, LongSupplier millis, IntFunction<String> interfaceNames) {
        this.watch = watch;
        this.millis = millis;
        this.interfaceNames = interfaceNames;
    }

    @Override
    public void answered(Arrival request, BootClient client, BootTold told, Outgoing reply) {
        Message message = reply.message();
        MessageType type =
                message.type() == MessageType.OFFER ? MessageType.OFFER : MessageType.ACK;
        Ip4Address given = type == MessageType.ACK ? message.yiaddr() : Ip4Address.ZERO;
        Ip4Address own = given.isZero() ? own(request) : given;
        String name = interfaceNames.apply(request.interfaceIndex());
        long now = millis.getAsLong();
        watch.answered(now, client, name, own, type, told);
        if (!own.isZero()) {
            watch.tookAddress(now, client, own);
        }
    }

    /** Where it asks from, once it has an address; a relay's is not its own. */
    private static Ip4Address own(Arrival request) {
        Message message = request.message();
        boolean direct = message.giaddr().isZero();
        return message.ciaddr().isZero() && direct ? request.source() : message.ciaddr();
    }

    @Override
    public void dropped(Arrival arrival, @Nullable BootClient client, NetbootDropReason reason) {
        Message message = arrival.message();
        switch (reason) {
            case FOR_THE_PRIMARY -> {
                Ip4Address asked = message.get(Options.REQUESTED_ADDRESS).or(message.ciaddr());
                if (client != null && !asked.isZero()) {
                    watch.tookAddress(millis.getAsLong(), client, asked);
                }
            }
            case NOT_A_BOOT_CLIENT -> system(arrival);
            case UNKNOWN_ARCHITECTURE,
                    NO_RULE,
                    EXCLUDED,
                    NO_INTERFACE_ADDRESS,
                    GIADDR_INVALID,
                    NO_SUCH_ITEM -> {
                if (client != null) {
                    watch.leftAlone(client, interfaceNames.apply(arrival.interfaceIndex()), reason);
                }
            }
            case NOT_FROM_A_CLIENT, NOT_SERVED, NOT_A_QUESTION, NO_WAY_BACK -> {
                // Says nothing of a machine on its way.
            }
        }
    }

    /** A message of somebody who does not boot from the network. */
    public void system(Arrival arrival) {
        MessageType type = arrival.message().type();
        if (type == MessageType.DISCOVER || type == MessageType.REQUEST) {
            watch.system(millis.getAsLong(), arrival.message().hardware());
        }
    }
}
