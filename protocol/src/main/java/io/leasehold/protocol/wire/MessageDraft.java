package io.leasehold.protocol.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a message in the making: the header, and the options as they will lie, one value to
 * a code, 53 first and 82 last (RFC 3046 §2.2). A message that is built takes these very bytes;
 * they are copied before the next change.
 */
final class MessageDraft {
    /** How many bytes of value one instance of an option can hold (RFC 2132 §2). */
    static final int INSTANCE_BYTES_MAX = 255;

    /** Always with room for END, and zeros from {@link #end} on. */
    private byte[] bytes;

    /** Where the options end, and END will lie. */
    private int end = Message.OPTIONS_OFFSET;

    /** How many bytes option 82 takes of them; 0 when it is not there. */
    private int agentBytes;

    private boolean taken;

    /** For one value after the other. */
    private @Nullable OctetWriter scratch;

    /**
     * @param bytesExpected how long the message will probably be, 300 or more; any length fits
     */
    MessageDraft(int bytesExpected) {
        bytes = new byte[bytesExpected];
    }

    /** The bytes, to read the header's fields there. */
    byte[] bytes() {
        return bytes;
    }

    /** The bytes, to write the header's fields there. */
    byte[] header() {
        own();
        return bytes;
    }

    private void own() {
        if (taken) {
            bytes = bytes.clone();
            bytes[end] = 0;
            taken = false;
        }
    }

    int end() {
        return end;
    }

    int code(int at) {
        return bytes[at] & 0xff;
    }

    /** Where the first instance of an option begins; -1 when there is none. */
    int find(int code) {
        int at = Message.OPTIONS_OFFSET;
        while (at < end) {
            if (code(at) == code) {
                return at;
            }
            at = behindInstance(at);
        }
        return -1;
    }

    private int behindInstance(int at) {
        return at + 2 + (bytes[at + 1] & 0xff);
    }

    /** Where the option that begins at a place ends, with all its instances. */
    int behind(int at) {
        int next = behindInstance(at);
        while (next < end && bytes[next] == bytes[at]) {
            next = behindInstance(next);
        }
        return next;
    }

    /** The value of the option that begins at a place. */
    byte[] value(int at) {
        int behind = behind(at);
        byte[] value = new byte[behind - at];
        int length = 0;
        for (int from = at; from < behind; from = behindInstance(from)) {
            int part = bytes[from + 1] & 0xff;
            System.arraycopy(bytes, from + 2, value, length, part);
            length += part;
        }
        return Arrays.copyOf(value, length);
    }

    /** Adds an option behind the others, or replaces the value of its code where that stands. */
    void put(int code, byte[] from, int offset, int length) {
        int at = makeRoom(code, length);
        OptionWriter.write(bytes, at, code, from, offset, length);
    }

    /** Adds all options of a message where they are in order and there are none here. */
    void putAll(byte[] from, OptionIndex index) {
        int last = index.size() - 1;
        if (last < 0) {
            return;
        }
        int length = index.offset(last) + index.length(last) - Message.OPTIONS_OFFSET;
        resize(Message.OPTIONS_OFFSET, 0, length);
        System.arraycopy(from, Message.OPTIONS_OFFSET, bytes, Message.OPTIONS_OFFSET, length);
        if (index.code(last) == OptionCode.RELAY_AGENT_INFORMATION) {
            agentBytes = 2 + index.length(last);
        }
    }

    /** As {@link #put}, of a value that is written here first. */
    <T> void put(int code, PartsType<T> type, T value) {
        OctetWriter out = scratch == null ? new OctetWriter() : scratch;
        scratch = out;
        type.write(out.clear(), value);
        put(code, out.array(), 0, out.length());
    }

    /** As {@link #put}, of one octet. */
    void put8(int code, int value) {
        int at = makeRoom(code, 1);
        bytes[at] = (byte) code;
        bytes[at + 1] = 1;
        bytes[at + 2] = (byte) value;
    }

    /** Where an option is to be written; what was there of its code gives way. */
    private int makeRoom(int code, int length) {
        own();
        int at = find(code);
        int encoded = encodedBytes(length);
        if (at >= 0) {
            resize(at, behind(at) - at, encoded);
        } else {
            boolean first = code == OptionCode.MESSAGE_TYPE;
            boolean last = code == OptionCode.RELAY_AGENT_INFORMATION;
            at = first ? Message.OPTIONS_OFFSET : last ? end : end - agentBytes;
            resize(at, 0, encoded);
        }
        if (code == OptionCode.RELAY_AGENT_INFORMATION) {
            agentBytes = encoded;
        }
        return at;
    }

    void remove(int code) {
        int at = find(code);
        if (at < 0) {
            return;
        }
        own();
        resize(at, behind(at) - at, 0);
        if (code == OptionCode.RELAY_AGENT_INFORMATION) {
            agentBytes = 0;
        }
    }

    /** Makes the option at a place so long, and moves what is behind it. */
    private void resize(int at, int before, int after) {
        int grown = Math.addExact(end, after - before);
        if (grown >= bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(grown + 1, bytes.length + bytes.length / 2));
        }
        System.arraycopy(bytes, at + before, bytes, at + after, end - at - before);
        if (grown < end) {
            Arrays.fill(bytes, grown, end, (byte) 0);
        }
        end = grown;
    }

    /**
     * The message of all that is here.
     *
     * @param length how long it is, the options and END included
     */
    Message take(int length) {
        if (length > bytes.length) {
            bytes = Arrays.copyOf(bytes, length);
        }
        bytes[end] = (byte) OptionCode.END;
        taken = true;
        return Message.adopt(bytes, length);
    }

    /**
     * How many bytes a value takes on the wire: more than 255 are split over several instances of
     * the option, each with a code and a length of its own (RFC 3396 §5).
     */
    static int encodedBytes(int valueBytes) {
        int instances = Math.max(1, (valueBytes + INSTANCE_BYTES_MAX - 1) / INSTANCE_BYTES_MAX);
        return valueBytes + 2 * instances;
    }

    /** How many bytes of a value fit where there is room for so many bytes on the wire. */
    static int valueBytesWithin(int roomBytes) {
        int instance = INSTANCE_BYTES_MAX + 2;
        return roomBytes / instance * INSTANCE_BYTES_MAX + Math.max(0, roomBytes % instance - 2);
    }
}
