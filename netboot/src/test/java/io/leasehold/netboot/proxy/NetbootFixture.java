package io.leasehold.netboot.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A boot service at 192.0.2.2 on eth1, and what machines send to it. */
final class NetbootFixture implements NetbootEvents {
    static final int ETH1 = 2;
    static final Ip4Address OURS = Ip4Address.parse("192.0.2.2");
    static final Ip4Address MACHINE = Ip4Address.parse("192.0.2.100");
    static final Ip4Address RELAY = Ip4Address.parse("198.51.100.1");
    static final HardwareAddress HARDWARE = HardwareAddress.parse("52:54:00:77:01:00");
    static final int HTTP_PORT = 8080;
    private static final int VENDOR_CLASS = 60;
    private static final int ARCHITECTURE = 93;

    final List<NetbootDropReason> drops = new ArrayList<>();
    final List<String> answers = new ArrayList<>();
    private final NetbootConfig config;

    NetbootFixture(BootRule... rules) {
        this(new NetbootConfig(List.of(rules), null, HTTP_PORT));
    }

    NetbootFixture(NetbootConfig config) {
        this.config = config;
    }

    /** Every firmware boots this file. */
    static BootRule firmware(String file) {
        return new BootRule(BootMatch.ALL, new BootAction.File(file));
    }

    static BootRule rule(Architecture architecture, String file) {
        return new BootRule(
                BootMatch.ALL.withArchitecture(architecture), new BootAction.File(file));
    }

    static BootRule script(String name) {
        return new BootRule(BootMatch.ALL, new BootAction.Script(name));
    }

    private Netboot service(BootPort port) {
        Netboot service = new Netboot(port, config, this);
        service.interfaces(
                List.of(
                        new NetbootInterface(
                                ETH1,
                                "eth1",
                                List.of(
                                        new NetbootInterface.Address(
                                                OURS, Ip4Network.parse("192.0.2.0/24"))))));
        return service;
    }

    @Override
    public void answered(Arrival request, BootClient client, BootTold told, Outgoing reply) {
        answers.add(client.hardware() + " " + told.what());
    }

    @Override
    public void dropped(Arrival arrival, @Nullable BootClient client, NetbootDropReason reason) {
        drops.add(reason);
    }

    /** A machine's first question, as its firmware or iPXE asks. */
    static MessageBuilder discover(String vendorClass, int... architectures) {
        return machine(MessageType.DISCOVER, vendorClass, architectures);
    }

    static MessageBuilder machine(MessageType type, String vendorClass, int... architectures) {
        byte[] codes = new byte[architectures.length * 2];
        for (int i = 0; i < architectures.length; i++) {
            codes[i * 2] = (byte) (architectures[i] >> 8);
            codes[i * 2 + 1] = (byte) architectures[i];
        }
        MessageBuilder message = MessageBuilder.request(HARDWARE, 0x1234).type(type);
        message.option(VENDOR_CLASS, vendorClass.getBytes(StandardCharsets.US_ASCII));
        return architectures.length == 0 ? message : message.option(ARCHITECTURE, codes);
    }

    static MessageBuilder bios() {
        return discover("PXEClient:Arch:00000:UNDI:002001", 0);
    }

    static MessageBuilder x64() {
        return discover("PXEClient:Arch:00007:UNDI:003000", 7);
    }

    static MessageBuilder ipxe(int architecture) {
        return discover("PXEClient:Arch:00000:UNDI:002001", architecture)
                .option(OptionCode.USER_CLASS, "iPXE".getBytes(StandardCharsets.US_ASCII));
    }

    static MessageBuilder http() {
        return discover("HTTPClient:Arch:00016:UNDI:003001", 16);
    }

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** A broadcast to port 67. */
    Decision<Void> broadcast(MessageBuilder message) {
        return decide(BootPort.DHCP, message.build(), Ip4Address.ZERO, 68, Ip4Address.BROADCAST);
    }

    /** A question to port 4011, from the address that the machine has by then. */
    Decision<Void> toBootPort(MessageBuilder message, int fromPort) {
        return decide(BootPort.BOOT_SERVER, message.build(), MACHINE, fromPort, OURS);
    }

    Decision<Void> decide(
            BootPort port, Message message, Ip4Address from, int fromPort, Ip4Address to) {
        return service(port).decide(new Arrival(message, ETH1, from, fromPort, to, 0));
    }

    Outgoing offered(MessageBuilder message) {
        return sent(broadcast(message));
    }

    Outgoing sent(Decision<Void> decision) {
        if (decision instanceof Decision.Reply<Void> reply) {
            return reply.outgoing();
        }
        throw new AssertionError("expected a reply, found " + decision + " " + drops);
    }

    void assertDropped(Decision<Void> decision, NetbootDropReason reason) {
        assertThat(decision).isEqualTo(new Decision.Drop<Void>(reason));
        assertThat(drops).endsWith(reason);
    }

    /** The file in the header, up to its NUL. */
    static String file(Outgoing outgoing) {
        String text = new String(outgoing.message().file(), StandardCharsets.US_ASCII);
        return text.substring(0, text.indexOf('\0'));
    }

    /** An option as text, its NULs included. */
    static @Nullable String text(Outgoing outgoing, int code) {
        byte[] raw = outgoing.message().raw(code);
        return raw == null ? null : new String(raw, StandardCharsets.ISO_8859_1);
    }

    static @Nullable String hex(Outgoing outgoing, int code) {
        byte[] raw = outgoing.message().raw(code);
        return raw == null ? null : HexFormat.ofDelimiter(" ").formatHex(raw);
    }
}
