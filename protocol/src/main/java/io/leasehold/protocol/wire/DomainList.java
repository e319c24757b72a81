package io.leasehold.protocol.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Domain names one after another, as options 119 (RFC 3397) and others hold them. There are many
 * ways to compress the same names, so a list that was received remembers its bytes and encodes to
 * just these; one that was made is compressed or not, as the option wants it. Lists are equal when
 * their names are. Immutable.
 */
public final class DomainList {
    /** More names than this are malformed: a few bytes of pointers could stand for megabytes. */
    public static final int NAMES_MAX = 1024;

    /** The highest two bits of a pointer's first octet (RFC 1035 §4.1.4). */
    private static final int POINTER = 0xc0;

    private static final int POINTER_OFFSET_MAX = 0x3fff;

    private final List<DomainName> names;
    private final @Nullable Octets received;

    private DomainList(List<DomainName> names, @Nullable Octets received) {
        this.names = List.copyOf(names);
        this.received = received;
    }

    public static DomainList of(List<DomainName> names) {
        return new DomainList(names, null);
    }

    /**
     * Reads names up to the end of the bytes; null when they are malformed. A pointer has to point
     * before the name part that it ends, so that each one goes further back and none can loop.
     */
    static @Nullable DomainList read(byte[] bytes) {
        List<DomainName> names = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            OctetWriter wire = new OctetWriter();
            at = readName(bytes, at, wire);
            if (at < 0 || names.size() == NAMES_MAX) {
                return null;
            }
            names.add(DomainName.ofWire(wire));
        }
        return new DomainList(names, Octets.of(bytes));
    }

    /** Reads one name; the offset behind it, or -1 when it is malformed. */
    private static int readName(byte[] bytes, int start, OctetWriter wire) {
        Cursor cursor = new Cursor(bytes, start, bytes.length - start);
        int partStart = start;
        int behind = -1;
        while (true) {
            int length = cursor.u8();
            if (length >= POINTER) {
                int target = (length & ~POINTER) << 8 | cursor.u8();
                if (cursor.overrun() || target >= partStart) {
                    return -1;
                }
                behind = behind < 0 ? cursor.position() : behind;
                partStart = target;
                cursor = new Cursor(bytes, target, bytes.length - target);
                continue;
            }
            if (length > DomainName.LABEL_OCTETS_MAX) {
                return -1;
            }
            byte[] label = cursor.bytes(length);
            int rootOctets = length == 0 ? 0 : 1;
            if (cursor.overrun()
                    || wire.length() + 1 + length + rootOctets > DomainName.NAME_OCTETS_MAX) {
                return -1;
            }
            wire.u8(length).bytes(label);
            if (length == 0) {
                return behind < 0 ? cursor.position() : behind;
            }
        }
    }

    /** In the order of the option. */
    public List<DomainName> names() {
        return names;
    }

    /** The bytes received; for a list that was made, its names, compressed or not. */
    byte[] encode(boolean compressed) {
        if (received != null) {
            return received.toBytes();
        }
        OctetWriter out = new OctetWriter();
        Map<Octets, Integer> written = new HashMap<>();
        for (DomainName name : names) {
            if (compressed) {
                writeCompressed(out, name.toWire(), written);
            } else {
                out.bytes(name.toWire());
            }
        }
        return out.toBytes();
    }

    /** Writes labels up to the first tail that was written before, then a pointer to that. */
    private static void writeCompressed(
            OctetWriter out, byte[] wire, Map<Octets, Integer> written) {
        Cursor cursor = new Cursor(wire);
        while (cursor.remaining() > 1) {
            int from = cursor.position();
            Octets tail = Octets.of(new Cursor(wire, from, wire.length - from).rest());
            Integer target = written.get(tail);
            if (target != null) {
                out.u16(POINTER << 8 | target);
                return;
            }
            if (out.length() <= POINTER_OFFSET_MAX) {
                written.put(tail, out.length());
            }
            int length = cursor.u8();
            out.u8(length).bytes(cursor.bytes(length));
        }
        out.u8(0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DomainList that && names.equals(that.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    /** The names with commas between them. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (DomainName name : names) {
            text.append(text.length() == 0 ? "" : ", ").append(name);
        }
        return text.toString();
    }

    /**
     * Reads names with commas between them.
     *
     * @throws IllegalArgumentException when one is no domain name
     */
    public static DomainList parse(String text) {
        List<DomainName> names = new ArrayList<>();
        for (String item : Spelling.items(text)) {
            if (item.isEmpty()) {
                throw Spelling.unexpected(text, "a list of domain names");
            }
            names.add(DomainName.parse(item));
        }
        return of(names);
    }
}
