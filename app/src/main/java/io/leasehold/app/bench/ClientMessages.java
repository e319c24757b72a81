package io.leasehold.app.bench;

import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import java.util.HexFormat;

/**
 * The messages of the clients: one template for each type, of which only a few fields change from
 * one to the next. The arrays are handed out themselves and are overwritten by the next call.
 *
 * <p>A client's hardware address is 02:4c (locally administered) and its number in four bytes.
 */
final class ClientMessages {
    /** The smallest BOOTP message (RFC 1542 §2.1). */
    static final int MESSAGE_BYTES = 300;

    private static final int BROADCAST_FLAG = 0x80;
    private static final int HARDWARE_PREFIX = 0x024c;
    private static final int XID_OFFSET = 4;
    private static final int SECS_OFFSET = 8;
    private static final int CIADDR_OFFSET = 12;
    private static final int GIADDR_OFFSET = 24;
    private static final int CHADDR_OFFSET = 28;
    private static final int COOKIE = 0x63825363;
    private static final int OPTIONS_OFFSET = Message.HEADER_BYTES + 4;

    /** What a usual client asks for: mask, broadcast address, router, names, DNS, MTU. */
    private static final byte[] PARAMETERS = {1, 28, 3, 15, 6, 12, 26};

    /** After option 53 and option 55. */
    private static final int VARIABLE_OFFSET = OPTIONS_OFFSET + 3 + 2 + PARAMETERS.length;

    private final long startClient;
    private final boolean relayed;
    private final byte[] discover;
    private final byte[] request;
    private final byte[] renew;
    private final byte[] release;

    /**
     * @param startClient the number of the first client
     * @param broadcast true to ask for replies by broadcast
     * @param giaddr the relay's address; 0 for clients on the link
     */
    ClientMessages(long startClient, boolean broadcast, int giaddr) {
        this.startClient = startClient;
        this.relayed = giaddr != 0;
        discover = template(MessageType.DISCOVER, broadcast, giaddr);
        request = template(MessageType.REQUEST, broadcast, giaddr);
        request[VARIABLE_OFFSET] = OptionCode.REQUESTED_ADDRESS;
        request[VARIABLE_OFFSET + 1] = 4;
        request[VARIABLE_OFFSET + 6] = OptionCode.SERVER_ID;
        request[VARIABLE_OFFSET + 7] = 4;
        request[VARIABLE_OFFSET + 12] = (byte) OptionCode.END;
        // A client that has an address can take a unicast: RENEWING sets no broadcast flag.
        renew = template(MessageType.REQUEST, false, giaddr);
        release = template(MessageType.RELEASE, false, 0);
        release[OPTIONS_OFFSET + 3] = OptionCode.SERVER_ID;
        release[OPTIONS_OFFSET + 4] = 4;
        release[OPTIONS_OFFSET + 9] = (byte) OptionCode.END;
    }

    private static byte[] template(MessageType type, boolean broadcast, int giaddr) {
        byte[] bytes = new byte[MESSAGE_BYTES];
        bytes[0] = Message.BOOTREQUEST;
        bytes[1] = 1;
        bytes[2] = 6;
        bytes[3] = (byte) (giaddr == 0 ? 0 : 1);
        bytes[10] = (byte) (broadcast ? BROADCAST_FLAG : 0);
        put32(bytes, GIADDR_OFFSET, giaddr);
        put32(bytes, Message.HEADER_BYTES, COOKIE);
        bytes[OPTIONS_OFFSET] = OptionCode.MESSAGE_TYPE;
        bytes[OPTIONS_OFFSET + 1] = 1;
        bytes[OPTIONS_OFFSET + 2] = (byte) type.code();
        if (type != MessageType.RELEASE) {
            bytes[OPTIONS_OFFSET + 3] = OptionCode.PARAMETER_LIST;
            bytes[OPTIONS_OFFSET + 4] = (byte) PARAMETERS.length;
            System.arraycopy(PARAMETERS, 0, bytes, OPTIONS_OFFSET + 5, PARAMETERS.length);
            bytes[VARIABLE_OFFSET] = (byte) OptionCode.END;
        }
        return bytes;
    }

    byte[] discover(int client, int xid, int secs) {
        return patch(discover, client, xid, secs);
    }

    byte[] request(int client, int xid, int secs, int requested, int server) {
        put32(request, VARIABLE_OFFSET + 2, requested);
        put32(request, VARIABLE_OFFSET + 8, server);
        return patch(request, client, xid, secs);
    }

    byte[] renew(int client, int xid, int secs, int address) {
        put32(renew, CIADDR_OFFSET, address);
        return patch(renew, client, xid, secs);
    }

    byte[] release(int client, int xid, int address, int server) {
        put32(release, CIADDR_OFFSET, address);
        put32(release, OPTIONS_OFFSET + 5, server);
        return patch(release, client, xid, 0);
    }

    private byte[] patch(byte[] bytes, int client, int xid, int secs) {
        put32(bytes, XID_OFFSET, xid);
        bytes[SECS_OFFSET] = (byte) (secs >>> 8);
        bytes[SECS_OFFSET + 1] = (byte) secs;
        long hardware = hardware(client);
        bytes[CHADDR_OFFSET] = (byte) (hardware >>> 40);
        bytes[CHADDR_OFFSET + 1] = (byte) (hardware >>> 32);
        put32(bytes, CHADDR_OFFSET + 2, (int) hardware);
        return bytes;
    }

    /** The hardware address of a client, in the low 48 bits. */
    long hardware(int client) {
        return (long) HARDWARE_PREFIX << 32 | (startClient + client & 0xffff_ffffL);
    }

    /** The hardware address of a client, as it is written. */
    String hardwareText(int client) {
        return HexFormat.ofDelimiter(":").formatHex(hardwareBytes(hardware(client)));
    }

    private static byte[] hardwareBytes(long hardware) {
        byte[] bytes = new byte[6];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (hardware >>> (40 - 8 * i));
        }
        return bytes;
    }

    /** True when the clients are behind a relay agent. */
    boolean relayed() {
        return relayed;
    }

    private static void put32(byte[] bytes, int offset, int value) {
        bytes[offset] = (byte) (value >>> 24);
        bytes[offset + 1] = (byte) (value >>> 16);
        bytes[offset + 2] = (byte) (value >>> 8);
        bytes[offset + 3] = (byte) value;
    }
}
