package io.leasehold.relay;

import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.Octets;

/** Writes sub-options into a buffer that is used again for every message. */
final class SubOptionWriter {
    /** 255 bytes each of circuit id, remote id, relay id and virtual subnet, and all the others. */
    static final int BYTES_MAX = 4 * 257 + 64;

    private static final byte[] DIGITS = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private final byte[] bytes = new byte[BYTES_MAX];
    private int length;

    /** Where the length of the sub-option that is being written stands. */
    private int lengthAt;

    void clear() {
        length = 0;
    }

    /** What was written; valid up to {@link #length}, until {@link #clear}. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void begin(int code) {
        u8(code);
        lengthAt = length;
        u8(0);
    }

    void end() {
        bytes[lengthAt] = (byte) (length - lengthAt - 1);
    }

    void u8(int value) {
        bytes[length++] = (byte) value;
    }

    void u32(int value) {
        u8(value >>> 24);
        u8(value >>> 16);
        u8(value >>> 8);
        u8(value);
    }

    void bytes(byte[] value) {
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    void octets(Octets value) {
        for (int i = 0; i < value.length(); i++) {
            u8(value.get(i));
        }
    }

    /** An address as text. */
    void dotted(int address) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            int octet = address >>> shift & 0xff;
            if (octet >= 100) {
                u8('0' + octet / 100);
            }
            if (octet >= 10) {
                u8('0' + octet / 10 % 10);
            }
            u8('0' + octet % 10);
            if (shift > 0) {
                u8('.');
            }
        }
    }

    /** A client's hardware address as text, nothing when it has none. */
    void hardware(Message request) {
        for (int i = 0; i < request.hlen(); i++) {
            if (i > 0) {
                u8(':');
            }
            int octet = request.chaddrOctet(i);
            u8(DIGITS[octet >>> 4]);
            u8(DIGITS[octet & 15]);
        }
    }
}
