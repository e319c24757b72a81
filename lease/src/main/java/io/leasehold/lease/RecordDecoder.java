package io.leasehold.lease;

import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the records of a frame. Values that many leases have in common become one instance. */
final class RecordDecoder {
    /** Takes records in their order. */
    interface Sink {
        void put(Lease lease);

        void remove(Ip4Address address);

        void shift(long seconds);

        void mark(ClockMark mark);

        void wall(long seconds);

        void end(long leases);
    }

    private static final int SHARED_SLOTS = 1024;

    private final @Nullable Octets[] sharedOctets = new @Nullable Octets[SHARED_SLOTS];
    private Ip4Address lastServerId = Ip4Address.ZERO;

    /**
     * Reads a payload whose checksum was right.
     *
     * @return what is wrong with it; empty when all was read
     */
    String decode(byte[] bytes, int offset, int length, Sink sink) {
        Cursor cursor = new Cursor(bytes, offset, length);
        while (cursor.remaining() > 0) {
            int at = cursor.position() - offset;
            int type = cursor.u8();
            boolean right = record(type, cursor, sink);
            if (!right || cursor.overrun()) {
                return "a record of type " + type + " that cannot be read, at byte " + at;
            }
        }
        return "";
    }

    private boolean record(int type, Cursor cursor, Sink sink) {
        switch (type) {
            case RecordType.PUT -> {
                Lease lease = lease(cursor);
                if (lease == null || cursor.overrun()) {
                    return false;
                }
                sink.put(lease);
            }
            case RecordType.REMOVE -> {
                Ip4Address address = cursor.address();
                if (cursor.overrun()) {
                    return false;
                }
                sink.remove(address);
            }
            case RecordType.CLOCK_MARK -> {
                byte[] bootId = cursor.bytes(ClockMark.BOOT_ID_BYTES);
                long offsetMillis = number(cursor);
                if (cursor.overrun()) {
                    return false;
                }
                sink.mark(new ClockMark(Octets.of(bootId), offsetMillis));
            }
            case RecordType.SHIFT, RecordType.WALL, RecordType.END -> {
                long value = number(cursor);
                if (cursor.overrun()) {
                    return false;
                }
                numbered(type, value, sink);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void numbered(int type, long value, Sink sink) {
        if (type == RecordType.SHIFT) {
            sink.shift(value);
        } else if (type == RecordType.WALL) {
            sink.wall(value);
        } else {
            sink.end(value);
        }
    }

    private @Nullable Lease lease(Cursor cursor) {
        Ip4Address address = cursor.address();
        Ip4Address serverId = cursor.address();
        if (serverId.equals(lastServerId)) {
            serverId = lastServerId;
        } else {
            lastServerId = serverId;
        }
        int flags = cursor.u8();
        if ((flags & RecordType.UNUSED_BITS) != 0) {
            return null;
        }
        long start = number(cursor);
        long end = (flags & RecordType.FOREVER) != 0 ? Lease.FOREVER : start + number(cursor);
        HardwareAddress hardware = hardware(cursor);
        ClientKey client = client(flags, cursor, hardware);
        String hostName =
                (flags & RecordType.NAMED) == 0
                        ? ""
                        : new String(cursor.bytes(cursor.u16()), StandardCharsets.UTF_8);
        Octets agent =
                (flags & RecordType.RELAYED) == 0
                        ? Octets.EMPTY
                        : shared(Octets.of(cursor.bytes(cursor.u16())));
        if (hardware == null || client == null) {
            return null;
        }
        Lease.State state = RecordType.stateOf(flags);
        return new Lease(address, client, hardware, state, start, end, hostName, agent, serverId);
    }

    private static @Nullable ClientKey client(
            int flags, Cursor cursor, @Nullable HardwareAddress hardware) {
        int kind = flags & RecordType.CLIENT_BITS;
        if (kind == RecordType.CLIENT_BY_ID) {
            Octets id = Octets.of(cursor.bytes(cursor.u16()));
            return id.length() == 0 ? null : new ClientKey.ById(id);
        }
        if (kind != RecordType.CLIENT_IS_HARDWARE && kind != RecordType.CLIENT_BY_OTHER_HARDWARE) {
            return null;
        }
        HardwareAddress address =
                kind == RecordType.CLIENT_IS_HARDWARE ? hardware : hardware(cursor);
        return address == null ? null : new ClientKey.ByHardware(address);
    }

    private static @Nullable HardwareAddress hardware(Cursor cursor) {
        int type = cursor.u8();
        int length = cursor.u8();
        return length > 16 ? null : HardwareAddress.of(type, cursor.bytes(length));
    }

    /** Option 82 is often the same for many clients of a relay. */
    private Octets shared(Octets octets) {
        int slot = octets.hashCode() & SHARED_SLOTS - 1;
        Octets known = sharedOctets[slot];
        if (known != null && known.equals(octets)) {
            return known;
        }
        sharedOctets[slot] = octets;
        return octets;
    }

    private static long number(Cursor cursor) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int digits = cursor.u8();
            value |= (long) (digits & 0x7f) << shift;
            if (digits < 0x80) {
                break;
            }
        }
        return value >>> 1 ^ -(value & 1);
    }
}
