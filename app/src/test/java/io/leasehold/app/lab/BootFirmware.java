package io.leasehold.app.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Machines with real firmware, under QEMU's emulation. */
enum BootFirmware {
    /** SeaBIOS, whose network card has iPXE as its ROM. */
    BIOS {
        @Override
        List<String> machine(Path directory, String hardware) {
            return pc(hardware, "virtio-net-pci");
        }
    },
    /** The same with another card. */
    BIOS_E1000 {
        @Override
        List<String> machine(Path directory, String hardware) {
            return pc(hardware, "e1000");
        }
    },
    /**
     * A BIOS whose ROM is told by its user class to load undionly.kpxe. There is no ROM for QEMU
     * that is not iPXE: it is iPXE itself, under another user class, as a kernel.
     */
    BIOS_CHAIN {
        @Override
        List<String> machine(Path directory, String hardware) throws IOException {
            Path script = directory.resolve("plain-rom.ipxe");
            Files.writeString(script, "#!ipxe\nset user-class PLAINROM\nautoboot\n");
            List<String> command = pc();
            // Without a place in the order of booting: the kernel has the first.
            command.addAll(List.of("-device", "e1000,romfile=,netdev=n0,mac=" + hardware));
            command.addAll(List.of("-kernel", "/usr/lib/ipxe/ipxe.lkrn"));
            command.addAll(List.of("-initrd", script.toString()));
            return command;
        }
    },
    /** OVMF, which boots by its own PXE. */
    X64 {
        @Override
        List<String> machine(Path directory, String hardware) throws IOException {
            return ovmf("x86_64", directory, hardware, "_CODE_4M.fd", "_VARS_4M.fd");
        }
    },
    /** OVMF, which boots over HTTP since its PXE is switched off. */
    X64_HTTP {
        @Override
        List<String> machine(Path directory, String hardware) throws IOException {
            return withoutPxe(X64.machine(directory, hardware));
        }
    },
    /** OVMF with Secure Boot, and the keys that machines are sold with: Microsoft's. */
    X64_SECURE {
        @Override
        List<String> machine(Path directory, String hardware) throws IOException {
            return ovmf("x86_64", directory, hardware, "_CODE_4M.secboot.fd", "_VARS_4M.ms.fd");
        }
    },
    /** The same, which boots over HTTP. */
    X64_SECURE_HTTP {
        @Override
        List<String> machine(Path directory, String hardware) throws IOException {
            return withoutPxe(X64_SECURE.machine(directory, hardware));
        }
    },
    /** OVMF of 32 bits; Debian has it with SMM alone. */
    IA32 {
        @Override
        List<String> machine(Path directory, String hardware) throws IOException {
            return ovmf("i386", directory, hardware, "32_CODE_4M.secboot.fd", "32_VARS_4M.fd");
        }
    },
    /** AAVMF. It would wait five seconds for a key before it boots. */
    AA64 {
        @Override
        List<String> machine(Path directory, String hardware) throws IOException {
            List<String> command =
                    common(
                            "qemu-system-aarch64",
                            List.of("-machine", "virt", "-cpu", "cortex-a57", "-m", "256"));
            command.addAll(List.of("-boot", "menu=on,splash-time=0"));
            command.addAll(flash(directory, AAVMF + "AAVMF_CODE.fd", AAVMF + "AAVMF_VARS.fd"));
            command.addAll(card(hardware, "virtio-net-pci,romfile="));
            command.addAll(NO_IP6);
            return command;
        }
    };

    private static final String OVMF = "/usr/share/OVMF/OVMF";
    private static final String AAVMF = "/usr/share/AAVMF/";
    private static final List<String> NO_IP6 =
            List.of("-fw_cfg", "name=opt/org.tianocore/IPv6PXESupport,string=n");

    /** Variables that only SMM writes: what boots cannot switch Secure Boot off. */
    private static final List<String> GUARDED_FLASH =
            List.of(
                    "-global",
                    "driver=cfi.pflash01,property=secure,value=on",
                    "-global",
                    "ICH9-LPC.disable_s3=1");

    /** The machine's command, without its network device. */
    abstract List<String> machine(Path directory, String hardware) throws IOException;

    /**
     * The whole command; what the machine prints on its serial port, the command prints.
     *
     * @param tap the device of the network that it is on
     * @param screen by which somebody is to sit before it
     */
    List<String> command(Path directory, String hardware, String tap, Screen screen) {
        try {
            List<String> command = new ArrayList<>(machine(directory, hardware));
            command.addAll(
                    List.of(
                            "-netdev",
                            "tap,id=n0,script=no,downscript=no,ifname=" + tap,
                            "-chardev",
                            "stdio,id=serial,logfile=" + screen.shown(),
                            "-serial",
                            "chardev:serial",
                            "-qmp",
                            "unix:" + screen.control() + ",server=on,wait=off"));
            return command;
        } catch (IOException e) {
            throw new LabException("cannot make a machine in " + directory, e);
        }
    }

    private static List<String> common(String qemu, List<String> machine) {
        List<String> command = new ArrayList<>(List.of(qemu));
        command.addAll(machine);
        command.addAll(List.of("-accel", "tcg", "-smp", "1", "-nodefaults", "-display", "none"));
        command.addAll(List.of("-vga", "none", "-no-reboot", "-monitor", "none"));
        command.addAll(List.of("-uuid", "00112233-4455-6677-8899-aabbccddeeff"));
        return command;
    }

    private static List<String> card(String hardware, String device) {
        return List.of("-device", device + ",netdev=n0,bootindex=0,mac=" + hardware);
    }

    /** SeaBIOS prints to the serial port when there are no graphics. */
    private static List<String> pc() {
        return common("qemu-system-x86_64", List.of("-machine", "pc,graphics=off", "-m", "128"));
    }

    private static List<String> pc(String hardware, String device) {
        List<String> command = pc();
        command.addAll(card(hardware, device));
        return command;
    }

    /** What is built for Secure Boot needs SMM. */
    private static List<String> ovmf(
            String processor, Path directory, String hardware, String code, String variables)
            throws IOException {
        boolean guarded = code.endsWith(".secboot.fd");
        String machine = "q35,smm=" + (guarded ? "on" : "off");
        List<String> command =
                common("qemu-system-" + processor, List.of("-machine", machine, "-m", "128"));
        command.addAll(card(hardware, "virtio-net-pci,romfile="));
        command.addAll(NO_IP6);
        if (guarded) {
            command.addAll(GUARDED_FLASH);
        }
        command.addAll(flash(directory, OVMF + code, OVMF + variables));
        return command;
    }

    private static List<String> withoutPxe(List<String> command) {
        command.addAll(List.of("-fw_cfg", "name=opt/org.tianocore/IPv4PXESupport,string=n"));
        return command;
    }

    private static List<String> flash(Path directory, String code, String variables)
            throws IOException {
        Path own = Files.createTempFile(directory, "vars", ".fd");
        Files.write(own, Files.readAllBytes(Path.of(variables)));
        return List.of(
                "-drive",
                "if=pflash,unit=0,format=raw,readonly=on,file=" + code,
                "-drive",
                "if=pflash,unit=1,format=raw,file=" + own);
    }
}
