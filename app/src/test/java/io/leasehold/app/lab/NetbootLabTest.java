package io.leasehold.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Real firmware boots by our service, beside a DHCP server of somebody else's. All kinds of
 * firmware, beside all kinds of servers: {@code bench/boot-all}.
 */
@Tag("lab")
final class NetbootLabTest {
    private static final String CHAIN_BOOTED =
            "booted: 52:54:00:77:01:02 0 (x86 BIOS), iPXE on eth0: \"undionly.kpxe\", since what"
                    + " it fetched asks now";

    /** Whose it was is known by the REQUEST that it broadcast. */
    private static final String FETCHED =
            ".*TFTP 10\\.77\\.0\\.\\d+ \\(52:54:00:77:01:02\\) \"undionly.kpxe\" [0-9,]+ bytes in"
                    + " .*";

    private static final String UUID = "00112233-4455-6677-8899-aabbccddeeff";

    private final BootLan lan = new BootLan();

    @AfterEach
    void removeLab() {
        lan.close();
    }

    /**
     * The one gets a script made of a template, which goes on with a plain one; the other comes by
     * way of undionly.kpxe, and gets a kernel and an initrd that an HTTP server says. The kernel is
     * iPXE once more, which takes its initrd for a script.
     */
    @Test
    void bootsBiosMachinesByScriptsThatAreMadeForEach() throws Exception {
        lan.serve(OtherServer.DNSMASQ);
        Path root = lan.root();
        Files.writeString(
                root.resolve("made.ipxe"),
                """
                #!ipxe
                echo lab: booted ${role} ${mac} ${arch} ${ip} ${next-server}
                echo lab: booted ours ${uuid}
                echo lab: booted iPXE ${uuid:uuid}
                chain boot.ipxe
                """);
        Files.writeString(
                root.resolve(BootLan.CHAINED + "02.json"),
                """
                {"kernel": "ipxe.lkrn", "initrd": "proof.ipxe", "message": "lab: booted by message"}
                """);
        Files.copy(Path.of("/usr/lib/ipxe/ipxe.lkrn"), root.resolve("ipxe.lkrn"));
        Files.writeString(root.resolve("proof.ipxe"), BootLan.proof("by a kernel and its initrd"));
        LabProcess proxy = lan.boot(BootLan.MADE);

        LabProcess rom = lan.machine(BootFirmware.BIOS, BootLan.DIRECT);
        LabProcess chain = lan.machine(BootFirmware.BIOS_CHAIN, BootLan.CHAINED);

        assertThat(BootLan.awaitBoot(rom))
                .satisfiesExactly(
                        made ->
                                assertThat(made)
                                        .startsWith("lab: booted tester 52:54:00:77:02:01 bios ")
                                        .matches(".* 10\\.77\\.0\\.1\\d\\d 10\\.77\\.0\\.2"),
                        ours -> assertThat(ours).isEqualTo("lab: booted ours " + UUID),
                        ipxe -> assertThat(ipxe).isEqualTo("lab: booted iPXE " + UUID),
                        plain -> assertThat(plain).startsWith("lab: booted script pcbios i386"));
        assertThat(BootLan.awaitBoot(chain))
                .containsExactly(
                        "lab: booted by message", "lab: booted by a kernel and its initrd");
        assertThat(proxy.lines())
                .anyMatch(
                        line ->
                                line.contains(
                                        "iPXE on eth0: boot http://10.77.0.2:8080/made.ipxe?"))
                .anyMatch(line -> line.contains("on eth0: boot undionly.kpxe, by rule 1"))
                .anyMatch(line -> line.contains(CHAIN_BOOTED))
                .anyMatch(line -> line.matches(FETCHED))
                .anyMatch(line -> line.endsWith("52:54:00:77:01:02 boots kernel ipxe.lkrn"));
    }

    @Test
    void bootsUefiByItsOwnPxeWithoutAQuestionOnPort4011() {
        lan.serve(OtherServer.DNSMASQ);
        LabProcess proxy = lan.boot(BootLan.RULES);

        LabProcess machine = lan.machine(BootFirmware.X64, BootLan.DIRECT);

        assertThat(BootLan.awaitBoot(machine)).containsExactly("lab: booted nbp-x64");
        assertThat(proxy.lines()).noneMatch(line -> line.contains("ACK to"));
    }
}
