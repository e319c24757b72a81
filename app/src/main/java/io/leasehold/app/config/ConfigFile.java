package io.leasehold.app.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a configuration file as text, or says why that cannot be. */
final class ConfigFile {
    static final int BYTES_MAX = 64 << 20;

    private ConfigFile() {}

    /** The text; null when there is none, and that is reported. */
    static @Nullable String text(Path file, Problems problems) {
        try {
            if (Files.isDirectory(file)) {
                problems.addForFile("found a directory, expected a file");
                return null;
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(BYTES_MAX + 1);
                if (bytes.length > BYTES_MAX) {
                    problems.addForFile("the file is larger than " + (BYTES_MAX >> 20) + " MiB");
                    return null;
                }
                return decode(bytes, problems);
            }
        } catch (NoSuchFileException e) {
            problems.addForFile("there is no such file");
        } catch (AccessDeniedException e) {
            problems.addForFile("may not be read by this user");
        } catch (IOException e) {
            problems.addForFile("cannot be read: " + e.getMessage());
        }
        return null;
    }

    private static @Nullable String decode(byte[] bytes, Problems problems) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            int line = 1;
            int column = 1;
            for (int i = 0; i < text.length(); i++) {
                boolean newLine = text.charAt(i) == '\n';
                line += newLine ? 1 : 0;
                column = newLine ? 1 : column + 1;
            }
            int octet = bytes[in.position()] & 0xff;
            problems.add(
                    line,
                    column,
                    String.format("found the byte 0x%02x, which is not UTF-8 text", octet));
            return null;
        }
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }
}
