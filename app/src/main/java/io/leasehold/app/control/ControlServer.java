package io.leasehold.app.control;

import io.leasehold.app.Printable;
import io.leasehold.link.User;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * Answers commands on a socket that only the server's own user may open. A request is one line:
 * {@code reload}, {@code clear 192.168.1.7} or {@code status}. The answer is lines, of which the
 * last is {@code ok}, or {@code error:} and why.
 */
public final class ControlServer implements AutoCloseable {
    private static final String ROOM = "control";

    /** The socket's name within the data directory, in a directory of its own. */
    public static final String SOCKET = ROOM + "/socket";

    static final int REQUEST_BYTES_MAX = 1024;
    static final int CONNECTIONS_MAX = 8;

    private static final int CONNECTION_SECONDS_MAX = 60;
    private static final System.Logger LOG = System.getLogger(ControlServer.class.getName());

    private final Path socket;
    private final ServerSocketChannel listener;
    private final ControlHandler handler;
    private final Semaphore connections = new Semaphore(CONNECTIONS_MAX);
    private final Thread acceptor;

    private ControlServer(Path socket, ServerSocketChannel listener, ControlHandler handler) {
        this.socket = socket;
        this.listener = listener;
        this.handler = handler;
        this.acceptor = Thread.ofVirtual().name("leasehold-control").unstarted(this::accept);
    }

    /**
     * Starts to answer. The caller holds the directory's lock, or has asked there, so that a socket
     * which is there already is one that a process left behind.
     *
     * @param data the data directory, made where it is not there
     * @param becoming whom the process becomes later, and who takes the socket away in the end;
     *     null when it stays who it is
     */
    public static ControlServer start(Path data, @Nullable User becoming, ControlHandler handler)
            throws IOException {
        Path socket = data.resolve(SOCKET);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            Files.createDirectories(data);
            Files.deleteIfExists(socket);
            makeRoom(data.resolve(ROOM), becoming);
            listener.bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            listener.close();
            throw new IOException("cannot make the control socket " + socket + ": " + e, e);
        }
        ControlServer server = new ControlServer(socket, listener, handler);
        server.acceptor.start();
        return server;
    }

    /**
     * Makes the directory of the socket anew, which no stranger may enter: so none can connect, and
     * whoever the process becomes can delete there.
     */
    private static void makeRoom(Path room, @Nullable User becoming) throws IOException {
        Files.deleteIfExists(room);
        Files.createDirectory(
                room,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (becoming != null) {
            Files.setAttribute(room, "unix:uid", becoming.uid());
        }
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                SocketChannel channel = listener.accept();
                if (connections.tryAcquire()) {
                    Thread.ofVirtual().start(() -> serve(channel));
                } else {
                    channel.close();
                }
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "control socket: " + e.getMessage());
                pause();
            }
        }
    }

    /** After a failure such as too many open files, which would only come again at once. */
    private static void pause() {
        try {
            Thread.sleep(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(SocketChannel channel) {
        Thread watch = Thread.ofVirtual().start(() -> closeInTime(channel));
        try (channel) {
            send(channel, answer(request(channel), asker(channel)));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "control connection: " + e.getMessage());
        } finally {
            watch.interrupt();
            connections.release();
        }
    }

    private static void closeInTime(SocketChannel channel) {
        try {
            Thread.sleep(Duration.ofSeconds(CONNECTION_SECONDS_MAX));
            channel.close();
        } catch (InterruptedException done) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "control connection: " + e.getMessage());
        }
    }

    private static String asker(SocketChannel channel) throws IOException {
        return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
    }

    /** The line asked, without its end; empty when it is too long or does not end. */
    private static String request(SocketChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(REQUEST_BYTES_MAX);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            for (int i = 0; i < bytes.position(); i++) {
                if (bytes.get(i) == '\n') {
                    return new String(bytes.array(), 0, i, StandardCharsets.UTF_8);
                }
            }
        }
        return "";
    }

    private ControlAnswer answer(String request, String asker) {
        try {
            if (request.equals("reload")) {
                return handler.reload();
            }
            if (request.equals("status")) {
                return handler.status();
            }
            if (request.startsWith("clear ")) {
                return handler.clear(Ip4Address.parse(request.substring("clear ".length())), asker);
            }
            String expected = ", expected reload, clear ADDRESS or status";
            return ControlAnswer.refused(
                    List.of(), "found " + Printable.quoted(request) + expected);
        } catch (IllegalArgumentException e) {
            return ControlAnswer.refused(List.of(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a control request failed by a fault", e);
            return ControlAnswer.refused(List.of(), "the server failed by a fault: " + e);
        }
    }

    private static void send(SocketChannel channel, ControlAnswer answer) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : answer.lines()) {
            text.append(Printable.of(line)).append('\n');
        }
        text.append(answer.isOk() ? "ok" : "error: " + Printable.of(answer.error())).append('\n');
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            int written = channel.write(bytes);
            if (written < 0) {
                throw new IOException("the asker is gone");
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (listener) {
            Files.deleteIfExists(socket);
        }
    }
}
