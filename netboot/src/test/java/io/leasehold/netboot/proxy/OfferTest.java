package io.leasehold.netboot.proxy;

import static io.leasehold.netboot.proxy.NetbootFixture.bios;
import static io.leasehold.netboot.proxy.NetbootFixture.bytes;
import static io.leasehold.netboot.proxy.NetbootFixture.discover;
import static io.leasehold.netboot.proxy.NetbootFixture.file;
import static io.leasehold.netboot.proxy.NetbootFixture.firmware;
import static io.leasehold.netboot.proxy.NetbootFixture.hex;
import static io.leasehold.netboot.proxy.NetbootFixture.http;
import static io.leasehold.netboot.proxy.NetbootFixture.ipxe;
import static io.leasehold.netboot.proxy.NetbootFixture.script;
import static io.leasehold.netboot.proxy.NetbootFixture.text;
import static io.leasehold.netboot.proxy.NetbootFixture.x64;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Options;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an OFFER of port 67 has in it, for each kind of firmware. */
class OfferTest {
    private static final int LEASE_TIME = 51;
    private static final int VENDOR_INFORMATION = 43;
    private static final String BOOT_FROM_FILE = "06 01 08 ff";

    private final NetbootFixture lab = new NetbootFixture(firmware("a.0"), script("boot.ipxe"));

    @Test
    void handsOutNoAddress() {
        Message offer = lab.offered(bios()).message();

        assertThat(offer.type()).isEqualTo(MessageType.OFFER);
        assertThat(offer.yiaddr()).isEqualTo(Ip4Address.ZERO);
        assertThat(offer.has(LEASE_TIME)).isFalse();
    }

    @Test
    void namesItselfAsServerAndAsFileServerByTheAddressThatTheClientSees() {
        Message offer = lab.offered(bios()).message();

        assertThat(offer.get(Options.SERVER_ID).or(Ip4Address.ZERO)).isEqualTo(NetbootFixture.OURS);
        assertThat(offer.siaddr()).isEqualTo(NetbootFixture.OURS);
    }

    @Test
    void leavesFromTheAddressThatItNames() {
        assertThat(lab.offered(bios()).source()).isEqualTo(NetbootFixture.OURS);
    }

    @Test
    void echoesTheMachineIdentifierByteForByte() {
        String id = "00 000102030405060708090a0b0c0d0e0f";

        assertThat(hex(lab.offered(bios().option(97, bytes(id))), 97))
                .isEqualTo("00 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f");
        assertThat(lab.offered(bios()).message().has(97)).isFalse();
    }

    @Test
    void echoesAlsoAMachineIdentifierThatItCannotRead() {
        assertThat(hex(lab.offered(bios().option(97, bytes("00 0102"))), 97)).isEqualTo("00 01 02");
    }

    @Test
    void saysPxeClientToAPxeClientAndHttpClientToAnHttpClient() {
        assertThat(text(lab.offered(bios()), 60)).isEqualTo("PXEClient");
        assertThat(text(lab.offered(http()), 60)).isEqualTo("HTTPClient");
    }

    @Test
    void namesTheFileInTheHeaderAsWellAsInOptions66And67() {
        Outgoing offer = lab.offered(bios());

        assertThat(file(offer)).isEqualTo("a.0");
        assertThat(text(offer, 66)).isEqualTo("192.0.2.2");
        assertThat(text(offer, 67)).isEqualTo("a.0\0");
    }

    @Test
    void putsANameOfMoreThan127BytesIntoOption67Only() {
        String fits = "d/".repeat(61) + "12345";
        String longer = fits + "6";

        assertThat(file(new NetbootFixture(firmware(fits)).offered(bios()))).isEqualTo(fits);
        Outgoing offer = new NetbootFixture(firmware(longer)).offered(bios());
        assertThat(file(offer)).isEmpty();
        assertThat(text(offer, 67)).isEqualTo(longer + "\0");
        assertThat(fits).hasSize(127);
    }

    @Test
    void keepsOptionsOutOfTheHeaderFieldsThatRomsRead() {
        String longest = "f".repeat(BootAction.NAME_CHARACTERS_MAX);

        Outgoing offer = new NetbootFixture(firmware(longest)).offered(bios());

        assertThat(offer.message().index().overload()).isZero();
        assertThat(text(offer, 67)).isEqualTo(longest + "\0");
    }

    @Test
    void isBroadcastToPort68OnTheInterfaceThatItCameBy() {
        Outgoing offer = lab.offered(bios());

        assertThat(offer.destination()).isEqualTo(Ip4Address.BROADCAST);
        assertThat(offer.port()).isEqualTo(68);
        assertThat(offer.interfaceIndex()).isEqualTo(NetbootFixture.ETH1);
    }

    @Test
    void goesToTheRelayAtPort67WhenRelayed() {
        Outgoing offer =
                lab.sent(
                        lab.decide(
                                BootPort.DHCP,
                                bios().giaddr(NetbootFixture.RELAY)
                                        .option(82, bytes("01 04 65746831"))
                                        .build(),
                                NetbootFixture.RELAY,
                                67,
                                NetbootFixture.OURS));

        assertThat(offer.destination()).isEqualTo(NetbootFixture.RELAY);
        assertThat(offer.port()).isEqualTo(67);
        assertThat(offer.message().giaddr()).isEqualTo(NetbootFixture.RELAY);
        // RFC 3046 section 2.2: the relay's information comes back to it.
        assertThat(hex(offer, 82)).isEqualTo("01 04 65 74 68 31");
    }

    @Test
    void tellsABiosToBootTheFileWithoutDiscovery() {
        assertThat(hex(lab.offered(bios()), VENDOR_INFORMATION)).isEqualTo(BOOT_FROM_FILE);
    }

    @Test
    void tellsUefiToBootTheFileWithoutDiscovery() {
        Outgoing offer = lab.offered(x64());

        assertThat(hex(offer, VENDOR_INFORMATION)).isEqualTo(BOOT_FROM_FILE);
        assertThat(file(offer)).isEqualTo("a.0");
    }

    @Test
    void leavesOption43AndTheFileOutWhereTheRuleWantsDiscoveryOnPort4011() {
        NetbootFixture discovery =
                new NetbootFixture(new BootRule(BootMatch.ALL, new BootAction.File("a.efi"), true));

        Outgoing offer = discovery.offered(x64());

        assertThat(offer.message().has(VENDOR_INFORMATION)).isFalse();
        assertThat(file(offer)).isEmpty();
        assertThat(offer.message().has(67)).isFalse();
        assertThat(text(offer, 60)).isEqualTo("PXEClient");
        assertThat(offer.message().siaddr()).isEqualTo(NetbootFixture.OURS);
        assertThat(file(discovery.sent(discovery.toBootPort(x64().type(MessageType.REQUEST), 68))))
                .isEqualTo("a.efi");
    }

    @Test
    void givesIpxeTheUrlOfItsScriptAndAServerAddressThatIsNotZero() {
        Outgoing offer = lab.offered(ipxe(0));

        assertThat(file(offer)).isEqualTo("http://192.0.2.2:8080/boot.ipxe");
        assertThat(text(offer, 67)).isEqualTo("http://192.0.2.2:8080/boot.ipxe\0");
        assertThat(offer.message().siaddr()).isEqualTo(NetbootFixture.OURS);
    }

    @Test
    void givesIpxeTheNameOfItsScriptWhereThereIsNoHttp() {
        NetbootFixture tftp =
                new NetbootFixture(new NetbootConfig(List.of(script("boot.ipxe")), null, 0));

        assertThat(file(tftp.offered(ipxe(7)))).isEqualTo("boot.ipxe");
    }

    @Test
    void givesUefiHttpBootAUrlWithAnAddressInIt() {
        Outgoing offer = lab.offered(http());

        assertThat(text(offer, 67)).isEqualTo("http://192.0.2.2:8080/a.0\0");
        assertThat(offer.message().has(VENDOR_INFORMATION)).isFalse();
    }

    @Test
    void tellsARaspberryPiWhatItLooksFor() {
        NetbootFixture pi =
                new NetbootFixture(
                        new BootRule(
                                BootMatch.ALL.withArchitecture(Architecture.RASPBERRY_PI),
                                new BootAction.Tftp()));
        // An old Pi says that it is a PC; only its hardware address tells.
        Message old =
                MessageBuilder.request(HardwareAddress.parse("dc:a6:32:00:00:01"), 1)
                        .type(MessageType.DISCOVER)
                        .option(
                                60,
                                "PXEClient:Arch:00000:UNDI:002001"
                                        .getBytes(StandardCharsets.US_ASCII))
                        .option(93, bytes("0000"))
                        .build();
        Outgoing offer =
                pi.sent(pi.decide(BootPort.DHCP, old, Ip4Address.ZERO, 68, Ip4Address.BROADCAST));

        assertThat(offer.message().raw(VENDOR_INFORMATION))
                .isEqualTo(
                        bytes(
                                "06 01 03 0a 04 00 505845 09 14 00 00 11"
                                        + "5261737062657272792050692042 6f6f74 ff"));
        assertThat(text(offer, 66)).isEqualTo("192.0.2.2");
        assertThat(hex(pi.offered(discover("PXEClient", 0x29)), VENDOR_INFORMATION))
                .startsWith("06 01 03 0a");
    }

    /** It boots by what option 43 tells it, and asks nowhere else. */
    @Test
    void tellsARaspberryPiAllOnPort67ThoughARuleForAllWantsDiscovery() {
        NetbootFixture all =
                new NetbootFixture(new BootRule(BootMatch.ALL, new BootAction.File("a.img"), true));

        Outgoing offer = all.offered(discover("PXEClient", 0x29));

        assertThat(hex(offer, VENDOR_INFORMATION)).startsWith("06 01 03 0a");
        assertThat(file(offer)).isEqualTo("a.img");
    }

    @Test
    void sendsFilesFromAnotherServerWhereOneIsConfigured() {
        Ip4Address other = Ip4Address.parse("192.0.2.9");
        NetbootFixture elsewhere =
                new NetbootFixture(new NetbootConfig(List.of(firmware("a.0")), other, 0));

        Outgoing offer = elsewhere.offered(bios());

        assertThat(offer.message().siaddr()).isEqualTo(other);
        assertThat(text(offer, 66)).isEqualTo("192.0.2.9");
        assertThat(offer.message().get(Options.SERVER_ID).or(Ip4Address.ZERO))
                .isEqualTo(NetbootFixture.OURS);
    }
}
