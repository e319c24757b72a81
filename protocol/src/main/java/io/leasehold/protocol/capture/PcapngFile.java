package io.leasehold.protocol.capture;

import io.leasehold.protocol.wire.Octets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newer format: sections, each in its own byte order and with its own interfaces, of blocks
 * that have their length at both ends. A block whose content is damaged is passed over; one whose
 * length is damaged ends the reading, since where the next begins would be a guess.
 */
final class PcapngFile implements CaptureReader.Format {
    static final int SECTION_HEADER = 0x0a0d0d0a;

    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER = 0x1a2b3c4d;
    private static final int TYPE_BYTES = 4;
    private static final int FRAME_BYTES = 12;
    private static final int SECTION_BYTES_MIN = 28;
    private static final int INTERFACES_MAX = 65_536;

    private static final int IF_NAME = 2;
    private static final int IF_TSRESOL = 9;
    private static final int IF_TSOFFSET = 14;
    private static final int EPB_FLAGS = 2;

    private final FileBytes file;
    private final List<PcapngInterface> interfaces = new ArrayList<>();
    private boolean little;
    private int earlierInterfaces;
    private boolean typeTaken = true;

    /** The file's first four bytes, a section header's type, are read already. */
    PcapngFile(FileBytes file) {
        this.file = file;
    }

    @Override
    public CaptureRead next() throws IOException {
        while (true) {
            CaptureRead read = block();
            if (read != null) {
                return read;
            }
        }
    }

    /** Reads a block; null where it holds nothing for who reads frames. */
    private @Nullable CaptureRead block() throws IOException {
        long offset = file.offset();
        int type = SECTION_HEADER;
        if (typeTaken) {
            offset -= TYPE_BYTES;
            typeTaken = false;
        } else {
            byte[] bytes = file.take(TYPE_BYTES);
            if (bytes.length == 0) {
                return new CaptureRead.Ended(offset);
            }
            OrderedCursor cursor = new OrderedCursor(bytes, little);
            type = cursor.i32();
            if (cursor.overrun()) {
                return cut(offset, bytes.length, FRAME_BYTES);
            }
        }
        byte[] length = file.take(4);
        if (length.length < 4) {
            return cut(offset, TYPE_BYTES + length.length, FRAME_BYTES);
        }
        byte[] order = new byte[0];
        if (type == SECTION_HEADER) {
            order = file.take(4);
            String wrong = readByteOrder(order);
            if (wrong != null) {
                return new CaptureRead.Stopped(offset, wrong);
            }
        }
        return body(offset, type, new OrderedCursor(length, little).u32(), order.length);
    }

    private @Nullable CaptureRead body(long offset, int type, long blockBytes, int taken)
            throws IOException {
        int least = type == SECTION_HEADER ? SECTION_BYTES_MIN : FRAME_BYTES;
        if (blockBytes < least
                || blockBytes % 4 != 0
                || blockBytes > CaptureReader.RECORD_BYTES_MAX) {
            return new CaptureRead.Stopped(
                    offset,
                    "a block of "
                            + blockBytes
                            + " bytes, expected a multiple of 4 from "
                            + least
                            + " to "
                            + CaptureReader.RECORD_BYTES_MAX);
        }
        int bodyBytes = (int) blockBytes - FRAME_BYTES - taken;
        byte[] body = file.take(bodyBytes);
        byte[] again = file.take(4);
        if (again.length < 4) {
            return cut(offset, file.offset() - offset, blockBytes);
        }
        long lengthAgain = new OrderedCursor(again, little).u32();
        if (lengthAgain != blockBytes) {
            return new CaptureRead.Stopped(
                    offset,
                    "a block whose length is "
                            + blockBytes
                            + " at its start and "
                            + lengthAgain
                            + " at its end");
        }
        return content(offset, type, new OrderedCursor(body, little));
    }

    private @Nullable String readByteOrder(byte[] order) {
        int value = new OrderedCursor(order, false).i32();
        if (order.length < 4) {
            return "a section's header is cut off: " + (8 + order.length) + " bytes of 28";
        }
        if (value != BYTE_ORDER && Integer.reverseBytes(value) != BYTE_ORDER) {
            return "a section whose byte order is "
                    + Octets.of(order)
                    + ", expected 1a:2b:3c:4d or its reverse";
        }
        little = value != BYTE_ORDER;
        return null;
    }

    private static CaptureRead cut(long offset, long have, long wanted) {
        return new CaptureRead.Stopped(
                offset, "a block is cut off: " + have + " bytes of " + wanted + " or more");
    }

    private @Nullable CaptureRead content(long offset, int type, OrderedCursor body) {
        return switch (type) {
            case SECTION_HEADER -> section(offset, body);
            case INTERFACE_DESCRIPTION -> describe(offset, body);
            case ENHANCED_PACKET -> enhanced(offset, body);
            case OBSOLETE_PACKET -> obsolete(offset, body);
            case SIMPLE_PACKET -> simple(offset, body);
            // Names, statistics, secrets, and what others have invented.
            default -> null;
        };
    }

    private @Nullable CaptureRead section(long offset, OrderedCursor body) {
        int major = body.u16();
        earlierInterfaces += interfaces.size();
        interfaces.clear();
        return major == 1
                ? null
                : new CaptureRead.Stopped(offset, "pcapng of version " + major + ", expected 1");
    }

    private @Nullable CaptureRead describe(long offset, OrderedCursor body) {
        int linkType = body.u16();
        body.skip(2);
        long snapBytes = body.u32();
        if (body.overrun() || interfaces.size() >= INTERFACES_MAX) {
            return new CaptureRead.Stopped(
                    offset,
                    body.overrun()
                            ? "an interface description of less than 8 bytes"
                            : "more than " + INTERFACES_MAX + " interfaces");
        }
        String name = "";
        int resolution = PcapngInterface.MICROSECONDS;
        long offsetSeconds = 0;
        for (Option each = option(body); each != null; each = option(body)) {
            byte[] value = each.value().toBytes();
            if (each.code() == IF_NAME) {
                name = new String(value, StandardCharsets.UTF_8);
            } else if (each.code() == IF_TSRESOL && value.length == 1) {
                resolution = value[0] & 0xff;
            } else if (each.code() == IF_TSOFFSET && value.length == 8) {
                offsetSeconds = new OrderedCursor(value, little).u64();
            }
        }
        CaptureInterface source =
                new CaptureInterface(earlierInterfaces + interfaces.size(), name, linkType);
        interfaces.add(new PcapngInterface(source, snapBytes, resolution, offsetSeconds));
        return null;
    }

    private CaptureRead enhanced(long offset, OrderedCursor body) {
        long number = body.u32();
        long units = body.u32() << 32 | body.u32();
        long captured = body.u32();
        long original = body.u32();
        byte[] octets = body.bytes(captured);
        if (body.overrun()) {
            return overlong(offset, captured);
        }
        body.skip((int) (-captured & 3));
        Direction direction = Direction.UNKNOWN;
        for (Option each = option(body); each != null; each = option(body)) {
            if (each.code() == EPB_FLAGS && each.value().length() == 4) {
                direction = Direction.of(new OrderedCursor(each.value().toBytes(), little).i32());
            }
        }
        return frame(offset, number, units, direction, original, octets);
    }

    private CaptureRead obsolete(long offset, OrderedCursor body) {
        int number = body.u16();
        body.skip(2);
        long units = body.u32() << 32 | body.u32();
        long captured = body.u32();
        long original = body.u32();
        byte[] octets = body.bytes(captured);
        return body.overrun()
                ? overlong(offset, captured)
                : frame(offset, number, units, Direction.UNKNOWN, original, octets);
    }

    private CaptureRead simple(long offset, OrderedCursor body) {
        long original = body.u32();
        if (interfaces.isEmpty()) {
            return unknownInterface(offset, 0);
        }
        PcapngInterface from = interfaces.get(0);
        long snap = from.snapBytes() == 0 ? original : Math.min(original, from.snapBytes());
        byte[] octets = body.bytes(Math.min(snap, body.remaining()));
        if (body.overrun() || octets.length < snap) {
            return overlong(offset, snap);
        }
        return new CaptureRead.Frame(
                new CapturedFrame(
                        offset,
                        from.source(),
                        CapturedFrame.NO_TIME,
                        Direction.UNKNOWN,
                        original,
                        Octets.of(octets)));
    }

    private CaptureRead frame(
            long offset,
            long number,
            long units,
            Direction direction,
            long original,
            byte[] octets) {
        if (number >= interfaces.size()) {
            return unknownInterface(offset, number);
        }
        PcapngInterface from = interfaces.get((int) number);
        return new CaptureRead.Frame(
                new CapturedFrame(
                        offset,
                        from.source(),
                        from.epochNanos(units),
                        direction,
                        original,
                        Octets.of(octets)));
    }

    private CaptureRead unknownInterface(long offset, long number) {
        return new CaptureRead.Skipped(
                offset,
                "a frame of interface "
                        + number
                        + ", and its section has described "
                        + interfaces.size());
    }

    private static CaptureRead overlong(long offset, long captured) {
        return new CaptureRead.Skipped(
                offset, "a frame of " + captured + " bytes, more than its block has");
    }

    private record Option(int code, Octets value) {}

    /** The next option; null at their end, and where they are damaged: they only describe. */
    private static @Nullable Option option(OrderedCursor body) {
        int code = body.u16();
        int length = body.u16();
        byte[] value = body.bytes(length);
        if (body.overrun() || code == 0) {
            return null;
        }
        // The padding of the last one may be missing where its writer was careless.
        body.skip(Math.min(-length & 3, body.remaining()));
        return new Option(code, Octets.of(value));
    }
}
