package io.leasehold.netboot.tftp;

import io.leasehold.protocol.wire.Cursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what comes to the port of TFTP (RFC 1350 §5, RFC 2347). */
public final class TftpReader {
    static final int READ = 1;
    static final int WRITE = 2;
    static final int DATA = 3;
    static final int ACK = 4;
    static final int ERROR = 5;
    static final int OACK = 6;

    /** RFC 2347 allows 512; clients that send more have long names. */
    private static final int REQUEST_BYTES_MAX = 1468;

    private TftpReader() {}

    /** Reads a datagram. */
    public static TftpAsk read(byte[] bytes, int offset, int length) {
        Cursor cursor = new Cursor(bytes, offset, length);
        int opcode = cursor.u16();
        if (cursor.overrun()) {
            return new TftpAsk.Ignored(TftpAsk.Stray.NO_TFTP);
        }
        return switch (opcode) {
            case READ -> length > REQUEST_BYTES_MAX ? malformed("too long") : request(cursor);
            case WRITE ->
                    new TftpAsk.Refused(TftpErrors.ACCESS_VIOLATION, "nothing can be written here");
            case DATA, ACK, ERROR, OACK -> new TftpAsk.Ignored(TftpAsk.Stray.NOT_A_REQUEST);
            default -> new TftpAsk.Ignored(TftpAsk.Stray.NO_TFTP);
        };
    }

    private static TftpAsk request(Cursor cursor) {
        String name = text(cursor);
        String mode = name == null ? null : text(cursor);
        if (name == null || mode == null) {
            return malformed("file name or mode without its end");
        }
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "octet" -> new TftpAsk.Read(name, TftpMode.OCTET, options(cursor));
            case "netascii" -> new TftpAsk.Read(name, TftpMode.NETASCII, options(cursor));
            default -> malformed("mode is neither octet nor netascii");
        };
    }

    private static TftpAsk malformed(String what) {
        return new TftpAsk.Refused(TftpErrors.ILLEGAL_OPERATION, "bad request: " + what);
    }

    /** An option that is cut off, and one that was there before, count for nothing. */
    private static List<TftpAsk.Option> options(Cursor cursor) {
        List<TftpAsk.Option> options = new ArrayList<>();
        while (cursor.remaining() > 0) {
            String name = text(cursor);
            String value = name == null ? null : text(cursor);
            if (name == null || value == null) {
                break;
            }
            String lower = name.toLowerCase(Locale.ROOT);
            if (options.stream().noneMatch(option -> option.name().equals(lower))) {
                options.add(new TftpAsk.Option(lower, value));
            }
        }
        return options;
    }

    /** Characters up to a NUL; null when none comes. */
    private static @Nullable String text(Cursor cursor) {
        byte[] found = new byte[cursor.remaining()];
        int count = 0;
        while (cursor.remaining() > 0) {
            int next = cursor.u8();
            if (next == 0) {
                return new String(found, 0, count, StandardCharsets.UTF_8);
            }
            found[count++] = (byte) next;
        }
        return null;
    }
}
