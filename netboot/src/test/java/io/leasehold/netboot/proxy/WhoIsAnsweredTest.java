package io.leasehold.netboot.proxy;

import static io.leasehold.netboot.proxy.NetbootFixture.bios;
import static io.leasehold.netboot.proxy.NetbootFixture.bytes;
import static io.leasehold.netboot.proxy.NetbootFixture.discover;
import static io.leasehold.netboot.proxy.NetbootFixture.file;
import static io.leasehold.netboot.proxy.NetbootFixture.firmware;
import static io.leasehold.netboot.proxy.NetbootFixture.hex;
import static io.leasehold.netboot.proxy.NetbootFixture.ipxe;
import static io.leasehold.netboot.proxy.NetbootFixture.machine;
import static io.leasehold.netboot.proxy.NetbootFixture.rule;
import static io.leasehold.netboot.proxy.NetbootFixture.script;
import static io.leasehold.netboot.proxy.NetbootFixture.x64;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Options;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which messages are answered, and where the answer goes. */
class WhoIsAnsweredTest {
    private final NetbootFixture lab = new NetbootFixture(firmware("a.0"), script("boot.ipxe"));

    @Test
    void neverAnswersARequestThatIsMeantForThePrimaryServer() {
        MessageBuilder request = machine(MessageType.REQUEST, "PXEClient", 0);

        lab.assertDropped(lab.broadcast(request), NetbootDropReason.FOR_THE_PRIMARY);
        lab.assertDropped(
                lab.broadcast(request.option(Options.SERVER_ID, Ip4Address.parse("192.0.2.1"))),
                NetbootDropReason.FOR_THE_PRIMARY);
    }

    @Test
    void answersARequestOnPort67ThatNamesThisService() {
        MessageBuilder request =
                machine(MessageType.REQUEST, "PXEClient", 0)
                        .option(Options.SERVER_ID, NetbootFixture.OURS);

        assertThat(lab.offered(request).message().type()).isEqualTo(MessageType.ACK);
    }

    /** EDK2 asks from port 4011, iPXE and BIOS ROMs from 68. */
    @ParameterizedTest
    @ValueSource(ints = {68, 4011, 1068})
    void answersARequestOnPort4011AtItsSourceAddressAndPort(int from) {
        Outgoing ack =
                lab.sent(
                        lab.toBootPort(
                                x64().type(MessageType.REQUEST).ciaddr(NetbootFixture.MACHINE),
                                from));

        assertThat(ack.destination()).isEqualTo(NetbootFixture.MACHINE);
        assertThat(ack.port()).isEqualTo(from);
        assertThat(ack.message().type()).isEqualTo(MessageType.ACK);
        assertThat(ack.message().yiaddr()).isEqualTo(Ip4Address.ZERO);
        assertThat(ack.message().ciaddr()).isEqualTo(NetbootFixture.MACHINE);
        assertThat(ack.message().siaddr()).isEqualTo(NetbootFixture.OURS);
        assertThat(file(ack)).isEqualTo("a.0");
    }

    @Test
    void answersARequestOnPort4011ForEveryArchitectureThatItHasAFileFor() {
        for (Architecture each : Architecture.values()) {
            NetbootFixture one = new NetbootFixture(rule(each, "file-of-" + each.key()));
            MessageBuilder asks = machine(MessageType.REQUEST, "PXEClient", each.code());
            assertThat(file(one.sent(one.toBootPort(asks, 68)))).endsWith(each.key());
        }
    }

    @Test
    void answersIpxeOnPort4011WithItsScript() {
        Outgoing ack = lab.sent(lab.toBootPort(ipxe(7).type(MessageType.REQUEST), 68));

        assertThat(file(ack)).isEqualTo("http://192.0.2.2:8080/boot.ipxe");
    }

    @Test
    void broadcastsOnPort4011WhereTheMachineHasNoAddressYet() {
        Outgoing ack =
                lab.sent(
                        lab.decide(
                                BootPort.BOOT_SERVER,
                                x64().type(MessageType.REQUEST).build(),
                                Ip4Address.ZERO,
                                68,
                                Ip4Address.BROADCAST));

        assertThat(ack.destination()).isEqualTo(Ip4Address.BROADCAST);
        assertThat(ack.port()).isEqualTo(68);
        assertThat(ack.interfaceIndex()).isEqualTo(NetbootFixture.ETH1);
    }

    @Test
    void echoesTheChosenItemOfAMenu() {
        Outgoing ack =
                lab.sent(
                        lab.toBootPort(
                                x64().type(MessageType.REQUEST)
                                        .option(43, bytes("00 47 04 0003 0000 ff")),
                                68));

        assertThat(hex(ack, 43)).isEqualTo("47 04 00 03 00 00 ff");
    }

    @Test
    void survivesAnOption43ThatRunsPastItsEnd() {
        Outgoing ack =
                lab.sent(
                        lab.toBootPort(
                                x64().type(MessageType.REQUEST).option(43, bytes("47 09 0003")),
                                68));

        assertThat(ack.message().has(43)).isFalse();
    }

    @Test
    void leavesUnknownArchitecturesAloneAndSaysWhich() {
        lab.assertDropped(
                lab.broadcast(discover("PXEClient", 0x2a)), NetbootDropReason.UNKNOWN_ARCHITECTURE);
        lab.assertDropped(
                lab.broadcast(discover("PXEClient")), NetbootDropReason.UNKNOWN_ARCHITECTURE);
        assertThat(Architecture.describe(0x2a)).isEqualTo("42 (not in IANA's registry)");
        assertThat(Architecture.describe(0x1b)).isEqualTo("27 (RISC-V 64-bit UEFI)");
    }

    @Test
    void leavesAnArchitectureAloneThatNoRuleIsFor() {
        NetbootFixture x64Only = new NetbootFixture(rule(Architecture.X64, "a.efi"));

        x64Only.assertDropped(
                x64Only.broadcast(discover("PXEClient", 11)), NetbootDropReason.NO_RULE);
    }

    @Test
    void leavesMachinesAloneThatBootFromTheirDisks() {
        MessageBuilder laptop =
                MessageBuilder.request(NetbootFixture.HARDWARE, 1).type(MessageType.DISCOVER);
        lab.assertDropped(lab.broadcast(laptop), NetbootDropReason.NOT_A_BOOT_CLIENT);
        lab.assertDropped(
                lab.broadcast(laptop.option(60, "MSFT 5.0".getBytes(StandardCharsets.US_ASCII))),
                NetbootDropReason.NOT_A_BOOT_CLIENT);
    }

    @Test
    void answersNoReplyAndNothingThatIsNoQuestion() {
        lab.assertDropped(
                lab.broadcast(bios().op(Message.BOOTREPLY)), NetbootDropReason.NOT_FROM_A_CLIENT);
        lab.assertDropped(
                lab.broadcast(bios().type(MessageType.RELEASE)), NetbootDropReason.NOT_A_QUESTION);
        lab.assertDropped(
                lab.toBootPort(bios().type(MessageType.DECLINE), 68),
                NetbootDropReason.NOT_A_QUESTION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.7", "224.0.0.1", "255.255.255.255", "192.0.2.2"})
    void answersNoGiaddrThatNoRelayCanHave(String giaddr) {
        lab.assertDropped(
                lab.broadcast(bios().giaddr(Ip4Address.parse(giaddr))),
                NetbootDropReason.GIADDR_INVALID);
    }

    @Test
    void sendsNothingToPortZero() {
        lab.assertDropped(
                lab.toBootPort(x64().type(MessageType.REQUEST), 0), NetbootDropReason.NO_WAY_BACK);
    }
}
