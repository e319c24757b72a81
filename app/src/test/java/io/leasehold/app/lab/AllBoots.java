package io.leasehold.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every way of booting there is a machine for. It takes minutes, so that its name keeps it out of
 * {@code ./check}; {@code bench/boot-all} runs it.
 */
@Tag("lab")
final class AllBoots {
    private static final String SCRIPT_OF_BIOS = "lab: booted script pcbios i386";
    private static final String SCRIPT_OF_X64 = "lab: booted script efi x86_64";
    private static final String GRUB_LOCKED =
            "lab: booted grub, lockdown y, from (tftp," + BootLan.PROXY + ")/grub";
    private static final Duration WIRE_WAIT_MAX = Duration.ofMinutes(1);

    /** Less than the two seconds that iPXE waits for a proxy. */
    private static final Duration LATE = Duration.ofMillis(1500);

    private final BootLan lan = new BootLan();

    @AfterEach
    void removeLab() {
        lan.close();
    }

    private String ourServer() {
        return """
        server:
          ping-check: off
          subnets:
            - subnet: 10.77.0.0/24
              pools: [10.77.0.100-10.77.0.150]
        data: %s
        """
                .formatted(lan.lab().directory().resolve("data"));
    }

    private void boots(BootFirmware firmware, String hardware, String said) {
        long begun = System.nanoTime();
        LabProcess machine = lan.machine(firmware, hardware);
        assertThat(BootLan.awaitBoot(machine)).singleElement().asString().startsWith(said);
        long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        System.out.println("boot-all: " + firmware + " " + said + ": " + millis + " ms");
    }

    @ParameterizedTest
    @CsvSource({
        "BIOS, 52:54:00:77:02:, lab: booted script pcbios i386",
        "BIOS_E1000, 52:54:00:77:02:, lab: booted script pcbios i386",
        "BIOS_CHAIN, 52:54:00:77:01:, lab: booted script pcbios i386",
        "X64, 52:54:00:77:02:, lab: booted nbp-x64",
        "X64, 52:54:00:77:01:, lab: booted script efi x86_64",
        "X64_HTTP, 52:54:00:77:02:, lab: booted nbp-x64",
        "IA32, 52:54:00:77:02:, lab: booted nbp-ia32",
        "AA64, 52:54:00:77:02:, lab: booted nbp-aa64"
    })
    void everyFirmwareBootsBesideDnsmasq(BootFirmware firmware, String hardware, String said) {
        lan.serve(OtherServer.DNSMASQ);
        lan.boot(BootLan.RULES);
        boolean chained = firmware == BootFirmware.X64 && hardware.equals(BootLan.CHAINED);
        lan.capture(firmware.name().toLowerCase(Locale.ROOT) + (chained ? "-snponly" : ""));
        boots(firmware, hardware, said);
    }

    @ParameterizedTest
    @EnumSource(names = {"KEA", "DHCPD"})
    void machinesBootBesideEveryServer(OtherServer primary) {
        lan.serve(primary);
        lan.boot(BootLan.RULES);
        boots(BootFirmware.BIOS_CHAIN, BootLan.CHAINED, SCRIPT_OF_BIOS);
        boots(BootFirmware.X64, BootLan.DIRECT, "lab: booted nbp-x64");
        boots(BootFirmware.X64_HTTP, BootLan.DIRECT, "lab: booted nbp-x64");
    }

    @Test
    void uefiBootsByAQuestionOnPort4011() {
        lan.serve(OtherServer.DNSMASQ);
        LabProcess proxy =
                lan.boot(
                        BootLan.RULES.replace(
                                "{arch: x64, file: nbp-x64.efi}",
                                "{arch: x64, file: nbp-x64.efi, discovery: 4011}"));
        lan.capture("x64-4011");
        boots(BootFirmware.X64, BootLan.DIRECT, "lab: booted nbp-x64");
        assertThat(proxy.lines()).anyMatch(line -> line.contains("ACK to"));
    }

    @Test
    void machinesBootWhereTheProxyAnswersLast() throws InterruptedException {
        lan.serve(OtherServer.DNSMASQ);
        LabProcess proxy = lan.boot(BootLan.RULES);
        bootsThoughLate(proxy, BootFirmware.BIOS, SCRIPT_OF_BIOS);
        bootsThoughLate(proxy, BootFirmware.X64, "lab: booted nbp-x64");
    }

    @Test
    void machinesBootWhereTheProxyAnswersFirst() throws InterruptedException {
        LabProcess primary = lan.serve(OtherServer.DNSMASQ);
        lan.boot(BootLan.RULES);
        bootsThoughLate(primary, BootFirmware.BIOS, SCRIPT_OF_BIOS);
        bootsThoughLate(primary, BootFirmware.X64, "lab: booted nbp-x64");
    }

    /** One of the two is stopped until the machine has waited for it. */
    private void bootsThoughLate(LabProcess late, BootFirmware firmware, String said)
            throws InterruptedException {
        List<String> command = List.of("tcpdump", "-l", "-n", "-i", BootLan.IFACE, "udp port 67");
        LabProcess wire = lan.proxy().start("tcpdump", command);
        wire.awaitLine(line -> line.contains("listening on"), "that it listens", WIRE_WAIT_MAX);
        late.signal("STOP");
        LabProcess machine = lan.machine(firmware, BootLan.DIRECT);
        wire.awaitLine(line -> line.contains("Request from"), "a DISCOVER", WIRE_WAIT_MAX);
        Thread.sleep(LATE);
        late.signal("CONT");
        wire.close();
        assertThat(BootLan.awaitBoot(machine)).singleElement().asString().startsWith(said);
    }

    @ParameterizedTest
    @EnumSource
    void machinesBootWhereTheProxyIsOnTheServersHost(OtherServer primary) {
        if (primary == OtherServer.DNSMASQ) {
            // It leaves the port to others only where it is bound to its interface.
            lan.serveRange("10.77.0.100,10.77.0.200");
        } else {
            lan.serve(primary);
        }
        lan.bootOn(lan.primary(), BootLan.RULES);
        boots(BootFirmware.BIOS_CHAIN, BootLan.CHAINED, SCRIPT_OF_BIOS);
        boots(BootFirmware.X64, BootLan.CHAINED, SCRIPT_OF_X64);
    }

    /** Our own relay has both for servers: who gives addresses, and who says what to boot. */
    @Test
    void machinesBootThroughARelay() {
        Segment far = lan.lab().segment("far");
        Host relay = lan.lab().host("relay");
        relay.plug(lan.segment(), "eth0", "52:54:00:77:00:03");
        relay.plug(far, "eth1", "52:54:00:77:00:04");
        relay.address("eth0", "10.77.0.3/24");
        relay.address("eth1", "10.88.0.1/24");
        relay.run("ethtool", "-K", "eth1", "tx", "off");
        relay.run("sysctl", "-qw", "net.ipv4.ip_forward=1");
        for (Host each : List.of(lan.primary(), lan.proxy())) {
            each.run("ip", "route", "add", "10.88.0.0/24", "via", "10.77.0.3");
        }
        lan.serveRange("10.88.0.100,10.88.0.200", "--dhcp-option=3,10.88.0.1");
        lan.boot("listen: [" + BootLan.PROXY + "]\n" + BootLan.RULES);
        lan.start(relay, "relay", "-d", "-i", "eth1", "-s", BootLan.PRIMARY, "-s", BootLan.PROXY);

        LabProcess machine = lan.machineOn(far, BootFirmware.X64, BootLan.DIRECT + "f0");

        assertThat(BootLan.awaitBoot(machine)).containsExactly("lab: booted nbp-x64");
    }

    @Test
    void machinesBootByOurOwnServerInOnePacketWithTheirAddress() {
        lan.bootOn(lan.proxy(), BootLan.RULES + ourServer(), "serve");
        boots(BootFirmware.BIOS, BootLan.DIRECT, SCRIPT_OF_BIOS);
        boots(BootFirmware.BIOS_CHAIN, BootLan.CHAINED, SCRIPT_OF_BIOS);
        boots(BootFirmware.X64, BootLan.DIRECT, "lab: booted nbp-x64");
        boots(BootFirmware.X64_HTTP, BootLan.DIRECT, "lab: booted nbp-x64");
        lan.addSigned();
        boots(BootFirmware.X64_SECURE, BootLan.SIGNED, GRUB_LOCKED);
    }

    /** The item is asked for on port 4011, and the answer names its file. */
    @ParameterizedTest
    @CsvSource({
        "BIOS, lab: booted script pcbios i386",
        "BIOS_E1000, lab: booted script pcbios i386",
        "X64, lab: booted nbp-x64"
    })
    void machinesBootByAMenu(BootFirmware firmware, String said) {
        lan.serve(OtherServer.DNSMASQ);
        LabProcess proxy = lan.boot(BootLan.MENUS);
        lan.capture(firmware.name().toLowerCase(Locale.ROOT) + "-menu");
        boots(firmware, BootLan.DIRECT, said);
        assertThat(proxy.lines())
                .anyMatch(line -> line.contains("boot a menu of 2 items, by rule "))
                .anyMatch(line -> line.contains("ACK to"));
    }

    /** Somebody presses F8 at the prompt, goes down to the second item and takes it. */
    @ParameterizedTest
    @CsvSource({"BIOS, lab: booted script pcbios i386", "X64, lab: booted nbp-x64"})
    void machinesBootByTheItemOfAMenuThatSomebodyChooses(BootFirmware firmware, String said) {
        lan.serve(OtherServer.DNSMASQ);
        LabProcess proxy = lan.boot(BootLan.MENUS_TO_CHOOSE_FROM);
        lan.capture(firmware.name().toLowerCase(Locale.ROOT) + "-menu-chosen");
        LabProcess machine = lan.machine(firmware, BootLan.DIRECT);
        Screen screen = lan.screen();
        screen.await("Press F8 for the boot menu");
        screen.press("f8");
        screen.await("Missing");
        screen.press("down");
        screen.press("ret");
        assertThat(BootLan.awaitBoot(machine)).singleElement().asString().startsWith(said);
        assertThat(proxy.lines()).anyMatch(line -> line.contains("ACK to"));
    }

    /** The machine asks again and again, and it is said what it lacks. */
    @Test
    void aMachineThatNobodyGivesAnAddressIsStuck() {
        LabProcess proxy = lan.boot(BootLan.RULES);
        lan.machine(BootFirmware.BIOS, BootLan.DIRECT);
        awaitStuck(proxy, "and took no address; look: is there a DHCP server on this network");
    }

    @Test
    void aMachineWhoseFileIsMissingIsStuck() throws Exception {
        Files.delete(lan.root().resolve("nbp-x64.efi"));
        lan.serve(OtherServer.DNSMASQ);
        LabProcess proxy = lan.boot(BootLan.RULES);
        lan.machine(BootFirmware.X64, BootLan.DIRECT);
        awaitStuck(proxy, "nbp-x64.efi\": no such file under");
    }

    private static void awaitStuck(LabProcess proxy, String why) {
        proxy.awaitLine(
                line -> line.contains("WARN  stuck: 52:54:00:77:02:01 ") && line.contains(why),
                "that the machine is stuck: " + why,
                Duration.ofMinutes(2));
        System.out.println("boot-all: " + proxy.lines().getLast());
    }

    @Test
    void machinesBootByAMenuOfOurOwnServer() {
        lan.bootOn(lan.proxy(), BootLan.MENUS + ourServer(), "serve");
        boots(BootFirmware.BIOS, BootLan.DIRECT, SCRIPT_OF_BIOS);
        boots(BootFirmware.X64, BootLan.DIRECT, "lab: booted nbp-x64");
    }

    /** Nobody answers at port 9: the script that is given instead ends iPXE. */
    @ParameterizedTest
    @CsvSource({
        "BIOS, No bootable device, 'menu: {timeout: 1s, items: [{name: Disk, boot: local}]}'",
        "BIOS, No bootable device, 'backend: {url: \"http://127.0.0.1:9/${mac}\"}'",
        "X64, failed to start Boot0001, 'backend: {url: \"http://127.0.0.1:9/${mac}\"}'"
    })
    void machinesGoOnToTheirNextDevice(BootFirmware firmware, String said, String what) {
        lan.serve(OtherServer.DNSMASQ);
        lan.boot(
                """
                interfaces: [eth0]
                netboot:
                  root: ROOT
                  boot:
                    - ipxe: true
                """
                        + "      "
                        + what
                        + "\n    - {arch: x64, file: snponly.efi}\n");
        LabProcess machine = lan.machine(firmware, BootLan.CHAINED);
        machine.awaitLine(line -> line.contains(said), "that it looks further", WIRE_WAIT_MAX);
        machine.close();
    }

    /** What the file names decide: iPXE by way of snponly.efi, since it is there. */
    @Test
    void machinesBootWithNoFileAtAll() throws Exception {
        Files.delete(lan.root().resolve("undionly.kpxe"));
        lan.serve(OtherServer.DNSMASQ);
        lan.start(lan.proxy(), "netboot", "-i", BootLan.IFACE, "--root", lan.root().toString());
        boots(BootFirmware.BIOS, BootLan.DIRECT, SCRIPT_OF_BIOS);
        boots(BootFirmware.X64, BootLan.DIRECT, SCRIPT_OF_X64);
    }

    /** The files are of another server, as with ProxyDHCPd: this program serves none. */
    @Test
    void machinesBootByAFileOfProxyDhcpd() {
        lan.serve(OtherServer.DNSMASQ);
        lan.serveFiles();
        LabProcess proxy =
                lan.bootByIni(
                        """
                        [proxy]
                        listen_address=%s
                        tftpd=%s
                        filename=undionly.kpxe
                        vendor_specific_information="proxyDHCPd"

                        [ipxe]
                        enabled=true
                        legacy_bootstrap=undionly.kpxe
                        efi_bootstrap=snponly.efi
                        chainload_url=boot.ipxe
                        """
                                .formatted(BootLan.PROXY, BootLan.PRIMARY));
        boots(BootFirmware.BIOS, BootLan.DIRECT, SCRIPT_OF_BIOS);
        boots(BootFirmware.X64, BootLan.DIRECT, SCRIPT_OF_X64);
        assertThat(proxy.lines())
                .anyMatch(line -> line.contains("on eth0: boot snponly.efi, by rule "));
    }

    /** Debian's GRUB asks the server that the DHCP server names, and no proxy, for its files. */
    @Test
    void secureBootGoesFromTheFirmwareByWayOfShimToGrub() {
        lan.addSigned();
        lan.serveRange("10.77.0.100,10.77.0.200", "--dhcp-boot=,," + BootLan.PROXY);
        LabProcess proxy = lan.boot(BootLan.RULES);
        lan.capture("x64_secure");
        boots(BootFirmware.X64_SECURE, BootLan.SIGNED, GRUB_LOCKED);
        assertThat(proxy.lines())
                .anyMatch(line -> line.contains("\"debian/shimx64.efi\" 1,"))
                .anyMatch(line -> line.contains("\"debian/grubx64.efi\" 3,"))
                .anyMatch(line -> line.contains("\"grub/grub.cfg\" "));
    }

    /** Debian's GRUB looks for no file over HTTP: it is there, and asks what to do. */
    @Test
    void secureBootGoesByWayOfShimToGrubOverHttp() {
        lan.addSigned();
        lan.serve(OtherServer.DNSMASQ);
        LabProcess proxy = lan.boot(BootLan.RULES);
        lan.capture("x64_secure_http");
        LabProcess machine = lan.machine(BootFirmware.X64_SECURE_HTTP, BootLan.SIGNED);
        BootLan.awaitWord(machine, "GNU GRUB");
        assertThat(proxy.lines())
                .anyMatch(line -> line.contains("\"debian/shimx64.efi\" 1,"))
                .anyMatch(line -> line.contains("\"debian/grubx64.efi\" 3,"));
    }

    /** It is fetched whole, as the log tells, and then refused. */
    @Test
    void secureBootRefusesWhatNobodySigned() {
        lan.serve(OtherServer.DNSMASQ);
        LabProcess proxy = lan.boot(BootLan.RULES);
        LabProcess machine = lan.machine(BootFirmware.X64_SECURE, BootLan.DIRECT);
        BootLan.awaitWord(machine, "Access Denied");
        assertThat(proxy.lines()).anyMatch(line -> line.contains("\"nbp-x64.efi\" 3,072 bytes"));
        assertThat(machine.lines()).noneMatch(line -> line.contains("lab: booted"));
    }
}
