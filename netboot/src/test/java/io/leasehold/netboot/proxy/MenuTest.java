package io.leasehold.netboot.proxy;

import static io.leasehold.netboot.proxy.NetbootFixture.bytes;
import static io.leasehold.netboot.proxy.NetbootFixture.discover;
import static io.leasehold.netboot.proxy.NetbootFixture.file;
import static io.leasehold.netboot.proxy.NetbootFixture.hex;
import static io.leasehold.netboot.proxy.NetbootFixture.http;
import static io.leasehold.netboot.proxy.NetbootFixture.ipxe;
import static io.leasehold.netboot.proxy.NetbootFixture.text;
import static io.leasehold.netboot.proxy.NetbootFixture.x64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Options;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Menus of firmware (PXE 2.1 §2.3, table 2-1): offered on port 67, their items on 4011. */
class MenuTest {
    private static final BootAction.Menu MENU =
            new BootAction.Menu(
                    "Pick",
                    10,
                    List.of(
                            new BootAction.Menu.Item("Run", new BootAction.File("run.efi")),
                            new BootAction.Menu.Item("Disk", null),
                            new BootAction.Menu.Item("URL", new BootAction.Url("tftp://a/b"))));

    private final NetbootFixture lab = new NetbootFixture(new BootRule(BootMatch.ALL, MENU));

    private static MessageBuilder chosen(String item) {
        return x64().type(MessageType.REQUEST).option(43, bytes("47 04" + item + "0000 ff"));
    }

    @Test
    void offersItsItemsWithThisServerForEachAndNoFile() {
        Outgoing offer = lab.offered(x64());

        assertThat(hex(offer, 43))
                .isEqualTo(
                        // 6: no broadcast, no multicast, only servers of the list.
                        "06 01 07"
                                // 8: each item but the disk is this server's, 192.0.2.2.
                                + " 08 0e 80 01 01 c0 00 02 02 80 03 01 c0 00 02 02"
                                // 9: "Run", "Disk" (type 0: boot locally), "URL".
                                + " 09 13 80 01 03 52 75 6e 00 00 04 44 69 73 6b 80 03 03 55 52 4c"
                                // 10: the first one after 10 seconds; "Pick".
                                + " 0a 05 0a 50 69 63 6b ff");
        assertThat(file(offer)).isEmpty();
        assertThat(offer.message().has(67)).isFalse();
        assertThat(offer.message().siaddr()).isEqualTo(NetbootFixture.OURS);
        assertThat(text(offer, 60)).isEqualTo("PXEClient");
        assertThat(lab.answers).containsExactly("52:54:00:77:01:00 a menu of 3 items");
    }

    @Test
    void answersWithTheFileOfTheItemThatIsChosen() {
        Outgoing run = lab.sent(lab.toBootPort(chosen("8001"), 4011));
        Outgoing url = lab.sent(lab.toBootPort(chosen("8003"), 4011));

        assertThat(run.message().type()).isEqualTo(MessageType.ACK);
        assertThat(file(run)).isEqualTo("run.efi");
        assertThat(hex(run, 43)).isEqualTo("47 04 80 01 00 00 ff");
        assertThat(file(url)).isEqualTo("tftp://a/b");
        assertThat(hex(url, 43)).isEqualTo("47 04 80 03 00 00 ff");
    }

    @Test
    void answersAlsoOnPort67WhereItIsNamed() {
        MessageBuilder request = chosen("8001").option(Options.SERVER_ID, NetbootFixture.OURS);

        assertThat(file(lab.sent(lab.broadcast(request)))).isEqualTo("run.efi");
    }

    @Test
    void answersAQuestionWithoutAnItemWithTheMenu() {
        Outgoing again = lab.sent(lab.toBootPort(x64().type(MessageType.REQUEST), 4011));

        assertThat(hex(again, 43)).startsWith("06 01 07 08 0e");
        assertThat(file(again)).isEmpty();
    }

    @Test
    void leavesItemsUnansweredThatItDoesNotHave() {
        for (String item : List.of("0000", "0001", "8000", "8002", "8004", "ffff")) {
            lab.assertDropped(lab.toBootPort(chosen(item), 4011), NetbootDropReason.NO_SUCH_ITEM);
        }
    }

    @Test
    void isForFirmwareAndNotForHttpClientsNorARaspberryPi() {
        NetbootFixture both =
                new NetbootFixture(
                        new BootRule(BootMatch.ALL, MENU),
                        NetbootFixture.script("boot.ipxe"),
                        NetbootFixture.firmware("h.efi"));

        assertThat(file(both.offered(http()))).isEqualTo("http://192.0.2.2:8080/h.efi");
        assertThat(file(both.offered(ipxe(0)))).isEqualTo("http://192.0.2.2:8080/boot.ipxe");
        Outgoing pi = both.offered(discover("PXEClient", Architecture.RASPBERRY_PI.code()));
        assertThat(file(pi)).isEqualTo("h.efi");
        assertThat(hex(pi, 43)).startsWith("06 01 03 0a");
    }

    @Test
    void isForIpxeWhereTheRuleSaysSo() {
        BootAction.Menu menu =
                new BootAction.Menu(
                        "", 0, List.of(new BootAction.Menu.Item("S", new BootAction.Script("s"))));
        NetbootFixture scripts =
                new NetbootFixture(new BootRule(BootMatch.ALL.withStage(BootStage.IPXE), menu));

        assertThat(hex(scripts.offered(ipxe(0)), 43))
                .isEqualTo("06 01 07 08 07 80 01 01 c0 00 02 02 09 04 80 01 01 53 0a 01 00 ff");
        Outgoing item =
                scripts.sent(
                        scripts.toBootPort(
                                ipxe(0).type(MessageType.REQUEST)
                                        .option(43, bytes("47 04 8001 0000")),
                                68));
        assertThat(file(item)).isEqualTo("http://192.0.2.2:8080/s");
    }

    @Test
    void hasToFitOption43() {
        BootAction.Menu.Item disk = new BootAction.Menu.Item("1234567", null);

        assertThat(new BootAction.Menu("", 0, Collections.nCopies(24, disk)).items()).hasSize(24);
        assertThatThrownBy(() -> new BootAction.Menu("1234567", 0, Collections.nCopies(24, disk)))
                .hasMessage(
                        "takes 256 bytes, and option 43 has 255: expected fewer items, or shorter"
                                + " texts");
        assertThatThrownBy(() -> new BootAction.Menu("", 0, List.of()))
                .hasMessage("0 items, expected 1 to 24");
    }

    @Test
    void needsNoDiscoveryToBeSaid() {
        assertThatThrownBy(() -> new BootRule(BootMatch.ALL, MENU, true))
                .hasMessageContaining("in any case");
    }

    @Test
    void hasNoScriptForFirmware() {
        BootAction.Menu.Item script =
                new BootAction.Menu.Item("S", new BootAction.Script("boot.ipxe"));
        BootAction.Menu menu = new BootAction.Menu("", 0, List.of(script));

        assertThatThrownBy(() -> new BootRule(BootMatch.ALL, menu))
                .hasMessage("a script is for iPXE, and not for firmware");
    }
}
