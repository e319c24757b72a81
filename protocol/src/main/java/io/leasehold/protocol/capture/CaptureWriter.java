package io.leasehold.protocol.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a capture file, pcapng in little-endian order with times in nanoseconds. It keeps what it
 * writes in memory until there is much of it, or {@link #flush}. Not for several threads.
 */
public final class CaptureWriter implements Closeable {
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int NANOSECONDS = 9;
    private static final int NAME_BYTES_MAX = 1024;

    private static final int OPTION_END = 0;
    private static final int SHB_USERAPPL = 4;
    private static final int IF_NAME = 2;
    private static final int IF_TSRESOL = 9;
    private static final int EPB_FLAGS = 2;
    private static final int ISB_IFRECV = 4;
    private static final int ISB_IFDROP = 5;

    private final OutputStream out;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int length;
    private int interfaces;

    /**
     * Begins a file.
     *
     * @param out closed with the writer
     * @param application what the file says that it was written by, up to 1,024 bytes of UTF-8
     */
    public CaptureWriter(OutputStream out, String application) {
        this.out = out;
        byte[] name = application.getBytes(StandardCharsets.UTF_8);
        int start = begin(PcapngFile.SECTION_HEADER);
        u32(0x1a2b3c4d);
        u16(1);
        u16(0);
        u64(-1);
        option(SHB_USERAPPL, name);
        option(OPTION_END, new byte[0]);
        end(start);
    }

    /**
     * Describes an interface.
     *
     * @param name up to 1,024 bytes of UTF-8
     * @param linkType how its frames begin, one of {@link LinkType}
     * @return its number
     */
    public int addInterface(String name, int linkType) throws IOException {
        makeRoom(2 * NAME_BYTES_MAX);
        int start = begin(1);
        u16(linkType);
        u16(0);
        u32(0);
        option(IF_NAME, name.getBytes(StandardCharsets.UTF_8));
        option(IF_TSRESOL, new byte[] {NANOSECONDS});
        option(OPTION_END, new byte[0]);
        end(start);
        return interfaces++;
    }

    /**
     * Writes a frame.
     *
     * @param interfaceNumber what {@link #addInterface} gave
     * @param epochNanos when it was captured, in nanoseconds since 1970
     * @param originalBytes its length on the wire
     */
    public void frame(
            int interfaceNumber,
            long epochNanos,
            Direction direction,
            int originalBytes,
            byte[] bytes,
            int offset,
            int count)
            throws IOException {
        check(interfaceNumber);
        makeRoom(count + 64);
        int start = begin(6);
        u32(interfaceNumber);
        u32((int) (epochNanos >>> 32));
        u32((int) epochNanos);
        u32(count);
        u32(originalBytes);
        System.arraycopy(bytes, offset, buffer, length, count);
        length += count;
        pad();
        if (direction != Direction.UNKNOWN) {
            u16(EPB_FLAGS);
            u16(4);
            u32(direction.code());
            option(OPTION_END, new byte[0]);
        }
        end(start);
    }

    /**
     * Writes what became of an interface's frames, at the end of a capture.
     *
     * @param received how many the kernel took for the capture, those lost included
     * @param dropped how many of these were lost
     */
    public void statistics(int interfaceNumber, long epochNanos, long received, long dropped)
            throws IOException {
        check(interfaceNumber);
        makeRoom(128);
        int start = begin(5);
        u32(interfaceNumber);
        u32((int) (epochNanos >>> 32));
        u32((int) epochNanos);
        u16(ISB_IFRECV);
        u16(8);
        u64(received);
        u16(ISB_IFDROP);
        u16(8);
        u64(dropped);
        option(OPTION_END, new byte[0]);
        end(start);
    }

    private void check(int interfaceNumber) {
        if (interfaceNumber < 0 || interfaceNumber >= interfaces) {
            throw new IllegalArgumentException(
                    "interface " + interfaceNumber + " of " + interfaces);
        }
    }

    /** Hands all that was written to the stream. */
    public void flush() throws IOException {
        out.write(buffer, 0, length);
        length = 0;
        out.flush();
    }

    @Override
    public void close() throws IOException {
        try (out) {
            flush();
        }
    }

    private void makeRoom(int count) throws IOException {
        if (length + count > buffer.length) {
            out.write(buffer, 0, length);
            length = 0;
            if (count > buffer.length) {
                buffer = new byte[count];
            }
        }
    }

    private int begin(int type) {
        int start = length;
        u32(type);
        u32(0);
        return start;
    }

    private void end(int start) {
        int bytes = length + 4 - start;
        int end = length;
        length = start + 4;
        u32(bytes);
        length = end;
        u32(bytes);
    }

    private void option(int code, byte[] value) {
        int count = Math.min(value.length, NAME_BYTES_MAX);
        u16(code);
        u16(count);
        System.arraycopy(value, 0, buffer, length, count);
        length += count;
        pad();
    }

    private void pad() {
        int padded = (length + 3) & ~3;
        Arrays.fill(buffer, length, padded, (byte) 0);
        length = padded;
    }

    private void u16(int value) {
        buffer[length++] = (byte) value;
        buffer[length++] = (byte) (value >>> 8);
    }

    private void u32(int value) {
        u16(value);
        u16(value >>> 16);
    }

    private void u64(long value) {
        u32((int) value);
        u32((int) (value >>> 32));
    }
}
