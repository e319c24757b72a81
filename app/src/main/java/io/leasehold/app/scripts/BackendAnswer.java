package io.leasehold.app.scripts;

import io.leasehold.app.Printable;
import io.leasehold.netboot.script.KernelScript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an HTTP server says that a machine is to boot.
 *
 * @param script for iPXE
 * @param what in a few words, for the log
 * @param ignored keys that nothing is known of
 */
record BackendAnswer(String script, String what, List<String> ignored) {
    private static final String MAGIC = "#!ipxe";
    private static final int IGNORED_MAX = 5;
    private static final List<String> KERNELS_KEYS =
            List.of("kernel", "initrd", "cmdline", "message");

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    /**
     * Reads the body of an answer: JSON, or a script as it is.
     *
     * @throws IllegalArgumentException says in one line what is wrong with it
     */
    static BackendAnswer read(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.startsWith(MAGIC)) {
            return new BackendAnswer(text, "a script", List.of());
        }
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "found "
                            + Printable.quoted(text)
                            + ", expected JSON, or a script that begins with "
                            + MAGIC
                            + place(e.getLocation()),
                    e);
        }
        if (!json.isObject()) {
            throw new IllegalArgumentException(
                    "found "
                            + Printable.quoted(text)
                            + ", expected a JSON object with kernel or script");
        }
        return json.has("script") ? script(json) : kernel(json);
    }

    private static String place(@Nullable TokenStreamLocation at) {
        return at == null
                ? ""
                : "; wrong at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static BackendAnswer script(JsonNode json) {
        for (String key : KERNELS_KEYS) {
            if (json.has(key)) {
                throw new IllegalArgumentException(
                        "script and " + key + " in one answer, expected one of them");
            }
        }
        String script = text(json, "script");
        if (!script.startsWith(MAGIC)) {
            throw new IllegalArgumentException(
                    "script: found "
                            + Printable.quoted(script)
                            + ", expected one that begins with "
                            + MAGIC);
        }
        return new BackendAnswer(script, "a script", ignored(json, List.of("script")));
    }

    private static BackendAnswer kernel(JsonNode json) {
        if (!json.has("kernel")) {
            throw new IllegalArgumentException("neither kernel nor script, expected one of them");
        }
        String kernel = text(json, "kernel");
        List<String> initrds = new ArrayList<>();
        JsonNode initrd = json.get("initrd");
        if (initrd != null && initrd.isArray()) {
            for (JsonNode each : initrd) {
                initrds.add(text("initrd", each));
            }
        } else if (json.hasNonNull("initrd")) {
            initrds.add(text(json, "initrd"));
        }
        KernelScript script = script(kernel, initrds, json);
        return new BackendAnswer(script.text(), "kernel " + kernel, ignored(json, KERNELS_KEYS));
    }

    private static KernelScript script(String kernel, List<String> initrds, JsonNode json) {
        String commandLine = json.hasNonNull("cmdline") ? text(json, "cmdline") : "";
        String message = json.hasNonNull("message") ? text(json, "message") : "";
        try {
            return new KernelScript(kernel, initrds, commandLine, message);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + "; found " + Printable.quoted(json.toString()), e);
        }
    }

    private static String text(JsonNode json, String key) {
        return text(key, json.get(key));
    }

    private static String text(String key, JsonNode value) {
        if (value.isString()) {
            return value.stringValue();
        }
        throw new IllegalArgumentException(
                key + ": found " + Printable.quoted(value.toString()) + ", expected a text");
    }

    private static List<String> ignored(JsonNode json, List<String> known) {
        return json.propertyNames().stream()
                .filter(key -> !known.contains(key))
                .limit(IGNORED_MAX)
                .map(Printable::quoted)
                .toList();
    }
}
