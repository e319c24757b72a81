package io.leasehold.protocol.capture;

import java.io.ByteArrayOutputStream;

/** Builds capture files field by field, in either byte order, for tests. */
final class CaptureBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final boolean little;

    CaptureBytes(boolean little) {
        this.little = little;
    }

    CaptureBytes u16(int value) {
        out.write(little ? value : value >> 8);
        out.write(little ? value >> 8 : value);
        return this;
    }

    CaptureBytes u32(long value) {
        int low = (int) value & 0xffff;
        int high = (int) (value >> 16) & 0xffff;
        return little ? u16(low).u16(high) : u16(high).u16(low);
    }

    CaptureBytes bytes(int... values) {
        for (int value : values) {
            out.write(value);
        }
        return this;
    }

    CaptureBytes bytes(byte[] values) {
        out.writeBytes(values);
        return this;
    }

    /** A block of pcapng around a body, which is padded. */
    CaptureBytes block(int type, CaptureBytes body) {
        byte[] content = body.toBytes();
        int padding = -content.length & 3;
        int length = content.length + padding + 12;
        return u32(type).u32(length).bytes(content).bytes(new byte[padding]).u32(length);
    }

    CaptureBytes section() {
        return block(
                PcapngFile.SECTION_HEADER, like().u32(0x1a2b3c4d).u16(1).u16(0).u32(-1).u32(-1));
    }

    /** An interface whose if_tsresol is given. */
    CaptureBytes describe(int linkType, int resolution) {
        return block(
                1,
                like().u16(linkType)
                        .u16(0)
                        .u32(0)
                        .u16(9)
                        .u16(1)
                        .bytes(resolution, 0, 0, 0)
                        .u16(0)
                        .u16(0));
    }

    /** An empty one in the same byte order. */
    CaptureBytes like() {
        return new CaptureBytes(little);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
