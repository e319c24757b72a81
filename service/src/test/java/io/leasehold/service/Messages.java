package io.leasehold.service;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.ParseResult;
import java.nio.ByteBuffer;

/** Messages as clients send them, told apart by their xid. */
final class Messages {
    static final int DISCOVER = 1;
    static final int REQUEST = 3;

    private Messages() {}

    static byte[] bytes(int type, int xid, int secs) {
        ByteBuffer bytes = ByteBuffer.allocate(300);
        bytes.put(new byte[] {1, 1, 6, 0}); // op, htype, hlen, hops
        bytes.putInt(xid).putShort((short) secs);
        bytes.put(28, new byte[] {2, 0, 0, 0, 0, 1}); // chaddr
        bytes.position(236).putInt(0x63825363); // magic cookie
        bytes.put(new byte[] {53, 1, (byte) type, (byte) 255}); // message type, end
        return bytes.array();
    }

    static Message message(int type, int xid, int secs) {
        if (Message.parse(bytes(type, xid, secs)) instanceof ParseResult.Parsed parsed) {
            return parsed.message();
        }
        throw new AssertionError("this is a message");
    }

    static Arrival arrival(int type, int xid, int secs) {
        return new Arrival(
                message(type, xid, secs), 2, Ip4Address.ZERO, 68, Ip4Address.BROADCAST, 1_000_000);
    }
}
