package io.leasehold.service.client;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.Options;
import io.leasehold.protocol.wire.Text;
import java.util.Map;

/** A client's messages (RFC 2131 §4.4.1, table 5). */
final class ClientMessages {
    private static final int SECS_MAX = 0xffff;

    private final ClientSettings settings;

    ClientMessages(ClientSettings settings) {
        this.settings = settings;
    }

    Message discover(int xid, long secs) {
        return full(MessageType.DISCOVER, xid, secs).build();
    }

    /** SELECTING: 50 and 54 say which OFFER is taken; secs is that of the DISCOVER. */
    Message select(Message offer, int secs) {
        return full(MessageType.REQUEST, offer.xid(), secs)
                .option(Options.REQUESTED_ADDRESS, offer.yiaddr())
                .option(Options.SERVER_ID, offer.get(Options.SERVER_ID).or(Ip4Address.ZERO))
                .build();
    }

    /** INIT-REBOOT: 50 without 54. */
    Message reboot(int xid, long secs, Ip4Address address) {
        return full(MessageType.REQUEST, xid, secs)
                .option(Options.REQUESTED_ADDRESS, address)
                .remove(OptionCode.SERVER_ID)
                .build();
    }

    /** RENEWING and REBINDING: ciaddr, and neither 50 nor 54. */
    Message extend(int xid, long secs, Ip4Address address) {
        return full(MessageType.REQUEST, xid, secs)
                .ciaddr(address)
                // It has an address, and takes a unicast.
                .broadcast(false)
                .remove(OptionCode.REQUESTED_ADDRESS)
                .remove(OptionCode.SERVER_ID)
                .build();
    }

    /** INFORM: an address that it has otherwise, and no lease asked for. */
    Message inform(int xid, long secs, Ip4Address address) {
        return full(MessageType.INFORM, xid, secs)
                .ciaddr(address)
                .broadcast(false)
                .remove(OptionCode.REQUESTED_ADDRESS)
                .remove(OptionCode.LEASE_TIME)
                .remove(OptionCode.SERVER_ID)
                .build();
    }

    Message release(int xid, ClientLease lease) {
        return brief(MessageType.RELEASE, xid)
                .ciaddr(lease.address())
                .option(Options.SERVER_ID, lease.server())
                .build();
    }

    /** It is broadcast, so that a relay agent may pass it on. */
    Message decline(int xid, ClientLease lease, String why) {
        MessageBuilder builder =
                relayed(brief(MessageType.DECLINE, xid))
                        .option(Options.REQUESTED_ADDRESS, lease.address())
                        .option(Options.SERVER_ID, lease.server());
        return (why.isEmpty() ? builder : builder.option(Options.MESSAGE_TEXT, Text.of(why)))
                .build();
    }

    private MessageBuilder full(MessageType type, int xid, long secs) {
        MessageBuilder builder =
                relayed(MessageBuilder.request(settings.hardware(), xid))
                        .type(type)
                        .secs((int) Math.min(secs, SECS_MAX))
                        .broadcast(settings.broadcast());
        for (Map.Entry<Integer, Octets> each : settings.options().entrySet()) {
            builder.option(each.getKey(), each.getValue().toBytes());
        }
        return builder;
    }

    private MessageBuilder relayed(MessageBuilder builder) {
        Ip4Address giaddr = settings.giaddr();
        return giaddr.isZero() ? builder : builder.giaddr(giaddr).hops(1);
    }

    private MessageBuilder brief(MessageType type, int xid) {
        MessageBuilder builder = MessageBuilder.request(settings.hardware(), xid).type(type);
        Octets clientId = settings.options().get(OptionCode.CLIENT_ID);
        return clientId == null
                ? builder
                : builder.option(OptionCode.CLIENT_ID, clientId.toBytes());
    }
}
