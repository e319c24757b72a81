package io.leasehold.app.bootfiles;

import io.leasehold.netboot.files.BootRoot;
import java.io.IOException;
import java.net.BindException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server of boot files. Handlers run on virtual threads, and wait for no client. */
final class FileHttp implements AutoCloseable {
    /** Accepting and selecting only: what a request does runs elsewhere. */
    private static final int THREADS_MAX = 16;

    private static final int CONNECTIONS_MAX = 10_000;
    private static final int HEADER_BYTES_MAX = 16 * 1024;

    /** A client that asks nothing, or takes nothing of what it asked for, is let go. */
    private static final int IDLE_MILLIS = 30_000;

    private static final int QUEUE_MAX = 1024;

    private final Server server;

    private FileHttp(Server server) {
        this.server = server;
    }

    /**
     * Listens on all addresses, and serves from then on.
     *
     * @throws IOException says in one line why the port cannot be had
     */
    static FileHttp start(
            int port, BootRoot files, MadeFiles made, ServedAddresses served, BootFileLog log)
            throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX);
        threads.setName("http");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        Server server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(HEADER_BYTES_MAX);
        // Scripts join paths with two slashes; what a path may not be, BootPath knows.
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        listen(server, configuration, port);
        server.addBean(new NetworkConnectionLimit(CONNECTIONS_MAX, server));
        server.setHandler(new FileHandler(files, made, served, log));
        FileHttp http = new FileHttp(server);
        try {
            server.start();
        } catch (Exception e) {
            http.close();
            throw new IOException(cause(e, port), e);
        }
        return http;
    }

    private static void listen(Server server, HttpConfiguration configuration, int port) {
        ServerConnector connector =
                new ServerConnector(server, 1, -1, new HttpConnectionFactory(configuration)) {
                    @Override
                    protected SocketChannelEndPoint newEndPoint(
                            SocketChannel channel, ManagedSelector selector, SelectionKey key) {
                        FileEndPoint endPoint =
                                new FileEndPoint(channel, selector, key, getScheduler());
                        endPoint.setIdleTimeout(getIdleTimeout());
                        return endPoint;
                    }
                };
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setAcceptQueueSize(QUEUE_MAX);
        server.addConnector(connector);
    }

    private static String cause(Exception e, int port) {
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof BindException)) {
            cause = cause.getCause();
        }
        return "cannot serve HTTP on port " + port + ": " + cause.getMessage();
    }

    /** Cuts off what is under way. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            System.getLogger("leasehold.files")
                    .log(System.Logger.Level.WARNING, "HTTP did not end in good order: " + e);
        }
    }
}
