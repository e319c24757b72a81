package io.leasehold.app.relay;

import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.LabException;
import io.leasehold.link.lab.NamespaceThread;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Asks an admin endpoint over HTTP, on its own host. */
public final class AdminQuestion {
    public static final String ADMIN = "127.0.0.1:9067";

    private AdminQuestion() {}

    public record Answer(int code, String type, String text) {}

    public static Answer ask(Host host, String method, String path) {
        try {
            return NamespaceThread.call(host.namespace(), () -> askHere(method, path));
        } catch (Exception e) {
            throw new LabException("cannot ask for " + path + ": " + e, e);
        }
    }

    private static Answer askHere(String method, String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create("http://" + ADMIN + path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(10_000);
        connection.setReadTimeout(20_000);
        int code = connection.getResponseCode();
        try (InputStream body =
                code < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            String text =
                    body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(code, String.valueOf(connection.getContentType()), text);
        }
    }
}
