package io.leasehold.lease;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Octets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Gathers records into a frame: magic (4), length of the payload (4), CRC32C over the file's salt,
 * the length and the payload (4), then the payload, one record after the other.
 *
 * <p>A record is its {@link RecordType} and its fields, big-endian; a number of seconds is zigzag
 * and base 128, low digits first.
 */
final class FrameEncoder {
    static final int MAGIC = 0x4c48_4652;
    static final int HEADER_BYTES = 12;

    /** A payload is closed once it has this many bytes, so that a sync has a bounded size. */
    static final int PAYLOAD_BYTES_FULL = 1 << 20;

    /** No payload is longer: what was there before it was full, and one record. */
    static final int PAYLOAD_BYTES_MAX = 2 << 20;

    /** How long a client id, a host name in UTF-8 and option 82 may be. */
    static final int FIELD_BYTES_MAX = 65_535;

    private byte[] bytes = new byte[4096];
    private int length = HEADER_BYTES;
    private final CRC32C crc = new CRC32C();

    /** Forgets all records. */
    void clear() {
        length = HEADER_BYTES;
    }

    boolean isEmpty() {
        return length == HEADER_BYTES;
    }

    boolean isFull() {
        return length - HEADER_BYTES >= PAYLOAD_BYTES_FULL;
    }

    /** Refuses what the format has no room for: nothing that comes in one datagram. */
    static void check(Lease lease) {
        int client = lease.client() instanceof ClientKey.ById(Octets id) ? id.length() : 0;
        if (client > FIELD_BYTES_MAX
                || lease.agentInformation().length() > FIELD_BYTES_MAX
                || lease.hostName().length() > FIELD_BYTES_MAX / 3) {
            throw new IllegalArgumentException(
                    "the lease of " + lease.address() + " has a field that is too long");
        }
    }

    void put(Lease lease) {
        reserve(64);
        u8(RecordType.PUT);
        u32(lease.address().bits());
        u32(lease.serverId().bits());
        boolean forever = lease.endSeconds() == Lease.FOREVER;
        boolean named = !lease.hostName().isEmpty();
        boolean relayed = lease.agentInformation().length() > 0;
        int client =
                switch (lease.client()) {
                    case ClientKey.ByHardware(HardwareAddress address) ->
                            address.equals(lease.hardware())
                                    ? RecordType.CLIENT_IS_HARDWARE
                                    : RecordType.CLIENT_BY_OTHER_HARDWARE;
                    case ClientKey.ById ignored -> RecordType.CLIENT_BY_ID;
                };
        u8(
                RecordType.codeOf(lease.state())
                        | client
                        | (forever ? RecordType.FOREVER : 0)
                        | (named ? RecordType.NAMED : 0)
                        | (relayed ? RecordType.RELAYED : 0));
        number(lease.startSeconds());
        if (!forever) {
            number(lease.endSeconds() - lease.startSeconds());
        }
        hardware(lease.hardware());
        switch (lease.client()) {
            case ClientKey.ByHardware(HardwareAddress address) -> {
                if (client == RecordType.CLIENT_BY_OTHER_HARDWARE) {
                    hardware(address);
                }
            }
            case ClientKey.ById(Octets id) -> field(id.toBytes());
        }
        if (named) {
            field(lease.hostName().getBytes(StandardCharsets.UTF_8));
        }
        if (relayed) {
            field(lease.agentInformation().toBytes());
        }
    }

    void change(LeaseChange change) {
        switch (change) {
            case LeaseChange.Put(Lease lease) -> put(lease);
            case LeaseChange.Remove remove -> {
                reserve(5);
                u8(RecordType.REMOVE);
                u32(remove.address().bits());
            }
            case LeaseChange.Shift(long seconds) -> numbered(RecordType.SHIFT, seconds);
        }
    }

    void mark(ClockMark mark) {
        reserve(1 + ClockMark.BOOT_ID_BYTES);
        u8(RecordType.CLOCK_MARK);
        raw(mark.bootId().toBytes());
        reserve(10);
        number(mark.offsetMillis());
    }

    void wall(long seconds) {
        numbered(RecordType.WALL, seconds);
    }

    void end(long leases) {
        numbered(RecordType.END, leases);
    }

    /** The whole frame; good until the next record is added. */
    ByteBuffer seal(long salt) {
        int payload = length - HEADER_BYTES;
        ByteBuffer frame = ByteBuffer.wrap(bytes, 0, length);
        frame.putInt(0, MAGIC).putInt(4, payload);
        frame.putInt(8, checksum(crc, salt, bytes, 0, payload));
        return frame;
    }

    /** The checksum of a frame whose first byte is at an offset of an array. */
    static int checksum(CRC32C crc, long salt, byte[] bytes, int offset, int payload) {
        crc.reset();
        for (int shift = 56; shift >= 0; shift -= 8) {
            crc.update((int) (salt >>> shift) & 0xff);
        }
        crc.update(bytes, offset + 4, 4);
        crc.update(bytes, offset + HEADER_BYTES, payload);
        return (int) crc.getValue();
    }

    private void numbered(int type, long value) {
        reserve(11);
        u8(type);
        number(value);
    }

    private void hardware(HardwareAddress address) {
        reserve(18);
        u8(address.type());
        u8(address.length());
        raw(address.toBytes());
    }

    private void field(byte[] value) {
        reserve(2);
        u8(value.length >> 8);
        u8(value.length);
        raw(value);
    }

    private void number(long value) {
        reserve(10);
        long rest = value << 1 ^ value >> 63;
        while ((rest & ~0x7fL) != 0) {
            u8((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        u8((int) rest);
    }

    private void u8(int value) {
        bytes[length++] = (byte) value;
    }

    private void u32(int value) {
        u8(value >> 24);
        u8(value >> 16);
        u8(value >> 8);
        u8(value);
    }

    private void raw(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    private void reserve(int count) {
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
