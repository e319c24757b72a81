package io.leasehold.app.bench;

import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.OptionCode;

/**
 * What the generator wants to know of a server's message. It reads these few fields itself, into
 * the same object each time: an index of all options would be most of its work.
 */
final class Reply {
    private static final int COOKIE = 0x63825363;
    private static final int CHADDR_PADDING_AND_NAMES_BYTES = 10 + 64 + 128;

    private int xid;
    private int yiaddr;
    private long hardware;
    private int type;
    private int server;
    private long leaseSeconds;

    /**
     * Reads a message.
     *
     * @return false when it is not a server's DHCP message, or is cut short
     */
    boolean read(byte[] bytes, int offset, int length) {
        Cursor cursor = new Cursor(bytes, offset, length);
        int op = cursor.u8();
        cursor.skip(3);
        xid = cursor.u32();
        cursor.skip(8);
        yiaddr = cursor.u32();
        cursor.skip(8);
        hardware = (long) cursor.u16() << 32 | cursor.u32() & 0xffff_ffffL;
        cursor.skip(CHADDR_PADDING_AND_NAMES_BYTES);
        if (op != Message.BOOTREPLY || cursor.u32() != COOKIE) {
            return false;
        }
        return readOptions(cursor);
    }

    private boolean readOptions(Cursor cursor) {
        type = 0;
        server = 0;
        leaseSeconds = 0;
        while (cursor.remaining() > 0) {
            int code = cursor.u8();
            if (code == OptionCode.END) {
                break;
            }
            if (code == OptionCode.PAD) {
                continue;
            }
            int length = cursor.u8();
            if (code == OptionCode.MESSAGE_TYPE && length == 1) {
                type = cursor.u8();
            } else if (code == OptionCode.SERVER_ID && length == 4) {
                server = cursor.u32();
            } else if (code == OptionCode.LEASE_TIME && length == 4) {
                leaseSeconds = cursor.u32() & 0xffff_ffffL;
            } else {
                cursor.skip(length);
            }
        }
        return !cursor.overrun() && type != 0;
    }

    int xid() {
        return xid;
    }

    int yiaddr() {
        return yiaddr;
    }

    /** The first six bytes of chaddr, in the low 48 bits. */
    long hardware() {
        return hardware;
    }

    /** Option 53. */
    int type() {
        return type;
    }

    /** Option 54; 0 when it is absent. */
    int server() {
        return server;
    }

    /** Option 51, in seconds; 0 when it is absent. */
    long leaseSeconds() {
        return leaseSeconds;
    }
}
