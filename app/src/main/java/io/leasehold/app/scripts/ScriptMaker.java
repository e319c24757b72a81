package io.leasehold.app.scripts;

import io.leasehold.app.bootfiles.MadeFiles;
import io.leasehold.app.run.Counters;
import io.leasehold.app.run.HostClock;
import io.leasehold.app.run.RateLimit;
import io.leasehold.netboot.files.BootFile;
import io.leasehold.netboot.files.BootPath;
import io.leasehold.netboot.files.BootRoot;
import io.leasehold.netboot.files.FileLookup;
import io.leasehold.netboot.proxy.BootAction;
import io.leasehold.netboot.proxy.BootRule;
import io.leasehold.netboot.proxy.NetbootConfig;
import io.leasehold.netboot.script.KernelScript;
import io.leasehold.netboot.script.MadeScript;
import io.leasehold.netboot.script.ScriptMachine;
import io.leasehold.netboot.script.ScriptTemplate;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the scripts of rules that have a template or a backend, for whom the URL says. */
public final class ScriptMaker implements MadeFiles, AutoCloseable {
    private static final System.Logger LOG = System.getLogger("leasehold.scripts");
    private static final int TEMPLATE_BYTES_MAX = 1024 * 1024;
    private static final int OK = 200;

    /** How a server says that it boots nothing for a machine. */
    private static final List<Integer> NOTHING = List.of(204, 404);

    private static final int LINES_PER_SECOND_MAX = 200;
    private static final int LINES_BURST_MAX = 2_000;

    private final BootRoot files;
    private final Counters counters;
    private final Backend backend = new Backend();
    private final RateLimit answered =
            new RateLimit(HostClock::runningMillis, LINES_PER_SECOND_MAX, LINES_BURST_MAX);
    private final RateLimit failed = RateLimit.strangers(HostClock::runningMillis);
    private volatile NetbootConfig rules;

    public ScriptMaker(Path root, NetbootConfig rules, Counters counters) {
        this.files = new BootRoot(root);
        this.rules = rules;
        this.counters = counters;
        configure(rules);
    }

    /** Does by other rules from now on. */
    public void configure(NetbootConfig now) {
        if (now.rules().stream().anyMatch(rule -> makes(rule, BootAction.Backend.NAME))) {
            backend.ready();
        }
        rules = now;
    }

    @Override
    public @Nullable FileLookup open(String name, String query, String client, String server) {
        if (!(BootPath.of(name) instanceof BootPath.Relative(String path))) {
            return null;
        }
        NetbootConfig now = rules;
        if (now.rules().stream().noneMatch(rule -> makes(rule, path))) {
            return null;
        }
        try {
            ScriptMachine machine = ScriptMachine.ofQuery(query);
            return switch (action(now, path, machine.rule())) {
                case BootAction.Template template ->
                        ofTemplate(
                                template.name(),
                                values(template.values(), machine, now, client, server));
                case BootAction.Backend asked ->
                        ofBackend(asked, values(asked.values(), machine, now, client, server));
                case null, default -> null;
            };
        } catch (IllegalArgumentException e) {
            return new FileLookup.Refused(String.valueOf(e.getMessage()));
        }
    }

    private static boolean makes(BootRule rule, String path) {
        return switch (rule.action()) {
            case BootAction.Template template -> path.equals(template.name());
            case BootAction.Backend _ -> path.equals(BootAction.Backend.NAME);
            default -> false;
        };
    }

    /** The one that is named; where the rules have changed since, the first of this name. */
    private static @Nullable BootAction action(NetbootConfig now, String path, int number) {
        List<BootRule> all = now.rules();
        if (number >= 1 && number <= all.size() && makes(all.get(number - 1), path)) {
            return all.get(number - 1).action();
        }
        return all.stream()
                .filter(rule -> makes(rule, path))
                .map(BootRule::action)
                .findFirst()
                .orElse(null);
    }

    private static Map<String, String> values(
            Map<String, String> own,
            ScriptMachine machine,
            NetbootConfig now,
            String client,
            String server) {
        Map<String, String> values = new LinkedHashMap<>(own);
        values.putAll(machine.values());
        values.put(ScriptMachine.ADDRESS, client);
        Ip4Address other = now.fileServer();
        values.put(ScriptMachine.SERVER, other == null ? server : other.toString());
        return values;
    }

    private FileLookup ofTemplate(String name, Map<String, String> values) {
        return switch (files.open(name)) {
            case FileLookup.Found(BootFile file) -> {
                try (file) {
                    yield filled(file, values);
                } catch (IOException e) {
                    yield new FileLookup.Failed("cannot read it: " + e.getMessage());
                }
            }
            case FileLookup other -> other;
        };
    }

    private FileLookup filled(BootFile file, Map<String, String> values) throws IOException {
        if (file.size() > TEMPLATE_BYTES_MAX) {
            return new FileLookup.Failed(
                    "a template of "
                            + file.size()
                            + " bytes, expected "
                            + TEMPLATE_BYTES_MAX
                            + " at most");
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) file.size());
        file.read(buffer, 0);
        byte[] template = new byte[buffer.position()];
        buffer.flip().get(template);
        return made(file.path(), ScriptTemplate.fill(template, values));
    }

    private FileLookup made(String path, byte[] script) {
        counters.add("scripts-made");
        return new FileLookup.Found(new MadeScript(path, script, HostClock.runningMillis()));
    }

    private FileLookup ofBackend(BootAction.Backend asked, Map<String, String> values) {
        URI uri = BackendUrl.of(asked.url(), values);
        String who = values.getOrDefault(ScriptMachine.MAC, values.get(ScriptMachine.ADDRESS));
        long begunMillis = HostClock.runningMillis();
        counters.add("backend-asked");
        try {
            HttpResponse<byte[]> answer = backend.ask(uri, asked.timeoutMillis());
            if (NOTHING.contains(answer.statusCode())) {
                counters.add("backend-nothing");
                tell(uri, begunMillis, who + " boots from its own disk (" + status(answer) + ")");
                return script(KernelScript.LOCAL);
            }
            if (answer.statusCode() != OK) {
                return fallback(asked, values, uri, begunMillis, status(answer));
            }
            BackendAnswer read = BackendAnswer.read(answer.body());
            counters.add("backend-answered");
            tell(uri, begunMillis, who + " boots " + read.what() + ignored(read));
            return script(read.script());
        } catch (IOException | IllegalArgumentException e) {
            return fallback(asked, values, uri, begunMillis, String.valueOf(e.getMessage()));
        }
    }

    private static String status(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        boolean elsewhere = status / 100 == 3;
        return "status " + status + (elsewhere ? ", and no redirect is followed" : "");
    }

    private static String ignored(BackendAnswer read) {
        return read.ignored().isEmpty()
                ? ""
                : "; nothing is known of " + String.join(", ", read.ignored());
    }

    private void tell(URI uri, long begunMillis, String what) {
        if (answered.pass()) {
            LOG.log(Level.INFO, line(uri, begunMillis, what) + answered.takeHeldText());
        }
    }

    private FileLookup fallback(
            BootAction.Backend asked,
            Map<String, String> values,
            URI uri,
            long begunMillis,
            String why) {
        counters.add("backend-failed");
        String name = asked.fallback();
        FileLookup other = name == null ? null : ofTemplate(name, values);
        boolean has = other instanceof FileLookup.Found;
        String who = values.getOrDefault(ScriptMachine.MAC, values.get(ScriptMachine.ADDRESS));
        if (failed.pass()) {
            String instead =
                    has
                            ? " gets " + name
                            : " boots from its own disk"
                                    + (name == null ? "" : ", since " + name + " cannot be had");
            LOG.log(
                    Level.WARNING,
                    line(uri, begunMillis, why + "; " + who + instead) + failed.takeHeldText());
        }
        return has && other != null ? other : script(KernelScript.LOCAL);
    }

    private static String line(URI uri, long begunMillis, String what) {
        return String.format(
                Locale.ROOT,
                "backend %s after %.2f s: %s",
                uri,
                (HostClock.runningMillis() - begunMillis) / 1000.0,
                what);
    }

    private FileLookup script(String text) {
        return made(BootAction.Backend.NAME, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        backend.close();
    }
}
