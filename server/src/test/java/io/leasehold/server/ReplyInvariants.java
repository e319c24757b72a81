package io.leasehold.server;

import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.OptionIndex;
import io.leasehold.protocol.wire.ParseResult;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What holds for every reply of the server, whatever the request was. */
final class ReplyInvariants {
    private static final int HEADERS_BYTES = 28;
    private static final int BYTES_MIN = 300;
    private static final int BYTES_MAX = 1500 - HEADERS_BYTES;

    /** Agent information of more bytes may have no room in the smallest reply. */
    private static final int AGENT_BYTES_SURE = 200;

    private static final Set<Integer> IN_A_NAK = Set.of(53, 54, 56, 61, 82);
    private static final Set<Integer> NEVER = Set.of(50, 55, 57);

    private ReplyInvariants() {}

    /** Throws when something about a reply is not as it has to be. */
    static void check(Message request, Outgoing outgoing) {
        Message reply = outgoing.message();
        require(
                Message.parse(reply.toBytes()) instanceof ParseResult.Parsed parsed
                        && parsed.message().index().truncatedCode() < 0
                        && (!reply.hasOptions() || !parsed.message().index().endMissing()),
                "the reply does not parse");
        checkHeader(request, reply);
        checkLength(request, reply);
        if (request.typeCode() == 0) {
            require(reply.typeCode() == 0, "a BOOTP client is answered with option 53");
            require(reply.index().overload() == 0, "a BOOTP reply is overloaded");
        } else {
            checkOptions(request, reply);
        }
        checkAgentInformation(request, reply);
        if (reply.type() == MessageType.NAK) {
            checkNak(request, outgoing);
        }
    }

    private static void checkHeader(Message request, Message reply) {
        require(reply.op() == Message.BOOTREPLY, "op " + reply.op());
        require(reply.hops() == 0 && reply.secs() == 0, "hops or secs are echoed");
        require(reply.xid() == request.xid(), "another xid");
        require(reply.htype() == request.htype() && reply.hlen() == request.hlen(), "htype, hlen");
        require(Arrays.equals(reply.chaddr(), request.chaddr()), "another chaddr");
        require(reply.giaddr().equals(request.giaddr()), "another giaddr");
        require((reply.flags() & 0x7fff) == (request.flags() & 0x7fff), "other flags");
        Ip4Address ciaddr = reply.ciaddr();
        require(ciaddr.isZero() || ciaddr.equals(request.ciaddr()), "another ciaddr");
    }

    private static void checkLength(Message request, Message reply) {
        byte[] wish = request.raw(OptionCode.MAX_MESSAGE_SIZE);
        int limit = 576;
        if (wish != null && wish.length == 2) {
            limit = Math.max(limit, new Cursor(wish).u16());
        }
        int most = Math.min(limit - HEADERS_BYTES, BYTES_MAX);
        if (request.typeCode() == 0) {
            most = Math.clamp(request.length(), BYTES_MIN, BYTES_MAX);
        }
        require(
                reply.length() >= BYTES_MIN && reply.length() <= most,
                "a reply of " + reply.length() + " bytes, expected 300 to " + most);
    }

    private static void checkOptions(Message request, Message reply) {
        List<Integer> codes = ServerFixture.codes(reply);
        require(codes.getFirst() == OptionCode.MESSAGE_TYPE, "53 is not the first");
        require(codes.stream().noneMatch(NEVER::contains), "50, 55 or 57 is sent");
        byte[] serverId = reply.raw(OptionCode.SERVER_ID);
        require(serverId != null && serverId.length == 4, "54 is missing");
        byte[] clientId = request.raw(OptionCode.CLIENT_ID);
        if (clientId != null && echoedBytes(request) <= AGENT_BYTES_SURE) {
            require(Arrays.equals(clientId, reply.raw(OptionCode.CLIENT_ID)), "61 is not echoed");
        }
        long lease = ServerFixture.secondsIn(reply, OptionCode.LEASE_TIME);
        long t1 = ServerFixture.secondsIn(reply, OptionCode.RENEWAL_TIME);
        long t2 = ServerFixture.secondsIn(reply, OptionCode.REBINDING_TIME);
        require(
                t1 < 0 && t2 < 0 || lease == 0xffff_ffffL || 0 < t1 && t1 < t2 && t2 < lease,
                "T1 " + t1 + ", T2 " + t2 + ", lease " + lease);
        require(reply.yiaddr().isZero() || lease >= 0, "an address without a lease time");
        if (request.type() == MessageType.INFORM) {
            require(lease < 0 && reply.yiaddr().isZero(), "an INFORM is answered with a lease");
        }
    }

    private static void checkAgentInformation(Message request, Message reply) {
        byte @Nullable [] sent = request.raw(OptionCode.RELAY_AGENT_INFORMATION);
        byte @Nullable [] echoed = reply.raw(OptionCode.RELAY_AGENT_INFORMATION);
        require(echoed == null || Arrays.equals(sent, echoed), "82 is not as it came");
        boolean dhcp = request.typeCode() != 0;
        if (sent != null && dhcp && sent.length <= AGENT_BYTES_SURE) {
            require(echoed != null, "82 is not echoed");
        }
        if (echoed != null) {
            require(
                    lastInOptionsArea(reply.index()) == OptionCode.RELAY_AGENT_INFORMATION,
                    "82 is not the last");
        }
    }

    /**
     * The options of file and sname lie before the options area, and come after it in the index.
     */
    private static int lastInOptionsArea(OptionIndex index) {
        int last = -1;
        for (int at = 0; at < index.size(); at++) {
            if (index.offset(at) >= Message.HEADER_BYTES) {
                last = index.code(at);
            }
        }
        return last;
    }

    private static void checkNak(Message request, Outgoing outgoing) {
        Message nak = outgoing.message();
        require(
                IN_A_NAK.containsAll(ServerFixture.codes(nak)),
                "a NAK with " + ServerFixture.codes(nak));
        require(
                nak.raw(OptionCode.MESSAGE_TEXT) != null || echoedBytes(request) > AGENT_BYTES_SURE,
                "a NAK does not say why");
        require(
                nak.yiaddr().isZero() && nak.ciaddr().isZero() && nak.siaddr().isZero(),
                "a NAK with an address");
        require(isEmpty(nak.sname()) && isEmpty(nak.file()), "a NAK with sname or file");
        if (request.giaddr().isZero()) {
            require(
                    outgoing.destination().equals(Ip4Address.BROADCAST),
                    "a NAK to " + outgoing.destination());
        } else {
            require(outgoing.destination().equals(request.giaddr()), "a NAK past its relay");
            require(nak.broadcast(), "a relayed NAK without the broadcast bit");
        }
    }

    private static int echoedBytes(Message request) {
        byte[] id = request.raw(OptionCode.CLIENT_ID);
        byte[] agent = request.raw(OptionCode.RELAY_AGENT_INFORMATION);
        return (id == null ? 0 : id.length) + (agent == null ? 0 : agent.length);
    }

    private static boolean isEmpty(byte[] field) {
        for (byte octet : field) {
            if (octet != 0) {
                return false;
            }
        }
        return true;
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
