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
        position = write(bytes, position, code, value, offset, length);
    }

    /** As the above, at a place; returns the place behind it. */
    static int write(byte[] to, int place, int code, byte[] value, int offset, int length) {
        int position = place;
        int from = offset;
        int left = length;
        do {
            int part = Math.min(left, MessageDraft.INSTANCE_BYTES_MAX);
            to[position] = (byte) code;
            to[position + 1] = (byte) part;
            System.arraycopy(value, from, to, position + 2, part);
            position += 2 + part;
            from += part;
            left -= part;
        } while (left > 0);
        return position;
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
