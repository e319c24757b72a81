package io.leasehold.netboot.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.Options;
import io.leasehold.protocol.wire.ParseResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A life of a boot service, read from bytes: its rules, then datagrams, each with the port and the
 * way it comes by, most of them with a boot client's options added. Each is answered or counted;
 * answers can be read, go back where they are waited for, and never bring iPXE a firmware's file.
 */
public final class ProxyScript {
    private static final int STEPS_MAX = 64;
    private static final String OF_FIRMWARE = "firmware/";
    private static final int LEAST_BYTES = 300;

    private static final List<String> VENDOR_CLASSES =
            List.of(
                    "PXEClient:Arch:00000:UNDI:002001",
                    "PXEClient:Arch:00007:UNDI:003000",
                    "HTTPClient:Arch:00016:UNDI:003001",
                    "PXEClient");

    private static final List<Ip4Address> DESTINATIONS =
            List.of(
                    Ip4Address.BROADCAST,
                    NetbootFixture.OURS,
                    Ip4Address.parse("192.0.2.255"),
                    NetbootFixture.RELAY);

    private final NetbootConfig config;
    private final NetbootFixture lab;

    private ProxyScript(int bits) {
        config = configured(bits);
        lab = new NetbootFixture(config);
    }

    private static boolean bit(int bits, int at) {
        return (bits >>> at & 1) != 0;
    }

    private static NetbootConfig configured(int bits) {
        List<BootRule> rules = new ArrayList<>();
        if (bit(bits, 0)) {
            HardwarePattern some = HardwarePattern.parse("52:*");
            rules.add(new BootRule(BootMatch.ALL.withHardware(some), new BootAction.None()));
        }
        if (bit(bits, 1)) {
            BootMatch ipxe = BootMatch.ALL.withStage(BootStage.IPXE);
            rules.add(new BootRule(ipxe, new BootAction.Url("http://192.0.2.9/" + "u".repeat(90))));
        }
        if (bit(bits, 2)) {
            rules.add(
                    new BootRule(
                            BootMatch.ALL.withArchitecture(Architecture.X64),
                            new BootAction.File(OF_FIRMWARE + "discovered.efi"),
                            true));
        }
        if (bit(bits, 3)) {
            rules.add(
                    new BootRule(
                            BootMatch.ALL.withArchitecture(Architecture.RASPBERRY_PI),
                            new BootAction.Tftp()));
        }
        String name = OF_FIRMWARE + "f".repeat(bit(bits, 4) ? 200 : 5);
        rules.add(NetbootFixture.firmware(name));
        if (bit(bits, 5)) {
            rules.add(NetbootFixture.script("boot.ipxe"));
        }
        return new NetbootConfig(
                rules, bit(bits, 6) ? NetbootFixture.RELAY : null, bit(bits, 7) ? 80 : 8080);
    }

    public static void run(byte[] bytes) {
        Cursor script = new Cursor(bytes, 1, bytes.length - 1);
        ProxyScript life = new ProxyScript(script.u8());
        for (int step = 0; step < STEPS_MAX && script.remaining() > 0; step++) {
            int how = script.u8();
            int who = script.u8();
            byte[] datagram = script.bytes(Math.min(script.u16(), script.remaining()));
            if (Message.parse(datagram) instanceof ParseResult.Parsed parsed) {
                life.arrive(asMachine(parsed.message(), who), how);
            }
        }
    }

    /** Mostly what asks to boot: few bytes by chance would. */
    private static Message asMachine(Message message, int who) {
        if ((who & 0xe0) == 0) {
            return message;
        }
        MessageBuilder machine = MessageBuilder.copyOf(message);
        String vendorClass = VENDOR_CLASSES.get(who & 3);
        machine.option(OptionCode.VENDOR_CLASS, vendorClass.getBytes(StandardCharsets.US_ASCII));
        if (bit(who, 2)) {
            machine.option(OptionCode.USER_CLASS, new byte[] {4, 'i', 'P', 'X', 'E'});
        }
        if (bit(who, 3) && message.type() == null) {
            machine.type(MessageType.DISCOVER);
        }
        return machine.build();
    }

    private void arrive(Message message, int how) {
        BootPort port = bit(how, 0) ? BootPort.BOOT_SERVER : BootPort.DHCP;
        Ip4Address from =
                bit(how, 1)
                        ? Ip4Address.ZERO
                        : bit(how, 2) ? NetbootFixture.MACHINE : message.giaddr();
        int fromPort = bit(how, 3) ? 68 : bit(how, 4) ? 4011 : how;
        int told = lab.drops.size() + lab.answers.size();
        Decision<Void> decision =
                lab.decide(port, message, from, fromPort, DESTINATIONS.get(how >>> 5 & 3));
        assertThat(lab.drops.size() + lab.answers.size()).isEqualTo(told + 1);
        switch (decision) {
            case Decision.Drop<Void> drop ->
                    assertThat(lab.drops.getLast()).isEqualTo(drop.reason());
            case Decision.Reply<Void> reply -> answered(message, reply.outgoing());
            default -> throw new AssertionError("what no boot service does: " + decision);
        }
        besideAnAddress(message);
    }

    private void answered(Message asked, Outgoing outgoing) {
        Message answer = readable(asked, outgoing.message());
        assertThat(asked.op()).isEqualTo(Message.BOOTREQUEST);
        assertThat(answer.yiaddr()).isEqualTo(Ip4Address.ZERO);
        assertThat(answer.raw(Options.LEASE_TIME.code())).isNull();
        assertThat(outgoing.port()).isPositive();
        assertThat(outgoing.destination()).isNotEqualTo(Ip4Address.ZERO);
        if (outgoing.destination().equals(Ip4Address.BROADCAST)) {
            assertThat(outgoing.interfaceIndex()).isEqualTo(NetbootFixture.ETH1);
        }
        assertThat(answer.type()).isIn(MessageType.OFFER, MessageType.ACK);
        bringsNoLoop(asked, answer);
    }

    private void bringsNoLoop(Message asked, Message answer) {
        BootClient client = BootClient.of(asked);
        assertThat(client).isNotNull();
        if (client.stage() == BootStage.IPXE) {
            byte[] name = answer.raw(OptionCode.BOOT_FILE_NAME);
            String text = name == null ? "" : new String(name, StandardCharsets.ISO_8859_1);
            assertThat(text).doesNotContain(OF_FIRMWARE);
            assertThat(new String(answer.file(), StandardCharsets.ISO_8859_1))
                    .doesNotContain(OF_FIRMWARE);
        }
    }

    /** The same machine at our own server: what is added takes nothing away. */
    private void besideAnAddress(Message asked) {
        if (asked.op() != Message.BOOTREQUEST) {
            return;
        }
        Message reply =
                MessageBuilder.reply(asked)
                        .type(MessageType.OFFER)
                        .yiaddr(NetbootFixture.MACHINE)
                        .option(Options.LEASE_TIME, 3600L)
                        .build(BootFields.limit(asked));
        BootAddition both = BootAddition.to(asked, reply, NetbootFixture.OURS, config);
        if (both != null) {
            Message answer = readable(asked, both.message());
            assertThat(answer.yiaddr()).isEqualTo(NetbootFixture.MACHINE);
            assertThat(answer.type()).isEqualTo(MessageType.OFFER);
            assertThat(answer.get(Options.LEASE_TIME).or(0L)).isEqualTo(3600L);
            bringsNoLoop(asked, answer);
        }
    }

    /** What was built is what a machine reads, and no longer than the machine can take. */
    private static Message readable(Message asked, Message built) {
        byte[] bytes = built.toBytes();
        assertThat(bytes.length)
                .isLessThanOrEqualTo(Math.max(BootFields.limit(asked), LEAST_BYTES));
        if (!(Message.parse(bytes) instanceof ParseResult.Parsed parsed)) {
            throw new AssertionError("no message: " + Octets.of(bytes));
        }
        Message answer = parsed.message();
        assertThat(answer.op()).isEqualTo(Message.BOOTREPLY);
        assertThat(answer.xid()).isEqualTo(asked.xid());
        assertThat(answer.index().endMissing()).isFalse();
        assertThat(answer.index().truncatedOffset()).isNegative();
        return answer;
    }
}
