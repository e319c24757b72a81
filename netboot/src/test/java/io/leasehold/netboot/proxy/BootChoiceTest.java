package io.leasehold.netboot.proxy;

import static io.leasehold.netboot.proxy.NetbootFixture.bios;
import static io.leasehold.netboot.proxy.NetbootFixture.bytes;
import static io.leasehold.netboot.proxy.NetbootFixture.discover;
import static io.leasehold.netboot.proxy.NetbootFixture.file;
import static io.leasehold.netboot.proxy.NetbootFixture.firmware;
import static io.leasehold.netboot.proxy.NetbootFixture.ipxe;
import static io.leasehold.netboot.proxy.NetbootFixture.rule;
import static io.leasehold.netboot.proxy.NetbootFixture.script;
import static io.leasehold.netboot.proxy.NetbootFixture.x64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which machine boots what. */
class BootChoiceTest {
    private static final BootAction MATCHED = new BootAction.File("matched");

    private static String bootOf(MessageBuilder machine, BootRule... rules) {
        NetbootFixture lab = new NetbootFixture(rules);
        return file(lab.offered(machine));
    }

    private static boolean isMatched(MessageBuilder machine, BootMatch match) {
        return bootOf(machine, new BootRule(match, MATCHED), firmware("other")).equals("matched");
    }

    @Test
    void knowsEveryCodeOfTheRegistryByItsPlace() {
        List<Integer> codes = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (Architecture each : Architecture.values()) {
            codes.add(each.code());
            keys.add(each.key());
            assertThat(Architecture.of(each.code())).isEqualTo(each);
            assertThat(Architecture.ofKey(each.key())).isEqualTo(each);
        }
        assertThat(codes).hasSize(0x2a).isSorted();
        assertThat(keys).doesNotHaveDuplicates();
        assertThat(Architecture.of(-1)).isNull();
        assertThat(Architecture.of(0x2a)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x17, 0x18, 0x1a, 0x1c, 0x26, 0x28})
    void knowsTheArchitecturesThatBootFromHttp(int code) {
        Architecture found = Architecture.of(code);
        assertThat(found).isNotNull().matches(Architecture::http);
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 9})
    void takesCodes7And9BothForX64(int code) {
        assertThat(bootOf(discover("PXEClient", code), rule(Architecture.X64, "x64.efi")))
                .isEqualTo("x64.efi");
    }

    @Test
    void goesByTheFirstCodeThatItKnows() {
        BootRule[] rules = {rule(Architecture.BIOS, "bios"), rule(Architecture.IA32, "ia32")};

        assertThat(bootOf(discover("PXEClient", 0xffff, 6, 0), rules)).isEqualTo("ia32");
    }

    @Test
    void readsTheArchitectureFromOption60WhereOption93IsAbsent() {
        BootRule[] rules = {rule(Architecture.BIOS, "bios"), rule(Architecture.ARM64, "arm64")};

        assertThat(bootOf(discover("PXEClient:Arch:00011:UNDI:003000"), rules)).isEqualTo("arm64");
    }

    /** RFC 3004 has a length before the class; iPXE sends it without. */
    @ParameterizedTest
    @CsvSource({"77, 69505845", "77, 04 69505845", "77, 03 616263 04 69505845", "175, b105"})
    void knowsIpxeByItsUserClassInBothFormsAndByItsOwnOption(int code, String hex) {
        MessageBuilder machine = bios().option(code, bytes(hex));

        assertThat(bootOf(machine, firmware("rom"), script("s.ipxe"))).endsWith("/s.ipxe");
    }

    @Test
    void takesOtherUserClassesForFirmware() {
        MessageBuilder machine = bios().option(77, "PLAINROM".getBytes(StandardCharsets.US_ASCII));

        assertThat(bootOf(machine, script("s.ipxe"), firmware("rom"))).isEqualTo("rom");
    }

    /** This is what ends iPXE's loop: it loads iPXE, which asks and loads iPXE, which asks. */
    @Test
    void neverGivesIpxeTheFileOfTheFirmwareAgain() {
        NetbootFixture lab = new NetbootFixture(firmware("undionly.kpxe"));

        lab.assertDropped(lab.broadcast(ipxe(0)), NetbootDropReason.NO_RULE);
    }

    @Test
    void givesIpxeAFileWhereARuleSaysThatItIsForIpxe() {
        BootRule ofIpxe =
                new BootRule(
                        BootMatch.ALL.withStage(BootStage.IPXE), new BootAction.File("memtest.0"));

        assertThat(bootOf(ipxe(0), firmware("undionly.kpxe"), ofIpxe)).isEqualTo("memtest.0");
    }

    @Test
    void refusesAScriptForFirmware() {
        assertThatThrownBy(
                        () ->
                                new BootRule(
                                        BootMatch.ALL.withStage(BootStage.FIRMWARE),
                                        new BootAction.Script("s.ipxe")))
                .hasMessage("a script is for iPXE, and not for firmware");
    }

    @Test
    void goesByTheFirstRuleThatMatches() {
        assertThat(bootOf(bios(), rule(Architecture.X64, "x64"), firmware("a"), firmware("b")))
                .isEqualTo("a");
    }

    @Test
    void excludesAMachineAtBothStages() {
        BootRule none =
                new BootRule(
                        BootMatch.ALL.withHardware(HardwarePattern.parse("52:54:00:77:01:*")),
                        new BootAction.None());
        NetbootFixture lab = new NetbootFixture(none, firmware("a"), script("s"));

        lab.assertDropped(lab.broadcast(bios()), NetbootDropReason.EXCLUDED);
        lab.assertDropped(lab.broadcast(ipxe(0)), NetbootDropReason.EXCLUDED);
    }

    @ParameterizedTest
    @CsvSource({
        "52:54:00:77:01:00, true",
        "52:54:00:77:01:*, true",
        "52:54:*, true",
        "*:54:00:77:01:00, true",
        "52:54:00:77:01:01, false",
        "52:54:00:77:02:*, false",
        "52:54:00:77:01:00:*, false"
    })
    void matchesHardwareAddressesByOctets(String pattern, boolean matches) {
        BootMatch match = BootMatch.ALL.withHardware(HardwarePattern.parse(pattern));

        assertThat(isMatched(bios(), match)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "52", "52:54:00:77:01", "52:54:00:77:01:0", "52:5*:*", "52-54-*"})
    void saysWhatAHardwareAddressLooksLike(String pattern) {
        assertThatThrownBy(() -> HardwarePattern.parse(pattern))
                .hasMessageContaining("is not a hardware address such as 52:54:00:77:01:00");
    }

    /** Firmware sends the first three groups either as they are read or turned round. */
    @ParameterizedTest
    @CsvSource({
        "00 00112233445566778899aabbccddeeff, true",
        "00 33221100554477668899aabbccddeeff, true",
        "00 33221100554477668899aabbccddee00, false",
        "01 00112233445566778899aabbccddeeff, false"
    })
    void matchesAUuidInBothOrders(String sent, boolean matches) {
        BootMatch match =
                BootMatch.ALL.withUuid(Octets.of(bytes("00112233445566778899aabbccddeeff")));

        assertThat(isMatched(bios().option(97, bytes(sent)), match)).isEqualTo(matches);
        assertThat(isMatched(bios(), match)).isFalse();
    }

    @Test
    void matchesVendorClassesWholeOrByTheirBeginning() {
        String whole = "PXEClient:Arch:00000:UNDI:002001";
        assertThat(isMatched(bios(), BootMatch.ALL.withVendorClass(whole))).isTrue();
        assertThat(isMatched(bios(), BootMatch.ALL.withVendorClass("PXEClient:*"))).isTrue();
        assertThat(isMatched(bios(), BootMatch.ALL.withVendorClass("PXEClient"))).isFalse();
    }

    @Test
    void matchesOneOfTheUserClasses() {
        BootMatch match = BootMatch.ALL.withUserClass("lab");

        assertThat(isMatched(bios().option(77, bytes("6c6162")), match)).isTrue();
        assertThat(isMatched(bios().option(77, bytes("01 61 03 6c6162")), match)).isTrue();
        assertThat(isMatched(bios().option(77, bytes("6c616233")), match)).isFalse();
        assertThat(isMatched(bios(), match)).isFalse();
    }

    @Test
    void matchesTheSubnetOfTheRelayElseOfTheMachineElseOfTheInterface() {
        BootMatch own = BootMatch.ALL.withSubnet(Ip4Network.parse("192.0.2.0/24"));
        BootMatch far = BootMatch.ALL.withSubnet(Ip4Network.parse("198.51.100.0/24"));

        assertThat(isMatched(bios(), own)).isTrue();
        assertThat(isMatched(bios().giaddr(NetbootFixture.RELAY), own)).isFalse();
        assertThat(isMatched(bios().giaddr(NetbootFixture.RELAY), far)).isTrue();
        Ip4Address machine = Ip4Address.parse("198.51.100.7");
        assertThat(isMatched(bios().ciaddr(machine), far)).isTrue();
    }

    @Test
    void matchesTheCircuitOfTheRelay() {
        BootMatch match = BootMatch.ALL.withCircuitId(Octets.of(bytes("65746831")));

        assertThat(isMatched(bios().option(82, bytes("01 04 65746831")), match)).isTrue();
        assertThat(isMatched(bios().option(82, bytes("01 04 65746832")), match)).isFalse();
        assertThat(isMatched(x64(), match)).isFalse();
    }

    @Test
    void sendsAUrlOfARuleAsItIs() {
        String url = "https://boot.example.net/menu.ipxe";
        BootRule ofIpxe =
                new BootRule(BootMatch.ALL.withStage(BootStage.IPXE), new BootAction.Url(url));

        assertThat(bootOf(ipxe(7), ofIpxe)).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nb", "é"})
    void refusesNamesThatNoHeaderCanHold(String name) {
        assertThatThrownBy(() -> new BootAction.File(name))
                .hasMessageContaining("expected 1 to 254, printable ASCII without spaces");
    }
}
