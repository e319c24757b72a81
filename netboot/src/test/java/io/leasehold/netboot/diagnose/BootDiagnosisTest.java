package io.leasehold.netboot.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.netboot.proxy.Architecture;
import io.leasehold.netboot.proxy.BootAction;
import io.leasehold.netboot.proxy.BootMatch;
import io.leasehold.netboot.proxy.BootRule;
import io.leasehold.netboot.proxy.NetbootConfig;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.Options;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BootDiagnosisTest {
    private static final HardwareAddress PROBE = HardwareAddress.parse("02:00:00:00:00:07");
    private static final HardwareAddress MACHINE = HardwareAddress.parse("52:54:00:77:01:01");
    private static final Ip4Address OURS = Ip4Address.parse("10.77.0.2");
    private static final Ip4Address PRIMARY = Ip4Address.parse("10.77.0.1");
    private static final Ip4Address OTHER = Ip4Address.parse("10.77.0.3");
    private static final String PXE = "PXEClient";

    private final Message ask = BootProbe.discover(PROBE, 0x77, new byte[16]);
    private final BootDiagnosis diagnosis =
            new BootDiagnosis(
                    new NetbootConfig(
                            List.of(
                                    new BootRule(
                                            BootMatch.ALL.withArchitecture(Architecture.BIOS),
                                            new BootAction.File("undionly.kpxe"))),
                            null,
                            0),
                    List.of(OURS),
                    PROBE);

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private MessageBuilder offer(Ip4Address from, String address) {
        return MessageBuilder.reply(ask)
                .type(MessageType.OFFER)
                .yiaddr(Ip4Address.parse(address))
                .option(Options.SERVER_ID, from);
    }

    private void hears(Ip4Address from, MessageBuilder reply) {
        diagnosis.saw(reply.build(), from);
    }

    private List<String> found() {
        return diagnosis.findings().stream().map(BootFinding::what).toList();
    }

    private void hearsAGoodPrimary() {
        diagnosis.saw(ask, Ip4Address.ZERO);
        hears(PRIMARY, offer(PRIMARY, "10.77.0.100"));
    }

    @Test
    void findsNothingWhereOneGivesAddressesAndThisHostTellsWhatToBoot() {
        hearsAGoodPrimary();
        hears(OURS, offer(OURS, "0.0.0.0").option(OptionCode.VENDOR_CLASS, ascii(PXE)));
        assertThat(found()).isEmpty();
        assertThat(diagnosis.heard())
                .containsExactly(
                        "10.77.0.1 gives addresses", "10.77.0.2 (this host) tells what to boot");
    }

    @Test
    void findsThatNobodyGivesAddresses() {
        diagnosis.saw(ask, Ip4Address.ZERO);
        assertThat(found()).containsExactly("no DHCP server offered an address");
    }

    @Test
    void findsASecondBootService() {
        hearsAGoodPrimary();
        hears(OTHER, offer(OTHER, "0.0.0.0").option(OptionCode.VENDOR_CLASS, ascii(PXE)));
        assertThat(found()).containsExactly("10.77.0.3 tells machines what to boot too");
    }

    @Test
    void findsAPrimaryThatSendsOption60() {
        diagnosis.saw(ask, Ip4Address.ZERO);
        hears(PRIMARY, offer(PRIMARY, "10.77.0.100").option(OptionCode.VENDOR_CLASS, ascii(PXE)));
        assertThat(found())
                .containsExactly("10.77.0.1 sends option 60 (PXEClient) with its addresses");
    }

    @Test
    void findsAPrimaryThatNamesAFileInTheHeaderOrAsAnOption() {
        diagnosis.saw(ask, Ip4Address.ZERO);
        hears(PRIMARY, offer(PRIMARY, "10.77.0.100").file("pxelinux.0"));
        hears(
                OTHER,
                offer(OTHER, "10.77.0.101").option(OptionCode.BOOT_FILE_NAME, ascii("x.efi\0")));
        assertThat(found())
                .containsExactly(
                        "10.77.0.1 names a boot file with its addresses: \"pxelinux.0\"",
                        "10.77.0.3 names a boot file with its addresses: \"x.efi\"");
    }

    @Test
    void leavesAloneWhatServersAnswerToOthers() {
        hearsAGoodPrimary();
        Message plain = MessageBuilder.request(MACHINE, 0x99).type(MessageType.DISCOVER).build();
        diagnosis.saw(plain, Ip4Address.ZERO);
        Message reply =
                MessageBuilder.reply(plain)
                        .type(MessageType.OFFER)
                        .yiaddr(OTHER)
                        .option(Options.SERVER_ID, OTHER)
                        .option(OptionCode.VENDOR_CLASS, ascii(PXE))
                        .build();
        diagnosis.saw(reply, OTHER);
        assertThat(found()).isEmpty();
    }

    @Test
    void findsAnArchitectureThatAskedAndHasNoRuleOnce() {
        hearsAGoodPrimary();
        Message x64 = BootProbe.discover(MACHINE, 0x99, new byte[16]);
        diagnosis.saw(x64, Ip4Address.ZERO);
        diagnosis.saw(x64, Ip4Address.ZERO);
        assertThat(found())
                .containsExactly("52:54:00:77:01:01 7 (x64 UEFI) asked, and no rule is for it");
    }
}
