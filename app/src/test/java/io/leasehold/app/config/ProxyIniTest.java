package io.leasehold.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.netboot.proxy.Architecture;
import io.leasehold.netboot.proxy.BootAction;
import io.leasehold.netboot.proxy.BootMatch;
import io.leasehold.netboot.proxy.BootRule;
import io.leasehold.netboot.proxy.BootStage;
import io.leasehold.protocol.wire.Ip4Address;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The file of ProxyDHCPd, as its users have it. */
class ProxyIniTest {
    private static final String FILE =
            """
            ; None of these may be missing
            [proxy]
            listen_address=192.168.188.20
            tftpd=192.168.188.21
            #interface=
            filename=undionly.kpxe
            vendor_specific_information="proxyDHCPd"

            [ipxe]
            enabled=true
            legacy_bootstrap=undionly.kpxe
            efi_bootstrap=ipxe.efi
            chainload_url=boot.ipxe
            """;

    private static List<String> errors(String text) {
        return ProxyIni.read("proxy.ini", text).errors();
    }

    private static BootRule file(Architecture architecture, String name) {
        return new BootRule(
                BootMatch.ALL.withArchitecture(architecture), new BootAction.File(name));
    }

    @Test
    void readsWhatItsUsersHave() {
        ProxyIni.Result result = ProxyIni.read("proxy.ini", FILE);

        assertThat(result.errors()).isEmpty();
        assertThat(result.listenAddress()).isEqualTo(Ip4Address.parse("192.168.188.20"));
        assertThat(result.interfaceName()).isNull();
        assertThat(result.rules().fileServer()).isEqualTo(Ip4Address.parse("192.168.188.21"));
        assertThat(result.rules().rules())
                .containsExactly(
                        new BootRule(
                                BootMatch.ALL.withStage(BootStage.IPXE),
                                new BootAction.File("boot.ipxe")),
                        file(Architecture.BIOS, "undionly.kpxe"),
                        file(Architecture.X64, "ipxe.efi"));
    }

    @Test
    void givesIpxeAUrlWhereItIsOne() {
        String url = "http://192.168.188.20/boot.ipxe";

        assertThat(
                        ProxyIni.read(
                                        "f",
                                        FILE.replace(
                                                "chainload_url=boot.ipxe", "chainload_url=" + url))
                                .rules()
                                .rules()
                                .getFirst()
                                .action())
                .isEqualTo(new BootAction.Url(url));
    }

    @Test
    void choosesByArchitectureWithoutIpxe() {
        ProxyIni.Result result =
                ProxyIni.read(
                        "f",
                        """
                        [proxy]
                        listen_address=0.0.0.0
                        filename=pxelinux.0
                        filename_efi32=grubia32.efi
                        filename_efi64=grubx64.efi
                        """);

        assertThat(result.errors()).isEmpty();
        assertThat(result.rules().fileServer()).isNull();
        assertThat(result.rules().rules())
                .filteredOn(rule -> rule.match().stage() == BootStage.FIRMWARE)
                .startsWith(
                        file(Architecture.X64, "grubx64.efi"),
                        file(Architecture.IA32, "grubia32.efi"),
                        file(Architecture.BIOS, "pxelinux.0"));
        // A machine whose ROM is iPXE boots the same: no iPXE is among them.
        assertThat(result.rules().rules())
                .anyMatch(
                        rule ->
                                rule.match().stage() == BootStage.IPXE
                                        && rule.match().architecture() == Architecture.BIOS);
    }

    @Test
    void saysAllThatIsWrongWithTheirLines() {
        assertThat(
                        errors(
                                """
                                [proxy]
                                listen_address=300.1.1.1
                                tftp=10.0.0.1
                                filename=
                                nonsense
                                [pxe]
                                [ipxe]
                                enabled=maybe
                                enabled=true
                                """))
                .containsExactly(
                        "proxy.ini:2:1: listen_address: found \"300.1.1.1\", expected an IPv4"
                                + " address",
                        "proxy.ini:3:1: tftp: unknown key, expected one of listen_address,"
                                + " interface, tftpd, filename, filename_efi32, filename_efi64,"
                                + " vendor_specific_information",
                        "proxy.ini:4:1: filename: found nothing, expected a value",
                        "proxy.ini:5:1: found \"nonsense\", expected key = value",
                        "proxy.ini:6:1: found [pxe], expected [proxy] or [ipxe]",
                        "proxy.ini:8:1: enabled: found \"maybe\", expected true or false",
                        "proxy.ini:9:1: enabled: given twice, first in line 8");
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(errors("[proxy]\nvendor_specific_information=x\n"))
                .containsExactlyInAnyOrder(
                        "proxy.ini: listen_address: missing, expected an address of this host in"
                                + " [proxy]",
                        "proxy.ini: filename: missing, expected a boot file in [proxy]");
        assertThat(errors("[proxy]\nlisten_address=10.0.0.1\n[ipxe]\nenabled=true\n"))
                .containsExactlyInAnyOrder(
                        "proxy.ini: legacy_bootstrap: missing, expected one in [ipxe] where it is"
                                + " enabled",
                        "proxy.ini: efi_bootstrap: missing, expected one in [ipxe] where it is"
                                + " enabled",
                        "proxy.ini: chainload_url: missing, expected one in [ipxe] where it is"
                                + " enabled");
    }

    @Test
    void refusesAChainThatGoesRound() {
        assertThat(errors(FILE.replace("chainload_url=boot.ipxe", "chainload_url=ipxe.efi")))
                .containsExactly(
                        "proxy.ini:13:1: chainload_url: found ipxe.efi, which is efi_bootstrap"
                                + " too: iPXE would load itself without end");
    }

    /** Whatever a file holds: it boots something, or a line says what is wrong, and where. */
    @Test
    void saysWhatIsWrongWithAnyFileAtAll() {
        String some = "=:[]\";#\n\r\0 .\u00e9\u20ac0proxyipxe";
        for (int life = 0; life < 3000; life++) {
            Random random = new Random(life);
            StringBuilder text = new StringBuilder(FILE);
            for (int i = random.nextInt(12); i >= 0; i--) {
                int at = random.nextInt(text.length());
                char by = some.charAt(random.nextInt(some.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, by);
                    case 1 -> text.insert(at, by);
                    default ->
                            text.delete(at, Math.min(text.length() - 1, at + random.nextInt(40)));
                }
            }
            ProxyIni.Result result = ProxyIni.read("f", text.toString());
            assertThat(result.errors()).as("life " + life).allMatch(line -> line.startsWith("f:"));
            if (result.errors().isEmpty()) {
                assertThat(result.rules().rules()).as("life " + life).isNotEmpty();
            }
        }
    }
}
