package io.leasehold.app.bench;

import io.leasehold.protocol.wire.Ip4Address;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of what clients were told: {@code ack CLIENT ADDRESS END} and {@code release CLIENT
 * ADDRESS TIME}, times in seconds since 1970. What it says was received before the line was
 * written, so a server that is killed at any moment has to know every lease in it.
 */
final class HoldLog implements AutoCloseable {
    private final BufferedWriter out;
    private final StringBuilder lines = new StringBuilder();

    private HoldLog(BufferedWriter out) {
        this.out = out;
    }

    static HoldLog append(Path file) throws IOException {
        return new HoldLog(
                Files.newBufferedWriter(
                        file,
                        StandardCharsets.US_ASCII,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND));
    }

    void acked(String client, int address, long endSeconds) {
        line("ack", client, address, endSeconds);
    }

    void released(String client, int address, long nowSeconds) {
        line("release", client, address, nowSeconds);
    }

    private void line(String what, String client, int address, long seconds) {
        lines.append(what).append(' ').append(client).append(' ');
        lines.append(Ip4Address.of(address)).append(' ').append(seconds).append('\n');
    }

    /** Hands all lines so far to the system. */
    void flush() throws IOException {
        out.append(lines);
        out.flush();
        lines.setLength(0);
    }

    @Override
    public void close() throws IOException {
        flush();
        out.close();
    }
}
