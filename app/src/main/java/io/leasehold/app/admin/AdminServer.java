package io.leasehold.app.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.leasehold.app.run.Health;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The admin endpoint: {@code /livez}, {@code /readyz} and {@code /metrics} over HTTP. Whoever can
 * reach its port can ask; there is nothing that can be changed, and no more is done for all who ask
 * than its bounds say.
 */
public final class AdminServer implements Closeable {
    private static final System.Logger LOG = System.getLogger("leasehold.admin");
    private static final String TEXT = "text/plain; charset=utf-8";

    /** Answers that are made at one time; more are told to come again. */
    private static final int ANSWERS_MAX = 4;

    /** Bounds of the JDK's server, which it takes as system properties, once. */
    private static final List<String[]> BOUNDS =
            List.of(
                    new String[] {"jdk.httpserver.maxConnections", "64"},
                    new String[] {"sun.net.httpserver.maxIdleConnections", "8"},
                    new String[] {"sun.net.httpserver.idleInterval", "10"},
                    new String[] {"sun.net.httpserver.maxReqTime", "5"},
                    new String[] {"sun.net.httpserver.maxRspTime", "10"},
                    new String[] {"sun.net.httpserver.maxReqHeaders", "64"},
                    new String[] {"sun.net.httpserver.maxReqHeaderSize", "16384"});

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore answers = new Semaphore(ANSWERS_MAX);
    private final Health health;
    private final Supplier<MetricSnapshots> metrics;

    private AdminServer(HttpServer server, Health health, Supplier<MetricSnapshots> metrics) {
        this.server = server;
        this.health = health;
        this.metrics = metrics;
    }

    /**
     * Listens, and answers until what it returns is closed.
     *
     * @param address null for nowhere
     * @param metrics what was counted, asked from any thread
     * @throws IOException says in one line why the address cannot be had
     */
    public static Closeable start(
            @Nullable InetSocketAddress address, Health health, Supplier<MetricSnapshots> metrics)
            throws IOException {
        if (address == null) {
            return () -> {};
        }
        for (String[] bound : BOUNDS) {
            if (System.getProperty(bound[0]) == null) {
                System.setProperty(bound[0], bound[1]);
            }
        }
        String where = address.getAddress().getHostAddress() + ":" + address.getPort();
        HttpServer http;
        try {
            http = HttpServer.create(address, 0);
        } catch (BindException e) {
            throw new IOException("--admin " + where + ": " + e.getMessage(), e);
        }
        AdminServer admin = new AdminServer(http, health, metrics);
        http.setExecutor(admin.threads);
        http.createContext("/", admin::answer);
        http.start();
        LOG.log(Level.DEBUG, "admin endpoint at " + where);
        return admin;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, 405, TEXT, bytes("only GET and HEAD"));
            } else if (!answers.tryAcquire()) {
                send(exchange, 503, TEXT, bytes("too many ask at once"));
            } else {
                try {
                    answer(exchange, exchange.getRequestURI().getPath());
                } finally {
                    answers.release();
                }
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the admin endpoint failed: " + e, e);
            throw e;
        }
    }

    private void answer(HttpExchange exchange, String path) throws IOException {
        switch (path) {
            case "/livez" -> {
                String dead = health.dead();
                send(exchange, dead == null ? 200 : 503, TEXT, bytes(dead == null ? "ok" : dead));
            }
            case "/readyz" -> {
                List<String> missing = health.problems();
                String text = missing.isEmpty() ? "ok" : String.join("\n", missing);
                send(exchange, missing.isEmpty() ? 200 : 503, TEXT, bytes(text));
            }
            case "/metrics" -> {
                PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
                ByteArrayOutputStream text = new ByteArrayOutputStream(4096);
                writer.write(text, metrics.get(), EscapingScheme.ALLOW_UTF8);
                send(exchange, 200, writer.getContentType(), text.toByteArray());
            }
            default -> send(exchange, 404, TEXT, bytes("there are /livez, /readyz and /metrics"));
        }
    }

    private static byte[] bytes(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int code, String type, byte[] body)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(code, -1);
            return;
        }
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
