package io.leasehold.netboot.proxy;

import org.jspecify.annotations.Nullable;

/**
 * What a client says in option 93 that it is (RFC 4578 §2.1): every code of IANA's registry of
 * processor architecture types, with its name there.
 */
public enum Architecture {
    BIOS(0x00, "bios", "x86 BIOS", Firmware.BIOS),
    PC98(0x01, "pc98", "NEC/PC98 (deprecated)", Firmware.OTHER),
    ITANIUM(0x02, "itanium", "Itanium", Firmware.UEFI),
    ALPHA(0x03, "alpha", "DEC Alpha (deprecated)", Firmware.OTHER),
    ARC_X86(0x04, "arc-x86", "Arc x86 (deprecated)", Firmware.OTHER),
    LEAN_CLIENT(0x05, "lean-client", "Intel Lean Client (deprecated)", Firmware.OTHER),
    IA32(0x06, "ia32", "x86 UEFI", Firmware.UEFI),
    X64(0x07, "x64", "x64 UEFI", Firmware.UEFI),
    XSCALE(0x08, "xscale", "EFI Xscale (deprecated)", Firmware.UEFI),
    EBC(0x09, "ebc", "EBC", Firmware.UEFI),
    ARM32(0x0a, "arm32", "ARM 32-bit UEFI", Firmware.UEFI),
    ARM64(0x0b, "arm64", "ARM 64-bit UEFI", Firmware.UEFI),
    PPC_OPEN_FIRMWARE(0x0c, "ppc-open-firmware", "PowerPC Open Firmware", Firmware.OTHER),
    PPC_EPAPR(0x0d, "ppc-epapr", "PowerPC ePAPR", Firmware.OTHER),
    OPAL(0x0e, "opal", "POWER OPAL v3", Firmware.OTHER),
    IA32_HTTP(0x0f, "ia32-http", "x86 UEFI boot from HTTP", Firmware.HTTP),
    X64_HTTP(0x10, "x64-http", "x64 UEFI boot from HTTP", Firmware.HTTP),
    EBC_HTTP(0x11, "ebc-http", "EBC boot from HTTP", Firmware.HTTP),
    ARM32_HTTP(0x12, "arm32-http", "ARM 32-bit UEFI boot from HTTP", Firmware.HTTP),
    ARM64_HTTP(0x13, "arm64-http", "ARM 64-bit UEFI boot from HTTP", Firmware.HTTP),
    BIOS_HTTP(0x14, "bios-http", "x86 BIOS boot from HTTP", Firmware.HTTP),
    ARM32_UBOOT(0x15, "arm32-uboot", "ARM 32-bit U-Boot", Firmware.OTHER),
    ARM64_UBOOT(0x16, "arm64-uboot", "ARM 64-bit U-Boot", Firmware.OTHER),
    ARM32_UBOOT_HTTP(0x17, "arm32-uboot-http", "ARM 32-bit U-Boot boot from HTTP", Firmware.HTTP),
    ARM64_UBOOT_HTTP(0x18, "arm64-uboot-http", "ARM 64-bit U-Boot boot from HTTP", Firmware.HTTP),
    RISCV32(0x19, "riscv32", "RISC-V 32-bit UEFI", Firmware.UEFI),
    RISCV32_HTTP(0x1a, "riscv32-http", "RISC-V 32-bit UEFI boot from HTTP", Firmware.HTTP),
    RISCV64(0x1b, "riscv64", "RISC-V 64-bit UEFI", Firmware.UEFI),
    RISCV64_HTTP(0x1c, "riscv64-http", "RISC-V 64-bit UEFI boot from HTTP", Firmware.HTTP),
    RISCV128(0x1d, "riscv128", "RISC-V 128-bit UEFI", Firmware.UEFI),
    RISCV128_HTTP(0x1e, "riscv128-http", "RISC-V 128-bit UEFI boot from HTTP", Firmware.HTTP),
    S390_BASIC(0x1f, "s390-basic", "s390 Basic", Firmware.OTHER),
    S390_EXTENDED(0x20, "s390-extended", "s390 Extended", Firmware.OTHER),
    MIPS32(0x21, "mips32", "MIPS 32-bit UEFI", Firmware.UEFI),
    MIPS64(0x22, "mips64", "MIPS 64-bit UEFI", Firmware.UEFI),
    SUNWAY32(0x23, "sunway32", "Sunway 32-bit UEFI", Firmware.UEFI),
    SUNWAY64(0x24, "sunway64", "Sunway 64-bit UEFI", Firmware.UEFI),
    LOONGARCH32(0x25, "loongarch32", "LoongArch 32-bit UEFI", Firmware.UEFI),
    LOONGARCH32_HTTP(
            0x26, "loongarch32-http", "LoongArch 32-bit UEFI boot from HTTP", Firmware.HTTP),
    LOONGARCH64(0x27, "loongarch64", "LoongArch 64-bit UEFI", Firmware.UEFI),
    LOONGARCH64_HTTP(
            0x28, "loongarch64-http", "LoongArch 64-bit UEFI boot from HTTP", Firmware.HTTP),
    RASPBERRY_PI(0x29, "raspberry-pi", "ARM rpiboot", Firmware.OTHER);

    /** How the firmware of an architecture takes what it boots. */
    enum Firmware {
        BIOS,
        UEFI,
        /** UEFI that loads a URL. */
        HTTP,
        OTHER
    }

    private static final Architecture[] ALL = values();

    private final int code;
    private final String key;
    private final String title;
    private final Firmware firmware;

    Architecture(int code, String key, String title, Firmware firmware) {
        this.code = code;
        this.key = key;
        this.title = title;
        this.firmware = firmware;
    }

    /** The code of option 93. */
    public int code() {
        return code;
    }

    /** How a configuration spells it: {@code x64}. */
    public String key() {
        return key;
    }

    /** IANA's name for it. */
    public String title() {
        return title;
    }

    /** True when its firmware loads a URL by itself. */
    public boolean http() {
        return firmware == Firmware.HTTP;
    }

    Firmware firmware() {
        return firmware;
    }

    /** The one that takes the same files: RFC 4578 had 7 and 9 the wrong way round for years. */
    Architecture sameFiles() {
        return switch (this) {
            case EBC -> X64;
            case EBC_HTTP -> X64_HTTP;
            default -> this;
        };
    }

    /** The architecture of a code; null when the registry has none. */
    public static @Nullable Architecture of(int code) {
        return code >= 0 && code < ALL.length ? ALL[code] : null;
    }

    /** The architecture that a configuration spells so; null when there is none. */
    public static @Nullable Architecture ofKey(String key) {
        for (Architecture each : ALL) {
            if (each.key.equals(key)) {
                return each;
            }
        }
        return null;
    }

    /** {@code 7 (x64 UEFI)}, as log lines tell a code. */
    public static String describe(int code) {
        Architecture known = of(code);
        return code + " (" + (known == null ? "not in IANA's registry" : known.title) + ")";
    }
}
