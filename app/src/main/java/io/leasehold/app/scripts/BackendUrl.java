package io.leasehold.app.scripts;

import io.leasehold.netboot.script.ScriptMachine;
import io.leasehold.netboot.script.ScriptTemplate;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What is asked of an HTTP server for one machine. */
public final class BackendUrl {
    private static final int PORT_MAX = 65_535;
    private static final String NAME = "\\$\\{[a-z][a-z0-9-]*\\}";

    private BackendUrl() {}

    /**
     * Fills values into a URL. One without a name in it gets them all as a query.
     *
     * @param values what is known of the machine, and the user's own; a name without one is left
     *     out
     * @throws IllegalArgumentException says in one line why it is no URL that can be asked
     */
    public static URI of(String url, Map<String, String> values) {
        Map<String, String> escaped = new LinkedHashMap<>();
        values.forEach((name, value) -> escaped.put(name, escaped(value)));
        String filled =
                new String(
                                ScriptTemplate.fill(url.getBytes(StandardCharsets.UTF_8), escaped),
                                StandardCharsets.UTF_8)
                        .replaceAll(NAME, "");
        if (filled.equals(url)) {
            StringBuilder query = new StringBuilder();
            new TreeMap<>(escaped)
                    .forEach(
                            (name, value) ->
                                    query.append(query.isEmpty() ? "" : "&")
                                            .append(name)
                                            .append('=')
                                            .append(value));
            filled += (url.contains("?") ? "&" : "?") + query;
        }
        try {
            URI uri = new URI(filled);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (uri.getUserInfo() != null) {
                throw new IllegalArgumentException("expected no user and password in it");
            }
            if (http
                    && uri.getHost() != null
                    && uri.getFragment() == null
                    && uri.getPort() <= PORT_MAX) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(EXPECTED + " (" + e.getReason() + ")", e);
        }
        throw new IllegalArgumentException(EXPECTED);
    }

    private static final String EXPECTED =
            "expected a URL such as http://10.0.0.5/boot or http://10.0.0.5/v1/boot/${mac}";

    /** Colons may stand where values do, and addresses are easier to read with them. */
    private static String escaped(String value) {
        return ScriptMachine.escaped(value).replace("%3A", ":");
    }
}
