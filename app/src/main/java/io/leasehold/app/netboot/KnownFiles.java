package io.leasehold.app.netboot;

import io.leasehold.netboot.proxy.Architecture;
import io.leasehold.netboot.proxy.BootAction;
import io.leasehold.netboot.proxy.BootMatch;
import io.leasehold.netboot.proxy.BootRule;
import io.leasehold.netboot.proxy.BootStage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules that follow from which files lie in a directory, by the names that they usually have.
 */
public final class KnownFiles {
    /** The first that is there is iPXE's. */
    static final List<String> SCRIPTS =
            List.of("boot.ipxe", "autoexec.ipxe", "default.ipxe", "menu.ipxe");

    /** For each architecture the names it usually boots by, iPXE first since it does the most. */
    private static final Map<Architecture, List<String>> NAMES = names();

    private static final Map<Architecture, Architecture> OVER_HTTP =
            new EnumMap<>(
                    Map.of(
                            Architecture.IA32, Architecture.IA32_HTTP,
                            Architecture.X64, Architecture.X64_HTTP,
                            Architecture.ARM32, Architecture.ARM32_HTTP,
                            Architecture.ARM64, Architecture.ARM64_HTTP,
                            Architecture.RISCV64, Architecture.RISCV64_HTTP,
                            Architecture.LOONGARCH64, Architecture.LOONGARCH64_HTTP));

    private KnownFiles() {}

    private static Map<Architecture, List<String>> names() {
        Map<Architecture, List<String>> names = new EnumMap<>(Architecture.class);
        names.put(
                Architecture.BIOS,
                List.of(
                        "undionly.kpxe",
                        "ipxe.pxe",
                        "pxelinux.0",
                        "lpxelinux.0",
                        "grub2.pxe",
                        "core.0",
                        "nbp-bios.0"));
        names.put(Architecture.IA32, uefi("ia32", "i386"));
        names.put(Architecture.X64, uefi("x64", "x86_64"));
        names.put(Architecture.ARM32, uefi("arm", "arm32"));
        names.put(Architecture.ARM64, uefi("aa64", "arm64"));
        names.put(Architecture.RISCV64, uefi("riscv64", "riscv64"));
        names.put(Architecture.LOONGARCH64, uefi("loongarch64", "loong64"));
        names.put(
                Architecture.RASPBERRY_PI,
                List.of("start4.elf", "start.elf", "bootcode.bin", "boot.img"));
        return names;
    }

    /** The names of a UEFI architecture: with its own name in them, then those of x64 without. */
    private static List<String> uefi(String own, String alias) {
        List<String> names = new ArrayList<>();
        for (String each : List.of(own, alias)) {
            names.add("snponly-" + each + ".efi");
            names.add("ipxe-" + each + ".efi");
            names.add(each + "/snponly.efi");
            names.add(each + "/ipxe.efi");
        }
        if (own.equals("x64")) {
            names.addAll(List.of("snponly.efi", "ipxe.efi"));
        }
        names.addAll(List.of("shim" + own + ".efi", "grub" + own + ".efi"));
        names.addAll(List.of("boot" + own + ".efi", "nbp-" + own + ".efi"));
        return names;
    }

    /** The rules for a directory; none when it holds no file of a known name. */
    public static List<BootRule> rules(Path root) {
        List<BootRule> rules = new ArrayList<>();
        String script = firstOf(root, SCRIPTS);
        if (script != null) {
            rules.add(new BootRule(BootMatch.ALL, new BootAction.Script(script)));
        }
        for (Map.Entry<Architecture, List<String>> each : NAMES.entrySet()) {
            String name = firstOf(root, each.getValue());
            if (name != null) {
                add(rules, each.getKey(), name);
                if (script == null && !isIpxe(name)) {
                    BootMatch match = BootMatch.ALL.withArchitecture(each.getKey());
                    rules.add(
                            new BootRule(
                                    match.withStage(BootStage.IPXE), new BootAction.File(name)));
                }
            }
        }
        return rules;
    }

    /** What iPXE must not load, since it would load it again. */
    public static boolean isIpxe(String name) {
        return name.contains("ipxe") || name.contains("undionly") || name.contains("snponly");
    }

    private static void add(List<BootRule> rules, Architecture architecture, String name) {
        boolean pi = architecture == Architecture.RASPBERRY_PI;
        BootAction action = pi ? new BootAction.Tftp() : new BootAction.File(name);
        rules.add(new BootRule(BootMatch.ALL.withArchitecture(architecture), action));
        Architecture http = OVER_HTTP.get(architecture);
        if (http != null) {
            rules.add(new BootRule(BootMatch.ALL.withArchitecture(http), action));
        }
    }

    private static @Nullable String firstOf(Path root, List<String> names) {
        for (String name : names) {
            if (Files.isRegularFile(root.resolve(name))) {
                return name;
            }
        }
        return null;
    }
}
