package io.leasehold.protocol.role;

import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;

/**
 * Where a reply goes (RFC 2131 §4.1), and which address it leaves from: the rules that everything
 * which answers clients shares.
 *
 * @param serverPort the port of relays, where they take what they are to pass on: 67
 * @param clientPort the port of clients: 68
 * @param everyone the address of a broadcast: 255.255.255.255
 */
public record ReplyRoute(int serverPort, int clientPort, Ip4Address everyone) {
    private static final int RELAY_SOURCE_PORT = 19;

    /**
     * The way of a reply.
     *
     * @param request how the request came
     * @param reply the answer
     * @param host the interfaces and addresses of this host
     */
    public Outgoing route(Arrival request, Message reply, HostInterfaces host) {
        // The address that was asked, else the interface's own: where the routing table chooses the
        // way, it must not choose the address too.
        Ip4Address source = host.serverAddress(request);
        Message message = request.message();
        Ip4Address ciaddr =
                canBeClient(message.ciaddr(), request, host) ? message.ciaddr() : Ip4Address.ZERO;
        // RFC 2131 §4.3.5: the answer to an INFORM goes to the client itself, also when a relay
        // passed it on.
        if (message.type() == MessageType.INFORM && !ciaddr.isZero()) {
            return new Outgoing(reply, ciaddr, clientPort, source, 0, null);
        }
        if (!message.giaddr().isZero()) {
            // RFC 8357: a relay that asks from a port of its own is answered there.
            int port = namesItsPort(message) ? request.sourcePort() : serverPort;
            return new Outgoing(reply, message.giaddr(), port, source, 0, null);
        }
        if (reply.type() == MessageType.NAK) {
            return broadcast(request, reply, source);
        }
        if (!ciaddr.isZero()) {
            return new Outgoing(reply, ciaddr, clientPort, source, 0, null);
        }
        HardwareAddress hardware = message.hardware();
        boolean unreachable =
                message.broadcast()
                        || hardware.length() == 0
                        || hardware.length() > 14
                        || hardware.type() == 0
                        || reply.yiaddr().isZero()
                        || !host.onLink(request.interfaceIndex(), reply.yiaddr());
        if (unreachable) {
            return broadcast(request, reply, source);
        }
        return new Outgoing(
                reply, reply.yiaddr(), clientPort, source, request.interfaceIndex(), hardware);
    }

    /** Only who asks at a loopback address is on this host, and may be answered at one. */
    private static boolean canBeClient(Ip4Address ciaddr, Arrival request, HostInterfaces host) {
        return host.canBeOtherHost(ciaddr)
                || ciaddr.isLoopback() && request.destination().isLoopback();
    }

    private Outgoing broadcast(Arrival request, Message reply, Ip4Address source) {
        return new Outgoing(reply, everyone, clientPort, source, request.interfaceIndex(), null);
    }

    /** True when the relay added sub-option 19; what lies behind a malformed one is not read. */
    private static boolean namesItsPort(Message message) {
        byte[] agent = message.raw(OptionCode.RELAY_AGENT_INFORMATION);
        if (agent == null) {
            return false;
        }
        Cursor cursor = new Cursor(agent);
        while (cursor.remaining() > 0) {
            int code = cursor.u8();
            cursor.bytes(cursor.u8());
            if (cursor.overrun()) {
                return false;
            }
            if (code == RELAY_SOURCE_PORT) {
                return true;
            }
        }
        return false;
    }
}
