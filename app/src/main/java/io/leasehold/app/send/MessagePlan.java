package io.leasehold.app.send;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.ParseResult;
import io.leasehold.service.client.ClientSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What flags say of a message: all of it, or what is to be different in a saved one.
 *
 * @param type what it is; null for a saved one
 * @param options in their order, each taking the place of one that is there
 * @param hardware the client's hardware address; null where nothing is said
 * @param ciaddr the client's address; null where nothing is said
 * @param giaddr the relay agent's address; null where nothing is said
 * @param xid the transaction id; null where nothing is said
 * @param secs seconds since the client began; null where nothing is said
 * @param broadcast true to set the broadcast flag
 */
public record MessagePlan(
        @Nullable MessageType type,
        List<OptionArgument> options,
        @Nullable HardwareAddress hardware,
        @Nullable Ip4Address ciaddr,
        @Nullable Ip4Address giaddr,
        @Nullable Integer xid,
        @Nullable Integer secs,
        boolean broadcast) {
    private static final int HARDWARE_OFFSET = 1;
    private static final int CHADDR_OFFSET = 28;
    private static final int CHADDR_BYTES = 16;
    private static final int ETHERNET_BYTES = 6;

    public MessagePlan {
        options = List.copyOf(options);
    }

    private boolean changesNothing() {
        return options.isEmpty()
                && hardware == null
                && ciaddr == null
                && giaddr == null
                && xid == null
                && secs == null
                && !broadcast;
    }

    /**
     * The message that the flags say.
     *
     * @param own the hardware address it has where the flags name none
     * @param ownAddress the ciaddr it has where the flags name none
     * @param newXid the transaction id it has where the flags name none
     */
    public byte[] built(HardwareAddress own, Ip4Address ownAddress, int newXid) {
        MessageBuilder builder = MessageBuilder.request(own, newXid).ciaddr(ownAddress);
        if (type != null) {
            builder.type(type);
        }
        if (type == MessageType.DISCOVER
                || type == MessageType.REQUEST
                || type == MessageType.INFORM) {
            ClientSettings.of(own)
                    .options()
                    .forEach((code, value) -> builder.option(code, value.toBytes()));
        }
        return apply(builder).build().toBytes();
    }

    /**
     * A saved datagram, with what the flags change.
     *
     * @throws IllegalArgumentException when it is no message and something is to be changed
     */
    public byte[] changed(byte[] saved) {
        if (changesNothing()) {
            return saved;
        }
        if (!(Message.parse(saved) instanceof ParseResult.Parsed parsed)) {
            throw new IllegalArgumentException(
                    "the file holds no message, so that no flag can change it");
        }
        byte[] bytes = apply(MessageBuilder.copyOf(parsed.message())).build().toBytes();
        if (hardware != null) {
            byte[] octets = hardware.toBytes();
            bytes[HARDWARE_OFFSET] = (byte) hardware.type();
            bytes[HARDWARE_OFFSET + 1] = (byte) octets.length;
            java.util.Arrays.fill(bytes, CHADDR_OFFSET, CHADDR_OFFSET + CHADDR_BYTES, (byte) 0);
            System.arraycopy(octets, 0, bytes, CHADDR_OFFSET, octets.length);
        }
        return bytes;
    }

    private MessageBuilder apply(MessageBuilder builder) {
        if (ciaddr != null) {
            builder.ciaddr(ciaddr);
        }
        if (giaddr != null) {
            builder.giaddr(giaddr).hops(1);
        }
        if (xid != null) {
            builder.xid(xid);
        }
        if (secs != null) {
            builder.secs(secs);
        }
        if (broadcast) {
            builder.broadcast(true);
        }
        for (OptionArgument option : options) {
            builder.option(option.code(), option.value().toBytes());
        }
        return builder;
    }

    /**
     * The hardware address that a saved message's frame comes from, so that the answer to it comes
     * back: the one that it names; null for the interface's own where it names none of Ethernet.
     */
    public @Nullable HardwareAddress from(byte[] saved) {
        if (hardware != null || !(Message.parse(saved) instanceof ParseResult.Parsed parsed)) {
            return hardware;
        }
        HardwareAddress named = parsed.message().hardware();
        boolean usable =
                named.type() == HardwareAddress.ETHERNET
                        && named.length() == ETHERNET_BYTES
                        && (named.get(0) & 1) == 0;
        return usable ? named : null;
    }

    /** False for what a server never answers: RELEASE, DECLINE, and another server's reply. */
    public static boolean hasAnswer(byte[] datagram) {
        if (!(Message.parse(datagram) instanceof ParseResult.Parsed parsed)) {
            return true;
        }
        int type = parsed.message().typeCode();
        return parsed.message().op() != Message.BOOTREPLY
                && type != MessageType.RELEASE.code()
                && type != MessageType.DECLINE.code();
    }
}
