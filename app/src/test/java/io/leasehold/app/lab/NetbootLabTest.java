package io.leasehold.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

    private final BootLan lan = new BootLan();

    @AfterEach
    void removeLab() {
        lan.close();
    }

    @Test
    void bootsBiosMachinesOnceByTheirIpxeRomAndOnceByWayOfUndionly() {
        lan.serve(OtherServer.DNSMASQ);
        LabProcess proxy = lan.boot(BootLan.RULES);

        LabProcess rom = lan.machine(BootFirmware.BIOS, BootLan.DIRECT);
        LabProcess chain = lan.machine(BootFirmware.BIOS_CHAIN, BootLan.CHAINED);

        for (LabProcess machine : List.of(rom, chain)) {
            assertThat(BootLan.awaitBoot(machine))
                    .singleElement()
                    .asString()
                    .matches("lab: booted script pcbios i386 10\\.77\\.0\\.1[0-9][0-9] .*");
        }
        assertThat(proxy.lines())
                .anyMatch(
                        line ->
                                line.contains(
                                        "iPXE on eth0: boot " + BootLan.SCRIPT + ", by rule 2"))
                .anyMatch(line -> line.contains("on eth0: boot undionly.kpxe, by rule 1"))
                .anyMatch(line -> line.contains(CHAIN_BOOTED))
                .anyMatch(line -> line.matches(FETCHED));
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
