package io.leasehold.app.snoop;

import io.leasehold.protocol.wire.Field;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Options;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pairs answers with their requests, and notes what is wrong with how they go. */
final class Exchanges {
    private static final int OPEN_MAX = 65_536;
    private static final int LINKS_MAX = 4096;

    private final Map<Key, Exchange> open = bounded(OPEN_MAX);
    private final Map<Where, Link> links = bounded(LINKS_MAX);

    /** Where a client is: an interface, its VLANs, and behind which relay. */
    private record Where(String interfaceName, List<Integer> vlans, Ip4Address giaddr) {}

    private record Key(Where where, int xid, HardwareAddress client) {}

    private static final class Exchange {
        Message request;
        long sinceNanos;
        long lastNanos;
        int times = 1;
        @Nullable Ip4Address answeredBy;

        Exchange(Message request, long nanos) {
            this.request = request;
            this.sinceNanos = nanos;
            this.lastNanos = nanos;
        }
    }

    /** What answers have told of a link. */
    private static final class Link {
        @Nullable Ip4Network network;
        final List<Ip4Address> servers = new ArrayList<>();
    }

    private static <K, V> Map<K, V> bounded(int max) {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > max;
            }
        };
    }

    /**
     * Takes a message in.
     *
     * @param notes what is remarkable is added
     * @return how long after its request it came; -1 when it answers none that was seen
     */
    long take(Sighting sighting, Message message, List<String> notes) {
        Where where =
                new Where(sighting.interfaceName(), sighting.datagram().vlans(), message.giaddr());
        Key key = new Key(where, message.xid(), message.hardware());
        if (message.op() != Message.BOOTREPLY) {
            request(key, message, sighting.epochNanos(), notes);
            return -1;
        }
        Link link = links.computeIfAbsent(where, any -> new Link());
        Ip4Address server = server(sighting, message);
        noteServer(link, message, server, notes);
        Exchange exchange = open.get(key);
        if (exchange == null || !answers(message, exchange.request)) {
            if (message.type() == MessageType.NAK) {
                notes.add("likely reason: " + reason(null, link, server));
            }
            learn(link, message);
            return -1;
        }
        compare(exchange, message, server, notes);
        if (message.type() == MessageType.NAK) {
            notes.add("likely reason: " + reason(exchange.request, link, server));
        }
        learn(link, message);
        exchange.answeredBy = server;
        return sighting.epochNanos() - exchange.lastNanos;
    }

    private void request(Key key, Message message, long nanos, List<String> notes) {
        Exchange before = open.get(key);
        if (before == null
                || before.request.typeCode() != message.typeCode()
                || before.answeredBy != null) {
            open.remove(key);
            open.put(key, new Exchange(message, nanos));
            return;
        }
        boolean waits =
                message.type() != MessageType.DECLINE && message.type() != MessageType.RELEASE;
        before.times++;
        before.lastNanos = nanos;
        before.request = message;
        if (waits) {
            notes.add(
                    "asked "
                            + before.times
                            + " times in "
                            + SnoopText.duration(nanos - before.sinceNanos)
                            + " without an answer");
        }
    }

    private static Ip4Address server(Sighting sighting, Message message) {
        return message.get(Options.SERVER_ID).or(sighting.datagram().source());
    }

    private static void noteServer(
            Link link, Message message, Ip4Address server, List<String> notes) {
        // A proxy for network boot gives no address, and is meant to stand beside a server.
        boolean gives = !message.yiaddr().isZero() || message.type() == MessageType.NAK;
        if (gives && link.servers.size() < 16 && !link.servers.contains(server)) {
            if (!link.servers.isEmpty()) {
                notes.add("a second server: " + server + ", besides " + link.servers.getFirst());
            }
            link.servers.add(server);
        }
        boolean mustName =
                message.type() == MessageType.OFFER
                        || message.type() == MessageType.ACK
                        || message.type() == MessageType.NAK;
        if (mustName && message.get(Options.SERVER_ID) instanceof Field.Absent<Ip4Address>) {
            notes.add("no server identifier (RFC 2131 section 4.3.1)");
        }
    }

    private static boolean answers(Message reply, Message request) {
        MessageType asked = request.type();
        MessageType type = reply.type();
        if (asked == null || type == null) {
            // BOOTP, and types of other RFCs: the transaction id has to do.
            return true;
        }
        return switch (type) {
            case OFFER -> asked == MessageType.DISCOVER;
            // To a DISCOVER with rapid commit (RFC 4039), too.
            case ACK -> asked != MessageType.DECLINE && asked != MessageType.RELEASE;
            case NAK -> asked == MessageType.REQUEST;
            case DISCOVER, REQUEST, DECLINE, RELEASE, INFORM -> false;
        };
    }

    private static void compare(
            Exchange exchange, Message reply, Ip4Address server, List<String> notes) {
        Ip4Address first = exchange.answeredBy;
        if (first != null && !first.equals(server)) {
            notes.add("a second server answers this request: " + server + " after " + first);
        }
        if (reply.type() != MessageType.ACK || reply.yiaddr().isZero()) {
            return;
        }
        Ip4Address wanted = wanted(exchange.request);
        if (exchange.request.type() == MessageType.REQUEST
                && wanted != null
                && !wanted.equals(reply.yiaddr())) {
            notes.add("the client asked for " + wanted + " and got " + reply.yiaddr());
        }
    }

    private static @Nullable Ip4Address wanted(Message request) {
        Ip4Address asked = request.get(Options.REQUESTED_ADDRESS).or(request.ciaddr());
        return asked.isZero() ? null : asked;
    }

    private static void learn(Link link, Message message) {
        if (!message.yiaddr().isZero()
                && message.get(Options.SUBNET_MASK) instanceof Field.Present<Ip4Address> mask) {
            int bits = Integer.bitCount(mask.value().bits());
            int network = message.yiaddr().bits() & mask.value().bits();
            if (mask.value().bits() == (bits == 0 ? 0 : -1 << (32 - bits))) {
                link.network = Ip4Network.parse(Ip4Address.of(network) + "/" + bits);
            }
        }
    }

    private static String reason(@Nullable Message request, Link link, Ip4Address server) {
        Ip4Address wanted = request == null ? null : wanted(request);
        if (request == null || wanted == null) {
            return "the request was not seen";
        }
        if (request.get(Options.SERVER_ID) instanceof Field.Present<Ip4Address> named
                && !named.value().equals(server)) {
            return "the client had asked " + named.value() + ", and " + server + " says no";
        }
        Ip4Network network = link.network;
        if (network != null && !network.contains(wanted)) {
            return wanted + " is not in " + network + ", which is served here";
        }
        if (network != null) {
            return server
                    + " has no lease of this client for "
                    + wanted
                    + " on record, or another has it";
        }
        return wanted + " is of another network, or not on record as this client's";
    }
}
