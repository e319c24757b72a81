package io.leasehold.server;

import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;

/** Where a reply goes (RFC 2131 §4.1), and which address it leaves from. */
final class ReplyRoute {
    private final int serverPort;
    private final int clientPort;

    /**
     * @param serverPort the port of servers and relays, 67
     * @param clientPort the port of clients, 68
     */
    ReplyRoute(int serverPort, int clientPort) {
        this.serverPort = serverPort;
        this.clientPort = clientPort;
    }

    Outgoing route(Request request, Message reply, Interfaces interfaces) {
        // The address that was asked, else the interface's own: where the routing table chooses the
        // way, it must not choose the address too.
        Ip4Address asked = request.arrival().destination();
        Ip4Address source =
                interfaces.isOwn(asked)
                        ? asked
                        : interfaces.primary(request.arrival().interfaceIndex());
        Message message = request.message();
        Ip4Address ciaddr =
                interfaces.canBeHost(message.ciaddr()) ? message.ciaddr() : Ip4Address.ZERO;
        // RFC 2131 §4.3.5: the answer to an INFORM goes to the client itself, also when a relay
        // passed it on.
        if (request.type() == MessageType.INFORM && !ciaddr.isZero()) {
            return new Outgoing(reply, ciaddr, clientPort, source, 0, null);
        }
        if (request.relayed()) {
            // RFC 8357: a relay that asks from a port of its own is answered there.
            int port =
                    request.agent().relaySourcePort() ? request.arrival().sourcePort() : serverPort;
            return new Outgoing(reply, message.giaddr(), port, source, 0, null);
        }
        if (reply.type() == MessageType.NAK) {
            return broadcast(request, reply, source);
        }
        if (!ciaddr.isZero()) {
            return new Outgoing(reply, ciaddr, clientPort, source, 0, null);
        }
        HardwareAddress hardware = request.hardware();
        boolean unreachable =
                message.broadcast()
                        || hardware.length() == 0
                        || hardware.length() > 14
                        || hardware.type() == 0
                        || reply.yiaddr().isZero()
                        || !interfaces.onLink(request.arrival().interfaceIndex(), reply.yiaddr());
        if (unreachable) {
            return broadcast(request, reply, source);
        }
        return new Outgoing(
                reply,
                reply.yiaddr(),
                clientPort,
                source,
                request.arrival().interfaceIndex(),
                hardware);
    }

    private Outgoing broadcast(Request request, Message reply, Ip4Address source) {
        return new Outgoing(
                reply,
                Ip4Address.BROADCAST,
                clientPort,
                source,
                request.arrival().interfaceIndex(),
                null);
    }
}
