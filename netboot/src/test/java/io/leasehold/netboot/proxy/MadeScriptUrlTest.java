package io.leasehold.netboot.proxy;

import static io.leasehold.netboot.proxy.NetbootFixture.bytes;
import static io.leasehold.netboot.proxy.NetbootFixture.file;
import static io.leasehold.netboot.proxy.NetbootFixture.ipxe;
import static io.leasehold.netboot.proxy.NetbootFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.OptionCode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The URL of a script that is made for a machine says for which, and by which rule. */
class MadeScriptUrlTest {
    private static final String OURS = "http://192.0.2.2:8080/";

    private final NetbootFixture lab =
            new NetbootFixture(
                    NetbootFixture.firmware("a.0"),
                    new BootRule(
                            BootMatch.ALL.withArchitecture(Architecture.BIOS),
                            new BootAction.Template("t.ipxe", Map.of())),
                    new BootRule(
                            BootMatch.ALL,
                            new BootAction.Backend("http://x/", 1000, null, Map.of())));

    @Test
    void namesTheRuleAndTheMachine() {
        assertThat(file(lab.offered(ipxe(0))))
                .isEqualTo(OURS + "t.ipxe?rule=2&mac=52:54:00:77:01:00&arch=bios");
        assertThat(file(lab.offered(ipxe(9))))
                .isEqualTo(OURS + "backend.ipxe?rule=3&mac=52:54:00:77:01:00&arch=x64");
    }

    /** RFC 4578 §2.3 and UEFI: the first three groups of a UUID are sent turned. */
    @Test
    void namesTheUuidAsIpxeShowsItAndTheHostName() {
        Outgoing offer =
                lab.offered(
                        ipxe(0).option(97, bytes("00 33221100 5544 7766 8899aabbccddeeff"))
                                .option(12, "node-7".getBytes(StandardCharsets.US_ASCII)));

        assertThat(text(offer, 67))
                .isEqualTo(
                        OURS
                                + "t.ipxe?rule=2&mac=52:54:00:77:01:00&arch=bios"
                                + "&uuid=00112233-4455-6677-8899-aabbccddeeff&hostname=node-7\0");
    }

    @Test
    void leavesOutAHostNameThatWouldBeACommand() {
        for (String name : new String[] {"a\nshell", "a&mac=b", "a b", "a\0", "${x}"}) {
            byte[] raw = name.getBytes(StandardCharsets.US_ASCII);

            assertThat(file(lab.offered(ipxe(0).option(OptionCode.HOST_NAME, raw))))
                    .as(name)
                    .endsWith("arch=bios");
        }
    }

    @Test
    void fitsItsOptionWhateverTheMachineSays() {
        String longest = "t".repeat(BootAction.TEMPLATE_CHARACTERS_MAX);
        NetbootFixture far =
                new NetbootFixture(
                        new BootRule(BootMatch.ALL, new BootAction.Template(longest, Map.of())));

        Outgoing offer =
                far.offered(
                        ipxe(24).option(97, bytes("00 33221100 5544 7766 8899aabbccddeeff"))
                                .option(12, "n".repeat(63).getBytes(StandardCharsets.US_ASCII)));

        assertThat(text(offer, 67))
                .endsWith("arch=arm64-uboot-http&uuid=00112233-4455-6677-8899-aabbccddeeff\0")
                .hasSizeLessThanOrEqualTo(255);
        assertThatThrownBy(() -> new BootAction.Template(longest + "t", Map.of()))
                .hasMessage("a name of 101 characters, expected 100 at most");
    }

    @Test
    void isForIpxeAlone() {
        assertThatThrownBy(
                        () ->
                                new BootRule(
                                        BootMatch.ALL.withStage(BootStage.FIRMWARE),
                                        new BootAction.Template("t", Map.of())))
                .hasMessage("a script is for iPXE, and not for firmware");
    }
}
