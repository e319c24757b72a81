package io.leasehold.app.scripts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server of a user's, which may do anything, on a port of its own. */
final class UserServer implements AutoCloseable {
    /** What it does with a connection, once it has read the request. */
    interface Conduct {
        void answer(OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    final List<String> asked = new CopyOnWriteArrayList<>();

    UserServer(Conduct conduct) throws IOException {
        Thread.ofVirtual().start(() -> accept(conduct));
    }

    /** One that answers with a status, headers and a body. */
    static UserServer of(String status, String headers, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new UserServer(
                out -> {
                    String head =
                            "HTTP/1.1 %s\r\n%sContent-Length: %d\r\n\r\n"
                                    .formatted(status, headers, bytes.length);
                    out.write(head.getBytes(StandardCharsets.US_ASCII));
                    out.write(bytes);
                });
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    private void accept(Conduct conduct) {
        try {
            while (true) {
                Socket connection = socket.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection, conduct));
            }
        } catch (SocketException e) {
            // It was closed.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket connection, Conduct conduct) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(
                                    connection.getInputStream(), StandardCharsets.US_ASCII));
            asked.add(in.readLine());
            String line = in.readLine();
            while (line != null && !line.isEmpty()) {
                line = in.readLine();
            }
            conduct.answer(connection.getOutputStream());
        } catch (IOException | InterruptedException e) {
            // Whoever asked has gone.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket each : connections) {
            each.close();
        }
    }
}
