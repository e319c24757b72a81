package io.leasehold.server;

import io.leasehold.protocol.wire.Octets;
import io.leasehold.server.config.OptionSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options that a reply may carry, by code, in the order in which they were put: one table that
 * serves for all replies, one after the other, since two maps for each exchange cost more than the
 * rules themselves.
 */
final class ReplyOptions {
    private static final int CODES = 256;

    private final byte[] @Nullable [] values = new byte[CODES] @Nullable [];
    private final byte[] order = new byte[CODES];
    private int count;

    /** Takes out all that is left of the reply before. */
    ReplyOptions cleared() {
        for (int i = 0; i < count; i++) {
            values[order[i] & 0xff] = null;
        }
        count = 0;
        return this;
    }

    boolean has(int code) {
        return values[code] != null;
    }

    byte @Nullable [] get(int code) {
        return values[code];
    }

    /** Sets an option; one that is there is replaced where it stands. */
    void put(int code, byte[] value) {
        if (values[code] == null) {
            order[count++] = (byte) code;
        }
        values[code] = value;
    }

    void putIfAbsent(int code, byte[] value) {
        if (values[code] == null) {
            put(code, value);
        }
    }

    /** Puts all options of a set that are its configuration's to say. */
    void putAll(OptionSet set) {
        for (Map.Entry<Integer, Octets> entry : set.values().entrySet()) {
            if (!Replies.isComputed(entry.getKey())) {
                put(entry.getKey(), entry.getValue().toBytes());
            }
        }
    }

    /** Takes an option out; null when there is none. Each code is put and taken once a reply. */
    byte @Nullable [] take(int code) {
        byte[] value = values[code];
        values[code] = null;
        return value;
    }

    /** How many codes were put, those that were taken out again among them. */
    int size() {
        return count;
    }

    /** The code that was put at a place; {@link #take} tells whether it is still there. */
    int code(int place) {
        return order[place] & 0xff;
    }
}
