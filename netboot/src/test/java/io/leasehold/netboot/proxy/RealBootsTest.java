package io.leasehold.netboot.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.capture.CaptureRead;
import io.leasehold.protocol.capture.CaptureReader;
import io.leasehold.protocol.capture.Datagram;
import io.leasehold.protocol.capture.Decoded;
import io.leasehold.protocol.capture.FrameDecoder;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.ParseResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What real firmware asked while it booted, and what it was answered so that it did: captures of
 * {@code bench/boot-all}, taken where the proxy stood. The answers have to be the same today.
 */
class RealBootsTest {
    private static final Ip4Address PROXY = Ip4Address.parse("10.77.0.2");
    private static final int INDEX = 2;

    private static final BootAction.Menu.Item LOCAL = new BootAction.Menu.Item("Local disk", null);

    /** Their first items were taken, after a second. */
    private static final NetbootConfig MENUS =
            menus(
                    1,
                    List.of(file("Test program", "nbp-x64.efi"), LOCAL),
                    List.of(script("Test script", "boot.ipxe"), LOCAL));

    /** Somebody took the second items. */
    private static final NetbootConfig MENUS_TO_CHOOSE_FROM =
            menus(
                    60,
                    List.of(
                            LOCAL,
                            file("Test program", "nbp-x64.efi"),
                            file("Missing program", "none.efi")),
                    List.of(
                            LOCAL,
                            script("Test script", "boot.ipxe"),
                            script("Missing script", "none.ipxe")));

    private static NetbootConfig menus(
            int seconds, List<BootAction.Menu.Item> firmware, List<BootAction.Menu.Item> ipxe) {
        return new NetbootConfig(
                List.of(
                        new BootRule(
                                BootMatch.ALL.withArchitecture(Architecture.X64),
                                menu(seconds, firmware)),
                        new BootRule(BootMatch.ALL.withStage(BootStage.IPXE), menu(seconds, ipxe))),
                null,
                8080);
    }

    private static BootAction menu(int seconds, List<BootAction.Menu.Item> items) {
        return new BootAction.Menu("Press F8 for the boot menu", seconds, items);
    }

    private static BootAction.Menu.Item file(String text, String name) {
        return new BootAction.Menu.Item(text, new BootAction.File(name));
    }

    private static BootAction.Menu.Item script(String text, String name) {
        return new BootAction.Menu.Item(text, new BootAction.Script(name));
    }

    private static NetbootConfig config(boolean discovery) {
        BootAction shim = new BootAction.File("debian/shimx64.efi");
        BootMatch ipxe = BootMatch.ALL.withStage(BootStage.IPXE);
        return new NetbootConfig(
                List.of(
                        new BootRule(
                                ipxe.withUserClass("PLAINROM").withArchitecture(Architecture.BIOS),
                                new BootAction.File("undionly.kpxe")),
                        new BootRule(ipxe, new BootAction.Script("boot.ipxe")),
                        new BootRule(
                                BootMatch.ALL
                                        .withHardware(HardwarePattern.parse("52:54:00:77:01:*"))
                                        .withArchitecture(Architecture.X64),
                                new BootAction.File("snponly.efi")),
                        new BootRule(signed(Architecture.X64), shim),
                        new BootRule(signed(Architecture.X64_HTTP), shim),
                        NetbootFixture.rule(Architecture.IA32, "nbp-ia32.efi"),
                        NetbootFixture.rule(Architecture.ARM64, "nbp-aa64.efi"),
                        NetbootFixture.rule(Architecture.X64_HTTP, "nbp-x64.efi"),
                        new BootRule(
                                BootMatch.ALL.withArchitecture(Architecture.X64),
                                new BootAction.File("nbp-x64.efi"),
                                discovery)),
                null,
                8080);
    }

    private static BootMatch signed(Architecture architecture) {
        return BootMatch.ALL
                .withHardware(HardwarePattern.parse("52:54:00:77:03:*"))
                .withArchitecture(architecture);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bios",
                "bios_e1000",
                "bios_chain",
                "x64",
                "x64-snponly",
                "x64-4011",
                "x64_http",
                "x64_secure",
                "x64_secure_http",
                "ia32",
                "aa64",
                "bios-menu",
                "x64-menu",
                "bios-menu-chosen",
                "x64-menu-chosen"
            })
    void answersFirmwareAsWhenItBooted(String name) throws IOException {
        List<Datagram> wire = read(name);
        List<String> answered = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        NetbootConfig config = config(name);
        for (Datagram each : wire) {
            Message message = message(each);
            if (message.op() == Message.BOOTREPLY && each.source().equals(PROXY)) {
                answered.add(
                        text(message, each.destination(), each.destinationPort(), each.source()));
            } else if (message.op() == Message.BOOTREQUEST) {
                Outgoing answer = answer(config, each, message);
                if (answer != null) {
                    answers.add(
                            text(
                                    answer.message(),
                                    answer.destination(),
                                    answer.port(),
                                    answer.source()));
                }
            }
        }
        assertThat(answered).as("what the capture has of " + PROXY).isNotEmpty();
        assertThat(answers).isEqualTo(answered);
    }

    private static NetbootConfig config(String name) {
        if (name.endsWith("-menu-chosen")) {
            return MENUS_TO_CHOOSE_FROM;
        }
        return name.endsWith("-menu") ? MENUS : config(name.equals("x64-4011"));
    }

    private static @Nullable Outgoing answer(
            NetbootConfig config, Datagram asked, Message message) {
        BootPort port =
                asked.destinationPort() == BootPort.BOOT_SERVER.number()
                        ? BootPort.BOOT_SERVER
                        : BootPort.DHCP;
        Netboot service = new Netboot(port, config, new NetbootFixture());
        service.interfaces(
                List.of(
                        new NetbootInterface(
                                INDEX,
                                "eth0",
                                List.of(
                                        new NetbootInterface.Address(
                                                PROXY, Ip4Network.parse("10.77.0.0/24"))))));
        Decision<Void> decision =
                service.decide(
                        new Arrival(
                                message,
                                INDEX,
                                asked.source(),
                                asked.sourcePort(),
                                asked.destination(),
                                0));
        return decision instanceof Decision.Reply<Void> reply ? reply.outgoing() : null;
    }

    private static String text(Message message, Ip4Address to, int port, Ip4Address from) {
        String route = from + " > " + to + ":" + port + " ";
        return route + HexFormat.of().formatHex(message.toBytes());
    }

    private static Message message(Datagram datagram) {
        if (Message.parse(datagram.payload().toBytes()) instanceof ParseResult.Parsed parsed) {
            return parsed.message();
        }
        throw new AssertionError("no message: " + datagram);
    }

    private static List<Datagram> read(String name) throws IOException {
        List<Datagram> found = new ArrayList<>();
        FrameDecoder decoder = new FrameDecoder();
        try (InputStream in = RealBootsTest.class.getResourceAsStream("boots/" + name + ".pcap")) {
            assertThat(in).as("resource boots/" + name + ".pcap").isNotNull();
            CaptureReader reader = new CaptureReader(in);
            CaptureRead read = reader.next();
            while (read instanceof CaptureRead.Frame frame) {
                if (decoder.decode(frame.frame()) instanceof Decoded.Udp udp) {
                    found.add(udp.datagram());
                }
                read = reader.next();
            }
            assertThat(read).isInstanceOf(CaptureRead.Ended.class);
        }
        return found;
    }
}
