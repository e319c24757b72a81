package io.leasehold.app.send;

import io.leasehold.app.Printable;
import io.leasehold.protocol.wire.MessageHex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A datagram in a file: its bytes as they are, or hexadecimal as in {@code corpus/}: digits in
 * pairs, {@code 00*64} for 64 times the same, and comments from # to the end of a line.
 */
public final class MessageFile {
    private static final long FILE_BYTES_MAX = 1 << 20;

    private MessageFile() {}

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read, or is neither; the message names the line
     */
    public static byte[] read(Path file) throws IOException {
        if (Files.size(file) > FILE_BYTES_MAX) {
            throw new IOException(
                    file
                            + ": found "
                            + Files.size(file)
                            + " bytes, expected one message; leasehold snoop --read shows"
                            + " captures");
        }
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length == 0) {
            throw new IOException(file + ": is empty, expected a message");
        }
        byte[] datagram =
                isText(bytes) ? parse(file, new String(bytes, StandardCharsets.UTF_8)) : bytes;
        if (datagram.length > MessageHex.BYTES_MAX) {
            throw new IOException(
                    file
                            + ": found a message of "
                            + datagram.length
                            + " bytes, expected at most "
                            + MessageHex.BYTES_MAX
                            + ", as a datagram holds");
        }
        return datagram;
    }

    /** A message begins with op, which is a control character; its bytes are never all text. */
    private static boolean isText(byte[] bytes) {
        for (byte each : bytes) {
            boolean space = each == '\n' || each == '\r' || each == '\t';
            if (each >= 0 && each < ' ' && !space || each == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static byte[] parse(Path file, String text) throws IOException {
        try {
            return MessageHex.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ", " + Printable.of(e.getMessage() + ""), e);
        }
    }
}
