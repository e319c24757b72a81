package io.leasehold.app.config;

import io.leasehold.app.admin.AdminAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.server.config.ServerConfig;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code leasehold.yaml}. It never stops at the first error: all of them are told. */
public final class ConfigReader {
    private static final String REACHED_BY =
            "the interfaces that clients are on, or listen with an address that relays send to";

    private final Problems problems;
    private final Values values;

    private ConfigReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    /** Reads a file. Never throws for what is in it, or for its not being there. */
    public static ConfigResult read(Path file) {
        Problems problems = new Problems(file.toString());
        String text = ConfigFile.text(file, problems);
        return text == null ? new ConfigResult.Refused(problems.lines()) : read(text, problems);
    }

    /**
     * Reads a text.
     *
     * @param file what errors call it
     */
    public static ConfigResult read(String file, String text) {
        return read(text, new Problems(file));
    }

    private static ConfigResult read(String text, Problems problems) {
        YamlNode root = YamlReader.read(text, problems);
        AppConfig config = null;
        if (root != null) {
            config = new ConfigReader(problems).config(root);
        } else if (problems.isEmpty()) {
            problems.addForFile("the file is empty, expected keys such as interfaces and server");
        }
        return config == null || !problems.isEmpty()
                ? new ConfigResult.Refused(problems.lines())
                : new ConfigResult.Loaded(config, places(root));
    }

    private static Map<String, String> places(@Nullable YamlNode root) {
        Map<String, String> places = new HashMap<>();
        if (root instanceof YamlNode.Mapping mapping) {
            for (YamlNode.Entry entry : mapping.entries()) {
                YamlNode.Scalar key = entry.key();
                places.put(key.text(), key.line() + ":" + key.column());
            }
        }
        return places;
    }

    private @Nullable AppConfig config(YamlNode root) {
        Optional<Fields> found = Fields.of(root, "the file", Section.ROOT, problems);
        if (found.isEmpty()) {
            return null;
        }
        Fields fields = found.get();
        List<String> interfaces = new ArrayList<>();
        for (YamlNode item : values.items(fields.get("interfaces"))) {
            values.interfaceName(item, "interfaces", interfaces);
        }
        List<String> listen = new ArrayList<>();
        for (YamlNode item : values.items(fields.get("listen"))) {
            listenAddress(item, listen);
        }
        YamlNode relay = fields.get("relay");
        YamlNode boot = fields.get("netboot");
        if (relay == null && boot == null && reachesNobody(fields)) {
            problems.add(fields.at(), "interfaces: missing, expected " + REACHED_BY);
        }
        YamlNode data = fields.get("data");
        Path directory = data == null ? AppConfig.DATA_DEFAULT : directory(data);
        YamlNode logNode = fields.get("log");
        LogConfig log = logNode == null ? LogConfig.DEFAULT : log(logNode);
        YamlNode server =
                relay == null && boot == null
                        ? fields.require("server", "the subnets to serve and how; or relay")
                        : fields.get("server");
        ServerConfig rules = server == null ? AppConfig.NO_SERVER : server(server);
        if (server == null && (relay != null || boot != null)) {
            refuseServersKeys(fields, boot != null);
        }
        NetbootSetup netboot = netboot(fields, boot, relay, interfaces, listen);
        List<RelaySetup> relays = new RelayReader(problems).read(relay, interfaces, server == null);
        InetSocketAddress admin = admin(fields.get("admin"));
        String user = user(fields.get("user"), server == null);
        return new AppConfig(
                interfaces, listen, directory, rules, relays, netboot, admin, user, log);
    }

    /** A server without either starts, and nobody ever gets an address. */
    private boolean reachesNobody(Fields fields) {
        return fields.get("server") != null
                && values.items(fields.get("interfaces")).isEmpty()
                && values.items(fields.get("listen")).isEmpty();
    }

    private @Nullable String user(@Nullable YamlNode node, boolean relaysOnly) {
        if (node == null) {
            return null;
        }
        if (!relaysOnly) {
            problems.add(
                    node, "user: is for relays; a server keeps the rights it was started with");
            return null;
        }
        return values.text(node, "user", "the name or number of a user such as nobody");
    }

    private @Nullable InetSocketAddress admin(@Nullable YamlNode node) {
        String text =
                node == null
                        ? null
                        : values.text(node, "admin", "ADDRESS:PORT such as 127.0.0.1:9067");
        if (node == null || text == null) {
            return null;
        }
        try {
            return AdminAddress.parse(text);
        } catch (IllegalArgumentException e) {
            problems.add(node, "admin: " + e.getMessage());
            return null;
        }
    }

    private @Nullable NetbootSetup netboot(
            Fields fields,
            @Nullable YamlNode node,
            @Nullable YamlNode relay,
            List<String> interfaces,
            List<String> listen) {
        if (node == null) {
            return null;
        }
        if (relay != null) {
            problems.add(relay, "relay: a boot service and a relay are not of one file");
        }
        if (interfaces.isEmpty()) {
            fields.require("interfaces", "the interfaces that machines boot through");
        }
        return new NetbootReader(problems).read(node, interfaces, listen);
    }

    private void refuseServersKeys(Fields fields, boolean boots) {
        for (String key : boots ? List.of("data") : List.of("interfaces", "listen", "data")) {
            YamlNode node = fields.get(key);
            if (node != null) {
                problems.add(node, key + ": is the server's, and there is no server");
            }
        }
    }

    private void listenAddress(YamlNode node, List<String> into) {
        String expected = "an IPv4 address of this machine, or \"*\" for all";
        String text = values.text(node, "listen", expected);
        if (text == null) {
            return;
        }
        if (!text.equals("*")) {
            try {
                Ip4Address address = Ip4Address.parse(text);
                if (address.isZero() || address.isMulticast() || address.bits() == -1) {
                    problems.expected(node, "listen", expected);
                    return;
                }
            } catch (IllegalArgumentException e) {
                problems.expected(node, "listen", expected);
                return;
            }
        }
        if (into.contains(text)) {
            problems.add(node, "listen: " + text + " is in the list twice");
        } else {
            into.add(text);
        }
    }

    private Path directory(YamlNode node) {
        String expected = "a directory such as /var/lib/leasehold";
        String text = values.text(node, "data", expected);
        if (text == null) {
            return AppConfig.DATA_DEFAULT;
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            problems.expected(node, "data", expected);
            return AppConfig.DATA_DEFAULT;
        }
    }

    private LogConfig log(YamlNode node) {
        Optional<Fields> fields = Fields.of(node, "log", Section.LOG, problems);
        if (fields.isEmpty()) {
            return LogConfig.DEFAULT;
        }
        YamlNode format = fields.get().get("format");
        YamlNode level = fields.get().get("level");
        return new LogConfig(
                values.oneOf(
                        format, "format", LogConfig.DEFAULT.format(), LogConfig.Format.values()),
                values.oneOf(level, "level", LogConfig.DEFAULT.level(), LogConfig.Level.values()));
    }

    private ServerConfig server(YamlNode node) {
        Optional<Fields> found = Fields.of(node, "server", Section.SERVER, problems);
        if (found.isEmpty()) {
            return AppConfig.NO_SERVER;
        }
        Fields fields = found.get();
        OptionNames names = new OptionNames();
        new DefinitionsReader(problems, names).read(fields.get("option-definitions"));
        OptionsReader options = new OptionsReader(problems, names);
        SettingsReader settings = new SettingsReader(problems);
        SettingsLayer layer = settings.read(fields, SettingsLayer.EMPTY);
        return new ServerConfig(
                new SubnetsReader(problems, options, settings).read(fields, layer),
                new ClassesReader(problems, options).read(fields.get("classes")),
                options.read(fields.get("options")));
    }
}
