package io.leasehold.app.config;

import io.leasehold.app.Printable;
import io.leasehold.app.scripts.BackendUrl;
import io.leasehold.netboot.proxy.BootAction;
import io.leasehold.netboot.script.ScriptMachine;
import io.leasehold.netboot.script.ScriptTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what a boot rule, or an item of a menu, says that machines boot. */
final class BootActionReader {
    private static final String WHAT =
            "what to boot: file, script, template, backend, menu, url or boot";
    private static final String WHAT_OF_ITEM = "what to boot: file, script, url or boot";
    private static final int TIMEOUT_MILLIS_DEFAULT = 2_000;
    private static final int TIMEOUT_MILLIS_MIN = 100;

    /** iPXE asks again after some seconds of silence, and each question would be asked here. */
    private static final int TIMEOUT_MILLIS_MAX = 30_000;

    private static final int MENU_SECONDS_MAX = BootAction.Menu.FOREVER - 1;
    private static final String PROMPT_DEFAULT = "Press F8 for the boot menu";

    private final Problems problems;
    private final Values values;
    private final boolean servesHttp;
    private final Map<String, String> own;

    /**
     * @param servesHttp whether there is an HTTP server that scripts can be fetched of
     * @param valuesForAll the values of every rule
     */
    BootActionReader(Problems problems, boolean servesHttp, @Nullable YamlNode valuesForAll) {
        this.problems = problems;
        this.values = new Values(problems);
        this.servesHttp = servesHttp;
        this.own = ownValues(valuesForAll, Map.of());
    }

    /** Exactly one of the keys of a rule that say what to boot. */
    @Nullable BootAction rule(Fields fields) {
        YamlNode ownNode = fields.get("values");
        Map<String, String> merged = ownValues(ownNode, own);
        if (ownNode != null && fields.get("template") == null && fields.get("backend") == null) {
            problems.add(ownNode, "values: are for a template or a backend, and there is none");
        }
        List<String> keys = List.of("file", "script", "template", "backend", "menu", "url", "boot");
        String key = only(fields, keys, WHAT);
        YamlNode node = key == null ? null : fields.get(key);
        if (key == null || node == null) {
            return null;
        }
        return switch (key) {
            case "backend" -> backend(node, merged);
            case "menu" -> menu(node);
            case "template" -> {
                boolean fetched = fetched(node, "template");
                BootAction action =
                        values.parsed(
                                node,
                                "template",
                                text -> new BootAction.Template(path(text), merged));
                yield fetched ? action : null;
            }
            default -> values.parsed(node, key, text -> action(key, text, "none", "tftp"));
        };
    }

    private @Nullable String only(Fields fields, List<String> keys, String what) {
        String found = null;
        for (String key : keys) {
            YamlNode node = fields.get(key);
            if (node != null && found != null) {
                problems.add(node, key + ": a rule boots one thing; expected no other " + what);
                return null;
            }
            found = node != null ? key : found;
        }
        if (found == null) {
            problems.add(fields.at(), "boot: found a rule without " + what);
        }
        return found;
    }

    private static BootAction action(String key, String text, String... words) {
        return switch (key) {
            case "file" -> new BootAction.File(path(text));
            case "script" -> new BootAction.Script(path(text));
            case "url" -> new BootAction.Url(url(text));
            default ->
                    switch (word(text, words)) {
                        case "tftp" -> new BootAction.Tftp();
                        default -> new BootAction.None();
                    };
        };
    }

    private static String word(String text, String... words) {
        if (List.of(words).contains(text)) {
            return text;
        }
        throw new IllegalArgumentException(
                "found " + Printable.quoted(text) + ", expected " + String.join(" or ", words));
    }

    private static String path(String text) {
        if (text.startsWith("/") || text.contains("\\") || ("/" + text + "/").contains("/../")) {
            throw new IllegalArgumentException(
                    "found \"" + text + "\", expected a path under root such as uefi/snponly.efi");
        }
        return text;
    }

    private static String url(String text) {
        if (!text.matches("[a-z]+://.+")) {
            throw new IllegalArgumentException(
                    "found \"" + text + "\", expected a URL such as http://10.0.0.1/boot.ipxe");
        }
        return text;
    }

    /** What is made for a machine is made when it is fetched over HTTP, and of us. */
    private boolean fetched(YamlNode node, String key) {
        if (!servesHttp) {
            problems.add(
                    node, key + ": is fetched over HTTP; expected a root, and an http-port but 0");
        }
        return servesHttp;
    }

    private Map<String, String> ownValues(@Nullable YamlNode node, Map<String, String> inherited) {
        Map<String, String> all = new LinkedHashMap<>(inherited);
        if (node == null) {
            return all;
        }
        if (!(node instanceof YamlNode.Mapping mapping)) {
            problems.expected(node, "values", "names with values such as mirror: http://10.0.0.5");
            return all;
        }
        Map<String, YamlNode> seen = new LinkedHashMap<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            String name = entry.key().text();
            YamlNode before = seen.putIfAbsent(name, entry.key());
            String what = "values: " + Printable.quoted(name);
            if (before != null) {
                problems.add(entry.key(), what + ": given twice, first in line " + before.line());
            } else if (ScriptMachine.isTaken(name)) {
                problems.add(
                        entry.key(), what + " is what the machine says; expected another name");
            } else if (!ScriptTemplate.isName(name)) {
                problems.add(
                        entry.key(),
                        what + ": expected a name of small letters, digits and hyphens");
            } else {
                ownValue(entry.value(), name, all);
            }
        }
        return all;
    }

    private void ownValue(YamlNode node, String name, Map<String, String> into) {
        String expected = "a text of one line, and no backslash at its end";
        String text = values.text(node, name, expected);
        if (text == null) {
            return;
        }
        if (ScriptTemplate.isValue(text)) {
            into.put(name, text);
        } else {
            problems.expected(node, name, expected);
        }
    }

    private @Nullable BootAction backend(YamlNode node, Map<String, String> merged) {
        Optional<Fields> found = Fields.of(node, "backend", Section.BACKEND, problems);
        if (found.isEmpty()) {
            return null;
        }
        Fields fields = found.get();
        boolean fetched = fetched(node, "backend");
        YamlNode urlNode = fields.require("url", "the URL that is asked for each machine");
        String url = urlNode == null ? null : values.parsed(urlNode, "url", this::backendUrl);
        Integer timeout = TIMEOUT_MILLIS_DEFAULT;
        YamlNode timeoutNode = fields.get("timeout");
        if (timeoutNode != null) {
            timeout = timeout(timeoutNode, TIMEOUT_MILLIS_MIN, TIMEOUT_MILLIS_MAX);
        }
        YamlNode fallbackNode = fields.get("fallback");
        String fallback =
                fallbackNode == null
                        ? null
                        : values.parsed(fallbackNode, "fallback", BootActionReader::path);
        if (url == null
                || timeout == null
                || !fetched
                || fallbackNode != null && fallback == null) {
            return null;
        }
        return new BootAction.Backend(url, timeout, fallback, merged);
    }

    /** A URL that stays one when a machine's values are in it. */
    private String backendUrl(String text) {
        try {
            BackendUrl.of(text, own);
            return text;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "found " + Printable.quoted(text) + ", " + e.getMessage(), e);
        }
    }

    private @Nullable Integer timeout(YamlNode node, int minMillis, int maxMillis) {
        String expected =
                "a time from " + Durations.format(minMillis) + " to " + Durations.format(maxMillis);
        String text = values.text(node, "timeout", expected);
        long millis = text == null ? 0 : Durations.parseMillis(text);
        if (text != null && (millis < minMillis || millis > maxMillis)) {
            problems.expected(node, "timeout", expected);
            return null;
        }
        return text == null ? null : Integer.valueOf((int) millis);
    }

    private @Nullable BootAction menu(YamlNode node) {
        Optional<Fields> found = Fields.of(node, "menu", Section.MENU, problems);
        if (found.isEmpty()) {
            return null;
        }
        Fields fields = found.get();
        long before = problems.count();
        YamlNode promptNode = fields.get("prompt");
        String prompt =
                promptNode == null
                        ? PROMPT_DEFAULT
                        : values.parsed(promptNode, "prompt", BootActionReader::shown);
        YamlNode timeoutNode = fields.get("timeout");
        Integer millis =
                timeoutNode == null ? null : timeout(timeoutNode, 0, MENU_SECONDS_MAX * 1000);
        int seconds = millis == null ? BootAction.Menu.FOREVER : (millis + 999) / 1000;
        YamlNode itemsNode = fields.require("items", "a list of items with a name");
        List<BootAction.Menu.Item> items = new ArrayList<>();
        for (YamlNode each : values.list(itemsNode, "items")) {
            item(each, items);
        }
        if (problems.count() > before || prompt == null) {
            return null;
        }
        try {
            return new BootAction.Menu(prompt, seconds, items);
        } catch (IllegalArgumentException e) {
            problems.add(node, "menu: " + e.getMessage());
            return null;
        }
    }

    private void item(YamlNode node, List<BootAction.Menu.Item> into) {
        Optional<Fields> found = Fields.of(node, "items", Section.MENU_ITEM, problems);
        if (found.isEmpty()) {
            return;
        }
        Fields fields = found.get();
        YamlNode nameNode = fields.require("name", "what the item is called");
        String name =
                nameNode == null ? null : values.parsed(nameNode, "name", BootActionReader::shown);
        String key = only(fields, List.of("file", "script", "url", "boot"), WHAT_OF_ITEM);
        YamlNode what = key == null ? null : fields.get(key);
        if (name == null || key == null || what == null) {
            return;
        }
        Function<String, BootAction> parse =
                text -> key.equals("boot") ? action(key, text, "local") : action(key, text);
        BootAction action = values.parsed(what, key, parse);
        if (action != null) {
            boolean local = key.equals("boot");
            into.add(new BootAction.Menu.Item(name, local ? null : action));
        }
    }

    /** Firmware shows ASCII. */
    private static String shown(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            return text;
        }
        throw new IllegalArgumentException(
                "found " + Printable.quoted(text) + ", expected a text of printable ASCII");
    }
}
