package io.leasehold.app.control;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Asks a running server. */
public final class ControlClient {
    private static final int ANSWER_BYTES_MAX = 1 << 20;
    private static final String ERROR = "error: ";

    private ControlClient() {}

    /**
     * Asks one thing.
     *
     * @param data the server's data directory
     * @param request a line such as {@code reload}
     * @return empty when no server listens there
     * @throws IOException when one does and cannot be asked; the message names the socket
     */
    public static Optional<ControlAnswer> ask(Path data, String request) throws IOException {
        Path socket = data.resolve(ControlServer.SOCKET);
        if (Files.notExists(socket)) {
            return Optional.empty();
        }
        if (!Files.exists(socket)) {
            throw new IOException(
                    socket
                            + ": not permitted; ask as root, or as the user that the server runs"
                            + " as");
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            if (!connect(channel, socket)) {
                return Optional.empty();
            }
            ByteBuffer line = ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                if (channel.write(line) < 0) {
                    throw new IOException("the server closed the connection");
                }
            }
            byte[] answer = Channels.newInputStream(channel).readNBytes(ANSWER_BYTES_MAX);
            return Optional.of(parse(new String(answer, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IOException(socket + ": " + e.getMessage(), e);
        }
    }

    private static boolean connect(SocketChannel channel, Path socket) throws IOException {
        try {
            return channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (ConnectException refused) {
            // The socket is there and nobody listens: left behind by a server that was killed.
            return false;
        }
    }

    private static ControlAnswer parse(String text) throws IOException {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty()) {
            throw new IOException("the server closed the connection without an answer");
        }
        String last = lines.getLast();
        List<String> told = lines.subList(0, lines.size() - 1);
        if (last.equals("ok")) {
            return ControlAnswer.ok(told);
        }
        if (last.startsWith(ERROR)) {
            return ControlAnswer.refused(told, last.substring(ERROR.length()));
        }
        throw new IOException("the server's answer breaks off");
    }
}
