package io.leasehold.app.config;

import io.leasehold.app.Printable;
import io.leasehold.netboot.proxy.Architecture;
import io.leasehold.netboot.proxy.BootAction;
import io.leasehold.netboot.proxy.BootMatch;
import io.leasehold.netboot.proxy.BootPort;
import io.leasehold.netboot.proxy.BootRule;
import io.leasehold.netboot.proxy.BootStage;
import io.leasehold.netboot.proxy.HardwarePattern;
import io.leasehold.netboot.proxy.NetbootConfig;
import io.leasehold.netboot.tftp.TftpLimits;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the boot service of a file. */
final class NetbootReader {
    private final Problems problems;
    private final Values values;

    NetbootReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    /**
     * @param interfaces the file's own, through which machines boot
     * @param listen the file's own
     * @return null, and reported, when there is none to be had
     */
    @Nullable NetbootSetup read(YamlNode node, List<String> interfaces, List<String> listen) {
        Optional<Fields> found = Fields.of(node, "netboot", Section.NETBOOT, problems);
        if (found.isEmpty()) {
            return null;
        }
        Fields fields = found.get();
        Path root = root(fields.get("root"));
        TftpLimits tftp = tftp(fields);
        YamlNode httpNode = fields.get("http-port");
        Integer http =
                httpNode == null
                        ? Integer.valueOf(root == null ? 0 : NetbootSetup.HTTP_PORT_DEFAULT)
                        : values.number(httpNode, "http-port", 0, 65_535);
        YamlNode serverNode = fields.get("file-server");
        Ip4Address fileServer =
                serverNode == null ? null : values.address(serverNode, "file-server");
        YamlNode boot = fields.require("boot", "a list of rules, the first that matches counts");
        BootActionReader actions =
                new BootActionReader(
                        problems,
                        root != null && (http == null || http != 0),
                        fields.get("values"));
        List<BootRule> rules = new ArrayList<>();
        for (YamlNode item : values.list(boot, "boot")) {
            BootRule rule = rule(item, actions);
            if (rule != null) {
                rules.add(rule);
            }
        }
        NetbootConfig config = new NetbootConfig(rules, fileServer, http == null ? 0 : http);
        boolean proxyOnly = yes(fields, "proxy-only", false);
        return new NetbootSetup(interfaces, addresses(listen), config, root, tftp, proxyOnly);
    }

    /** Those that cannot be read were reported where they stand. */
    private static List<Ip4Address> addresses(List<String> listen) {
        return listen.stream().filter(each -> !each.equals("*")).map(Ip4Address::parse).toList();
    }

    private @Nullable Path root(@Nullable YamlNode node) {
        String expected = "a directory such as /srv/boot";
        String text = node == null ? null : values.text(node, "root", expected);
        if (node == null || text == null) {
            return null;
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            problems.expected(node, "root", expected);
            return null;
        }
    }

    private boolean yes(Fields fields, String key, boolean none) {
        YamlNode node = fields.get(key);
        Boolean yes = node == null ? null : values.yesNo(node, key);
        return yes == null ? none : yes;
    }

    private @Nullable TftpLimits tftp(Fields fields) {
        boolean served = yes(fields, "tftp", true);
        String key = "tftp-block-size";
        YamlNode node = fields.get(key);
        if (node == null) {
            return served ? TftpLimits.DEFAULT : null;
        }
        Integer bytes =
                values.number(node, key, TftpLimits.BLOCK_BYTES_MIN, TftpLimits.BLOCK_BYTES_LIMIT);
        if (!served || fields.get("root") == null) {
            problems.add(node, key + ": is for TFTP; expected a root, and no tftp: false");
        }
        return bytes == null ? null : TftpLimits.DEFAULT.withBlockBytesMax(bytes);
    }

    private @Nullable BootRule rule(YamlNode node, BootActionReader actions) {
        Optional<Fields> found = Fields.of(node, "boot", Section.BOOT, problems);
        if (found.isEmpty()) {
            return null;
        }
        Fields fields = found.get();
        BootMatch match = match(fields);
        BootAction action = actions.rule(fields);
        if (action == null) {
            return null;
        }
        try {
            BootRule rule = new BootRule(match, action);
            YamlNode discovery = fields.get("discovery");
            return discovery == null
                    ? rule
                    : values.parsed(discovery, "discovery", text -> asking(text, rule));
        } catch (IllegalArgumentException e) {
            problems.add(node, "boot: " + e.getMessage());
            return null;
        }
    }

    private static BootRule asking(String port, BootRule rule) {
        String found = "found " + Printable.quoted(port) + ", expected ";
        if (!port.equals(Integer.toString(BootPort.BOOT_SERVER.number()))) {
            throw new IllegalArgumentException(found + BootPort.BOOT_SERVER.number());
        }
        try {
            return new BootRule(rule.match(), rule.action(), true);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(found + "no such key here: " + e.getMessage(), e);
        }
    }

    private BootMatch match(Fields fields) {
        YamlNode ipxe = fields.get("ipxe");
        Boolean isIpxe = ipxe == null ? null : values.yesNo(ipxe, "ipxe");
        BootStage stage = isIpxe == null ? null : isIpxe ? BootStage.IPXE : BootStage.FIRMWARE;
        YamlNode subnet = fields.get("subnet");
        YamlNode circuit = fields.get("circuit-id");
        return BootMatch.ALL
                .withStage(stage)
                .withHardware(value(fields, "hardware", HardwarePattern::parse))
                .withArchitecture(value(fields, "arch", NetbootReader::architecture))
                .withUuid(value(fields, "uuid", NetbootReader::uuid))
                .withVendorClass(value(fields, "vendor-class", text -> text))
                .withUserClass(value(fields, "user-class", text -> text))
                .withSubnet(subnet == null ? null : values.network(subnet, "subnet"))
                .withCircuitId(circuit == null ? null : values.textOrHex(circuit, "circuit-id"));
    }

    private static Architecture architecture(String text) {
        Architecture found = Architecture.ofKey(text);
        if (found != null) {
            return found;
        }
        List<String> keys = new ArrayList<>();
        for (Architecture each : Architecture.values()) {
            keys.add(each.key());
        }
        String nearest = Nearest.of(text, keys);
        throw new IllegalArgumentException(
                "found \""
                        + text
                        + "\", expected "
                        + (nearest == null ? "one of " + String.join(", ", keys) : nearest));
    }

    private static Octets uuid(String text) {
        String pairs = "[0-9a-fA-F]";
        if (!text.matches(
                pairs + "{8}-" + pairs + "{4}-" + pairs + "{4}-" + pairs + "{4}-" + pairs
                        + "{12}")) {
            throw new IllegalArgumentException(
                    "found \""
                            + text
                            + "\", expected a UUID such as 00112233-4455-6677-8899-aabbccddeeff");
        }
        return Octets.parseHex(text.replace("-", ""));
    }

    private <T> @Nullable T value(Fields fields, String key, Function<String, T> parse) {
        YamlNode node = fields.get(key);
        return node == null ? null : values.parsed(node, key, parse);
    }
}
