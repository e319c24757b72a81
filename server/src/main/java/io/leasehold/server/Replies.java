package io.leasehold.server;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.server.config.ClientClass;
import io.leasehold.server.config.Reservation;
import io.leasehold.server.config.Settings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reply carries (RFC 2131 §4.3.1, Table 3). */
final class Replies {
    private static final int BOOTP_BYTES_MIN = 300;

    private static final int[] ALWAYS = {
        OptionCode.SERVER_ID,
        OptionCode.LEASE_TIME,
        OptionCode.RENEWAL_TIME,
        OptionCode.REBINDING_TIME,
        OptionCode.SUBNET_MASK,
        OptionCode.RAPID_COMMIT,
        OptionCode.AUTO_CONFIGURE
    };

    private final List<ClientClass> classes;
    private final ReplyOptions scratch = new ReplyOptions();

    Replies(List<ClientClass> classes) {
        this.classes = classes;
    }

    /** The times of a lease, in seconds; {@link Settings#INFINITE} for one without an end. */
    record Times(long lease, long t1, long t2) {
        /** T1 is before T2, and T2 before the end, whatever is configured (RFC 2131 §4.4.5). */
        static Times of(long leaseSeconds, Settings settings) {
            if (leaseSeconds == Settings.INFINITE) {
                return new Times(leaseSeconds, Settings.INFINITE, Settings.INFINITE);
            }
            long t2 = settings.t2Seconds() > 0 ? settings.t2Seconds() : leaseSeconds * 7 / 8;
            if (t2 >= leaseSeconds) {
                t2 = leaseSeconds * 7 / 8;
            }
            long t1 = settings.t1Seconds() > 0 ? settings.t1Seconds() : leaseSeconds / 2;
            if (t1 >= t2) {
                t1 = Math.min(leaseSeconds / 2, t2 - 1);
            }
            return new Times(leaseSeconds, Math.max(t1, 0), t2);
        }

        /** T1 and T2 only where there is room for them: a lease may be of a second or two. */
        private void putInto(ReplyOptions options) {
            options.put(OptionCode.LEASE_TIME, u32(lease));
            if (t1 >= 1 && t1 < t2 && t2 < lease || lease == Settings.INFINITE) {
                options.put(OptionCode.RENEWAL_TIME, u32(t1));
                options.put(OptionCode.REBINDING_TIME, u32(t2));
            }
        }
    }

    /**
     * What a client gets: an address for a time, or parameters alone.
     *
     * @param type OFFER or ACK
     * @param subnet where the client is
     * @param reservation whose options go with the address; null for none
     * @param yiaddr the address; 0.0.0.0 where the client has one already (INFORM)
     * @param times for how long; null where the client has an address already
     */
    record Grant(
            MessageType type,
            ServedSubnet subnet,
            @Nullable Reservation reservation,
            Ip4Address yiaddr,
            Ip4Address serverId,
            @Nullable Times times) {}

    /** An OFFER or an ACK, as long as the client takes it. */
    Message grant(Request request, Grant grant) {
        int bytesMax = request.message().replyBytesMax();
        boolean classless = request.wants(OptionCode.CLASSLESS_STATIC_ROUTE);
        MessageBuilder builder = granting(request, grant, classless);
        Message message = builder.build(bytesMax);
        if (!builder.omitted().contains(OptionCode.CLASSLESS_STATIC_ROUTE)) {
            return message;
        }
        // With neither 121 nor what it replaces the client would have no route at all.
        return granting(request, grant, false).build(bytesMax);
    }

    private MessageBuilder granting(Request request, Grant grant, boolean classless) {
        Settings settings = grant.subnet().config().settings();
        Message asking = request.message();
        MessageBuilder builder =
                MessageBuilder.reply(asking).type(grant.type()).yiaddr(grant.yiaddr());
        if (grant.type() == MessageType.ACK) {
            builder.ciaddr(asking.ciaddr());
        }
        builder.siaddr(settings.nextServer());
        if (!settings.bootFile().isEmpty()) {
            builder.file(settings.bootFile());
        }
        ReplyOptions available = configured(request, grant.subnet(), grant.reservation());
        available.put(OptionCode.SERVER_ID, grant.serverId().toBytes());
        if (grant.times() != null) {
            grant.times().putInto(available);
        }
        available.putIfAbsent(
                OptionCode.SUBNET_MASK, grant.subnet().config().network().mask().toBytes());
        if (grant.type() == MessageType.ACK && request.type() == MessageType.DISCOVER) {
            available.put(OptionCode.RAPID_COMMIT, new byte[0]);
        }
        suppress(request, available, classless);
        asked(builder, request, available);
        unasked(builder, request, available);
        byte[] selection = asking.raw(OptionCode.SUBNET_SELECTION);
        if (selection != null && selection.length == 4) {
            builder.option(OptionCode.SUBNET_SELECTION, selection);
        }
        echo(builder, request);
        return builder;
    }

    /**
     * A NAK carries 53, 54, 56, 61 and 82 and nothing else, neither in sname nor in file (RFC 2131,
     * Table 3). Where these have no room, 56 is the first to be left out.
     */
    Message nak(Request request, Ip4Address serverId, String why) {
        MessageBuilder builder =
                MessageBuilder.reply(request.message())
                        .type(MessageType.NAK)
                        .noOverload()
                        .option(OptionCode.SERVER_ID, serverId.toBytes())
                        .option(OptionCode.MESSAGE_TEXT, why.getBytes(StandardCharsets.US_ASCII));
        if (request.relayed()) {
            // RFC 2131 §4.3.2: the relay must broadcast it, the client may not have the address it
            // thinks.
            builder.broadcast(true);
        }
        echo(builder, request);
        return builder.build(request.message().replyBytesMax());
    }

    /**
     * An OFFER of no address, for a client that gets along without IPv4 or must not choose one by
     * itself.
     */
    Message addressless(Request request, Ip4Address serverId, int code, byte[] value) {
        MessageBuilder builder =
                MessageBuilder.reply(request.message())
                        .type(MessageType.OFFER)
                        .option(OptionCode.SERVER_ID, serverId.toBytes())
                        .option(code, value);
        echo(builder, request);
        return builder.build(request.message().replyBytesMax());
    }

    /**
     * The reply to a BOOTP client (RFC 1534 §2): a vendor area of 64 bytes unless its own is
     * longer, no overload.
     */
    Message bootp(
            Request request,
            ServedSubnet subnet,
            @Nullable Reservation reservation,
            Ip4Address yiaddr) {
        Settings settings = subnet.config().settings();
        MessageBuilder builder =
                MessageBuilder.reply(request.message())
                        .noOverload()
                        .ciaddr(request.message().ciaddr())
                        .yiaddr(yiaddr)
                        .siaddr(settings.nextServer());
        if (!settings.bootFile().isEmpty()) {
            builder.file(settings.bootFile());
        }
        if (!request.message().hasOptions()) {
            return builder.bootp().build(BOOTP_BYTES_MIN);
        }
        ReplyOptions available = configured(request, subnet, reservation);
        available.putIfAbsent(OptionCode.SUBNET_MASK, subnet.config().network().mask().toBytes());
        suppress(request, available, request.wants(OptionCode.CLASSLESS_STATIC_ROUTE));
        unasked(builder, request, available);
        echo(builder, request);
        int longest = Message.REPLY_BYTES_MAX;
        return builder.build(Math.clamp(request.message().length(), BOOTP_BYTES_MIN, longest));
    }

    /** The value of a configured option for this client; null when it has none. */
    byte @Nullable [] value(
            int code, Request request, ServedSubnet subnet, @Nullable Reservation reservation) {
        return configured(request, subnet, reservation).get(code);
    }

    /**
     * Global and subnet options, overridden by those of the client's classes, then by its
     * reservation's.
     */
    private ReplyOptions configured(
            Request request, ServedSubnet subnet, @Nullable Reservation reservation) {
        ReplyOptions options = scratch.cleared();
        options.putAll(subnet.options());
        for (ClientClass one : classes) {
            if (ClassMatcher.member(one, request)) {
                options.putAll(one.options());
            }
        }
        if (reservation != null) {
            if (!reservation.hostName().isEmpty()) {
                options.put(
                        OptionCode.HOST_NAME,
                        reservation.hostName().getBytes(StandardCharsets.US_ASCII));
            }
            options.putAll(reservation.options());
        }
        return options;
    }

    /**
     * True for what a server never sends (50, 55, 57: RFC 2131 Table 3) and for what is not to be
     * configured, since it is made for each reply.
     */
    static boolean isComputed(int code) {
        return switch (code) {
            case OptionCode.REQUESTED_ADDRESS,
                    OptionCode.LEASE_TIME,
                    OptionCode.OVERLOAD,
                    OptionCode.MESSAGE_TYPE,
                    OptionCode.SERVER_ID,
                    OptionCode.PARAMETER_LIST,
                    OptionCode.MAX_MESSAGE_SIZE,
                    OptionCode.RENEWAL_TIME,
                    OptionCode.REBINDING_TIME,
                    OptionCode.CLIENT_ID,
                    OptionCode.RAPID_COMMIT,
                    OptionCode.RELAY_AGENT_INFORMATION,
                    OptionCode.SUBNET_SELECTION ->
                    true;
            default -> code < 1 || code > 254;
        };
    }

    /** Takes out what must not be sent to this client. */
    private static void suppress(Request request, ReplyOptions available, boolean classless) {
        byte[] routes = available.get(OptionCode.CLASSLESS_STATIC_ROUTE);
        if (routes != null) {
            available.putIfAbsent(OptionCode.CLASSLESS_STATIC_ROUTE_MICROSOFT, routes);
            if (classless) {
                // RFC 3442: a client that takes 121 must not act on 3 and 33.
                available.take(OptionCode.ROUTERS);
                available.take(OptionCode.STATIC_ROUTES);
            } else {
                // Where it has no room, 3 and 33 are the next best; and a client that does not ask
                // may be too old for it, and needs its router.
                available.take(OptionCode.CLASSLESS_STATIC_ROUTE);
            }
        }
        if (!request.wants(OptionCode.CLASSLESS_STATIC_ROUTE_MICROSOFT)) {
            available.take(OptionCode.CLASSLESS_STATIC_ROUTE_MICROSOFT);
        }
        if (!request.wants(OptionCode.IPV6_ONLY_PREFERRED)) {
            // RFC 8925 §3.3: only for clients that ask.
            available.take(OptionCode.IPV6_ONLY_PREFERRED);
        }
        if (!OptionalOptions.readable(request.message(), OptionCode.AUTO_CONFIGURE)) {
            // RFC 2563 §2.3: only for clients that send it themselves.
            available.take(OptionCode.AUTO_CONFIGURE);
        }
    }

    /** What is asked for in 55, in the order asked; 1 goes before 3 (RFC 2132 §3.3). */
    private static void asked(MessageBuilder builder, Request request, ReplyOptions available) {
        if (request.wanted() == null) {
            return;
        }
        for (int i = 0; i < request.wanted().length(); i++) {
            int code = request.wanted().get(i);
            if (code == OptionCode.ROUTERS && available.has(code)) {
                put(builder, OptionCode.SUBNET_MASK, available);
            }
            put(builder, code, available);
        }
    }

    private static void put(MessageBuilder builder, int code, ReplyOptions available) {
        byte[] value = available.take(code);
        if (value != null) {
            builder.option(code, value);
        }
    }

    /** What every reply has; and all there is for a client that does not say what it wants. */
    private static void unasked(MessageBuilder builder, Request request, ReplyOptions available) {
        for (int code : ALWAYS) {
            put(builder, code, available);
        }
        if (request.wanted() == null) {
            for (int place = 0; place < available.size(); place++) {
                put(builder, available.code(place), available);
            }
        }
    }

    /** 61 is echoed whenever it was sent (RFC 6842), 82 as it came (RFC 3046 §2.2). */
    private static void echo(MessageBuilder builder, Request request) {
        byte[] clientId = request.message().raw(OptionCode.CLIENT_ID);
        if (clientId != null) {
            builder.option(OptionCode.CLIENT_ID, clientId);
        }
        if (request.message().has(OptionCode.RELAY_AGENT_INFORMATION)) {
            builder.option(OptionCode.RELAY_AGENT_INFORMATION, request.agent().raw().toBytes());
        }
    }

    private static byte[] u32(long value) {
        return new byte[] {
            (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
        };
    }
}
