package io.leasehold.protocol.wire;

/** Writes options into one area of a message, whose room was reckoned before. */
final class OptionWriter {
    private final byte[] bytes;
    private int position;

    OptionWriter(byte[] bytes, int offset) {
        this.bytes = bytes;
        this.position = offset;
    }

    /** Writes a part of a value, in as many instances as it takes (RFC 3396 §5). */
    void write(int code, byte[] value, int offset, int length) {
        int from = offset;
        int left = length;
        do {
            int part = Math.min(left, OptionList.INSTANCE_BYTES_MAX);
            bytes[position] = (byte) code;
            bytes[position + 1] = (byte) part;
            System.arraycopy(value, from, bytes, position + 2, part);
            position += 2 + part;
            from += part;
            left -= part;
        } while (left > 0);
    }

    void write(int code, byte[] value) {
        write(code, value, 0, value.length);
    }

    /** Offset of the next byte, in the message. */
    int position() {
        return position;
    }

    void end() {
        bytes[position++] = (byte) OptionCode.END;
    }
}
