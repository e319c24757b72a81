package io.leasehold.app.config;

import io.leasehold.netboot.proxy.Architecture;
import io.leasehold.netboot.proxy.BootAction;
import io.leasehold.netboot.proxy.BootMatch;
import io.leasehold.netboot.proxy.BootRule;
import io.leasehold.netboot.proxy.BootStage;
import io.leasehold.netboot.proxy.NetbootConfig;
import io.leasehold.protocol.wire.Ip4Address;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code proxy.ini} of ProxyDHCPd. All that is wrong with one is told at once. */
public final class ProxyIni {
    private static final Map<String, List<String>> KEYS =
            Map.of(
                    "proxy",
                    List.of(
                            "listen_address",
                            "interface",
                            "tftpd",
                            "filename",
                            "filename_efi32",
                            "filename_efi64",
                            "vendor_specific_information"),
                    "ipxe",
                    List.of("enabled", "legacy_bootstrap", "efi_bootstrap", "chainload_url"));

    private final Problems problems;
    private final Map<String, Value> values = new LinkedHashMap<>();

    private final Set<Integer> told = new HashSet<>();

    private record Value(int line, String text) {}

    /**
     * What a file says, or what is wrong with it.
     *
     * @param listenAddress where it listens; 0.0.0.0 for every address
     * @param interfaceName the interface it keeps to; null for that of the address
     * @param rules what boots what
     * @param errors a line each; the others mean nothing unless there are none
     */
    public record Result(
            Ip4Address listenAddress,
            @Nullable String interfaceName,
            NetbootConfig rules,
            List<String> errors) {
        public Result {
            errors = List.copyOf(errors);
        }
    }

    private ProxyIni(Problems problems) {
        this.problems = problems;
    }

    /** Whether a file is one: by its ending. */
    public static boolean isOne(Path file) {
        return file.toString().endsWith(".ini");
    }

    /** Reads a file. Never throws for what is in it, or for its not being there. */
    public static Result read(Path file) {
        Problems problems = new Problems(file.toString());
        String text = ConfigFile.text(file, problems);
        return new ProxyIni(problems).result(text == null ? "" : text, text != null);
    }

    /**
     * Reads a text.
     *
     * @param file what errors call it
     */
    public static Result read(String file, String text) {
        return new ProxyIni(new Problems(file)).result(text, true);
    }

    private Result result(String text, boolean there) {
        Ip4Address listen = Ip4Address.ZERO;
        @Nullable Ip4Address tftpd = null;
        List<BootRule> rules = new ArrayList<>();
        if (there) {
            lines(text);
            listen = address("proxy.listen_address", Ip4Address.ZERO);
            tftpd = address("proxy.tftpd", listen);
            boolean ipxe = isEnabled();
            addRules(rules, ipxe);
        }
        Ip4Address server = tftpd == null || tftpd.isZero() ? null : tftpd;
        Value name = values.get("proxy.interface");
        return new Result(
                listen,
                name == null ? null : name.text(),
                new NetbootConfig(rules, server, 0),
                problems.lines());
    }

    private void lines(String text) {
        String section = "";
        int number = 0;
        for (String raw : text.split("\r?\n", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            if (line.startsWith("[")) {
                section = section(number, line);
            } else {
                value(number, section, line);
            }
        }
        if (values.isEmpty() && problems.isEmpty()) {
            problems.addForFile("the file is empty, expected a section [proxy]");
        }
    }

    private String section(int number, String line) {
        String name = line.endsWith("]") ? line.substring(1, line.length() - 1).strip() : line;
        if (!KEYS.containsKey(name)) {
            problems.add(number, 1, "found " + line + ", expected [proxy] or [ipxe]");
        }
        return name;
    }

    private void value(int number, String section, String line) {
        int sign = line.indexOf('=') < 0 ? line.indexOf(':') : line.indexOf('=');
        List<String> known = KEYS.get(section);
        if (sign < 0) {
            problems.add(number, 1, "found \"" + line + "\", expected key = value");
            return;
        }
        String key = line.substring(0, sign).strip();
        if (known == null) {
            if (section.isEmpty()) {
                problems.add(number, 1, key + ": found before any section, expected [proxy]");
            }
            return;
        }
        if (!known.contains(key)) {
            problems.add(
                    number, 1, key + ": unknown key, expected one of " + String.join(", ", known));
            return;
        }
        String text = unquoted(line.substring(sign + 1).strip());
        Value before = values.putIfAbsent(section + "." + key, new Value(number, text));
        if (before != null) {
            problems.add(number, 1, key + ": given twice, first in line " + before.line());
        } else if (text.isEmpty()) {
            problems.add(number, 1, key + ": found nothing, expected a value");
        }
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private Ip4Address address(String key, Ip4Address none) {
        Value value = values.get(key);
        String name = key.substring(key.indexOf('.') + 1);
        if (value == null) {
            if (key.equals("proxy.listen_address")) {
                problems.addForFile(
                        "listen_address: missing, expected an address of this host in [proxy]");
            }
            return none;
        }
        try {
            return Ip4Address.parse(value.text());
        } catch (IllegalArgumentException e) {
            problems.add(
                    value.line(),
                    1,
                    name + ": found \"" + value.text() + "\", expected an IPv4 address");
            return none;
        }
    }

    private boolean isEnabled() {
        Value value = values.get("ipxe.enabled");
        if (value == null) {
            return false;
        }
        String text = value.text().toLowerCase(Locale.ROOT);
        boolean yes = List.of("true", "yes", "on", "1").contains(text);
        if (!yes && !List.of("false", "no", "off", "0").contains(text)) {
            problems.add(
                    value.line(),
                    1,
                    "enabled: found \"" + value.text() + "\", expected true or false");
        }
        return yes;
    }

    private void addRules(List<BootRule> rules, boolean ipxe) {
        if (ipxe) {
            addChain(rules);
            return;
        }
        file(rules, "proxy.filename_efi64", Architecture.X64);
        file(rules, "proxy.filename_efi32", Architecture.IA32);
        Value any = values.get("proxy.filename");
        if (any == null) {
            problems.addForFile("filename: missing, expected a boot file in [proxy]");
            return;
        }
        for (Architecture each : List.of(Architecture.BIOS, Architecture.X64, Architecture.IA32)) {
            file(rules, "proxy.filename", each);
        }
    }

    /** Firmware loads iPXE, and iPXE its script: three keys, none of which may be missing. */
    private void addChain(List<BootRule> rules) {
        for (String key : List.of("legacy_bootstrap", "efi_bootstrap", "chainload_url")) {
            if (!values.containsKey("ipxe." + key)) {
                problems.addForFile(key + ": missing, expected one in [ipxe] where it is enabled");
            }
        }
        Value chain = values.get("ipxe.chainload_url");
        for (String key : List.of("legacy_bootstrap", "efi_bootstrap")) {
            Value first = values.get("ipxe." + key);
            if (first != null && chain != null && first.text().equals(chain.text())) {
                problems.add(
                        chain.line(),
                        1,
                        "chainload_url: found "
                                + chain.text()
                                + ", which is "
                                + key
                                + " too: iPXE would load itself without end");
            }
        }
        if (chain != null) {
            String text = chain.text();
            BootAction action = action(chain, text.contains("://"));
            if (action != null) {
                rules.add(new BootRule(BootMatch.ALL.withStage(BootStage.IPXE), action));
            }
        }
        file(rules, "ipxe.legacy_bootstrap", Architecture.BIOS);
        file(rules, "ipxe.efi_bootstrap", Architecture.X64);
        file(rules, "proxy.filename_efi32", Architecture.IA32);
    }

    /** For firmware; for iPXE too where the file is no iPXE, as without [ipxe] nothing else is. */
    private void file(List<BootRule> rules, String key, Architecture architecture) {
        Value value = values.get(key);
        BootAction action = value == null ? null : action(value, false);
        if (value == null || action == null) {
            return;
        }
        BootMatch match = BootMatch.ALL.withArchitecture(architecture);
        rules.add(new BootRule(match, action));
        if (key.startsWith("proxy.") && !value.text().matches(".*(ipxe|undionly|snponly).*")) {
            rules.add(new BootRule(match.withStage(BootStage.IPXE), action));
        }
    }

    private @Nullable BootAction action(Value value, boolean url) {
        try {
            return url ? new BootAction.Url(value.text()) : new BootAction.File(value.text());
        } catch (IllegalArgumentException e) {
            // The key may be for several architectures; what is empty was told of before.
            if (!value.text().isEmpty() && told.add(value.line())) {
                problems.add(value.line(), 1, "found " + e.getMessage());
            }
            return null;
        }
    }
}
