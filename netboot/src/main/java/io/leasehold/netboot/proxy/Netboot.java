package io.leasehold.netboot.proxy;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.role.Role;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.Options;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a proxyDHCP service (PXE 2.1 §2.2): beside a server that gives addresses, it tells
 * machines what to boot, and gives none itself. One for each port; it has nothing to make durable,
 * and no socket, clock or thread; one thread calls it.
 */
public final class Netboot implements Role<Void> {
    private static final int DHCP_CLIENT_PORT = 68;

    private final BootPort port;
    private final NetbootEvents events;
    private NetbootConfig config;
    private List<NetbootInterface> interfaces = List.of();

    public Netboot(BootPort port, NetbootConfig config, NetbootEvents events) {
        this.port = port;
        this.config = config;
        this.events = events;
    }

    /** Tells which interfaces are served, at the start and whenever they change. */
    public void interfaces(List<NetbootInterface> now) {
        interfaces = List.copyOf(now);
    }

    /** Does by another configuration from now on. */
    public void configure(NetbootConfig now) {
        config = now;
    }

    @Override
    public Decision<Void> decide(Arrival arrival) {
        Message message = arrival.message();
        NetbootInterface at = servedInterface(arrival.interfaceIndex());
        if (message.op() != Message.BOOTREQUEST) {
            return drop(arrival, null, NetbootDropReason.NOT_FROM_A_CLIENT);
        }
        if (at == null) {
            return drop(arrival, null, NetbootDropReason.NOT_SERVED);
        }
        BootClient client = BootClient.of(message);
        if (client == null) {
            return drop(arrival, null, NetbootDropReason.NOT_A_BOOT_CLIENT);
        }
        MessageType answer = answerTo(message);
        if (answer == null) {
            return drop(arrival, client, unanswerable(message));
        }
        if (!message.giaddr().isZero() && !canBeRelay(message.giaddr())) {
            return drop(arrival, client, NetbootDropReason.GIADDR_INVALID);
        }
        Ip4Address address = ownAddress(arrival, at);
        if (address.isZero()) {
            return drop(arrival, client, NetbootDropReason.NO_INTERFACE_ADDRESS);
        }
        if (arrival.sourcePort() == 0) {
            return drop(arrival, client, NetbootDropReason.NO_WAY_BACK);
        }
        if (client.architecture() == null) {
            return drop(arrival, client, NetbootDropReason.UNKNOWN_ARCHITECTURE);
        }
        BootRule rule = config.ruleFor(client, message, address);
        if (rule == null) {
            return drop(arrival, client, NetbootDropReason.NO_RULE);
        }
        if (rule.action() instanceof BootAction.None) {
            return drop(arrival, client, NetbootDropReason.EXCLUDED);
        }
        boolean first = answer == MessageType.OFFER && port == BootPort.DHCP;
        if (!first && rule.lacks(client.menuItem())) {
            return drop(arrival, client, NetbootDropReason.NO_SUCH_ITEM);
        }
        return answer(arrival, answer, new BootFields(client, rule, address, config));
    }

    /** Never called: a boot service asks nothing. */
    @Override
    public Decision<Void> asked(Object token, boolean answered, long nowMillis) {
        throw new IllegalStateException("a boot service asks nothing, but was told an outcome");
    }

    private @Nullable NetbootInterface servedInterface(int index) {
        for (NetbootInterface each : interfaces) {
            if (each.index() == index) {
                return each;
            }
        }
        return null;
    }

    private boolean isOwn(Ip4Address address) {
        for (NetbootInterface each : interfaces) {
            if (each.has(address)) {
                return true;
            }
        }
        return false;
    }

    /** What kind of answer a message gets; null when none. */
    private @Nullable MessageType answerTo(Message message) {
        MessageType type = message.type();
        if (type == MessageType.DISCOVER) {
            return MessageType.OFFER;
        }
        if (port == BootPort.BOOT_SERVER) {
            boolean asks = type == MessageType.REQUEST || type == MessageType.INFORM;
            return asks ? MessageType.ACK : null;
        }
        // A REQUEST on port 67 is the primary server's, unless a machine names this service.
        Ip4Address named = message.get(Options.SERVER_ID).or(Ip4Address.ZERO);
        return type == MessageType.REQUEST && isOwn(named) ? MessageType.ACK : null;
    }

    private NetbootDropReason unanswerable(Message message) {
        return port == BootPort.DHCP && message.type() == MessageType.REQUEST
                ? NetbootDropReason.FOR_THE_PRIMARY
                : NetbootDropReason.NOT_A_QUESTION;
    }

    /** A reply to an address that is no host's, or this host's own, would go round or nowhere. */
    private boolean canBeRelay(Ip4Address giaddr) {
        int first = giaddr.bits() >>> 24;
        return first != 0 && first != 127 && first < 224 && !isOwn(giaddr);
    }

    /** The address of this service that the machine can reach, as it was asked where it was. */
    private Ip4Address ownAddress(Arrival arrival, NetbootInterface at) {
        if (isOwn(arrival.destination())) {
            return arrival.destination();
        }
        return at.addressFor(arrival.message().ciaddr());
    }

    private Decision<Void> answer(Arrival arrival, MessageType type, BootFields fields) {
        Message request = arrival.message();
        MessageBuilder reply = MessageBuilder.reply(request).type(type).noOverload();
        reply.option(Options.SERVER_ID, fields.address());
        BootFields.echo(request, reply);
        boolean first = type == MessageType.OFFER && port == BootPort.DHCP;
        if (first) {
            fields.offer(reply);
        } else {
            reply.ciaddr(request.ciaddr());
            fields.acknowledge(reply);
        }
        byte[] agent = request.raw(OptionCode.RELAY_AGENT_INFORMATION);
        if (agent != null) {
            reply.option(OptionCode.RELAY_AGENT_INFORMATION, agent);
        }
        Message message = reply.build(BootFields.limit(request));
        Outgoing outgoing = deliver(arrival, message, fields.address());
        BootTold told = fields.told(first);
        events.answered(arrival, fields.client(), told, outgoing);
        return new Decision.Reply<>(outgoing);
    }

    private Outgoing deliver(Arrival arrival, Message message, Ip4Address source) {
        int index = arrival.interfaceIndex();
        if (port == BootPort.BOOT_SERVER && !arrival.source().isZero()) {
            // EDK2 asks from port 4011, other firmware from 68: each listens where it asked from.
            return new Outgoing(message, arrival.source(), arrival.sourcePort(), source, 0, null);
        }
        if (!message.giaddr().isZero()) {
            return new Outgoing(message, message.giaddr(), BootPort.DHCP.number(), source, 0, null);
        }
        int to = port == BootPort.DHCP ? DHCP_CLIENT_PORT : arrival.sourcePort();
        return new Outgoing(message, Ip4Address.BROADCAST, to, source, index, null);
    }

    private Decision<Void> drop(
            Arrival arrival, @Nullable BootClient client, NetbootDropReason reason) {
        events.dropped(arrival, client, reason);
        return new Decision.Drop<>(reason);
    }
}
