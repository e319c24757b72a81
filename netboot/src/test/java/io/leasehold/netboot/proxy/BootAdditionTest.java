package io.leasehold.netboot.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Options;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One packet with both the address and what to boot. */
class BootAdditionTest {
    private static final NetbootConfig CONFIG =
            new NetbootConfig(
                    List.of(
                            NetbootFixture.rule(Architecture.X64, "a.efi"),
                            NetbootFixture.script("boot.ipxe")),
                    null,
                    NetbootFixture.HTTP_PORT);

    private static Message leaseFor(Message request, MessageType type) {
        return MessageBuilder.reply(request)
                .type(type)
                .yiaddr(NetbootFixture.MACHINE)
                .option(Options.SERVER_ID, NetbootFixture.OURS)
                .option(51, new byte[] {0, 0, 14, 16})
                .build();
    }

    private static Message both(Message request, MessageType type) {
        return both(request, type, CONFIG);
    }

    private static Message both(Message request, MessageType type, NetbootConfig config) {
        BootAddition addition =
                BootAddition.to(request, leaseFor(request, type), NetbootFixture.OURS, config);
        assertThat(addition).isNotNull();
        return addition.message();
    }

    @ParameterizedTest
    @EnumSource(names = {"OFFER", "ACK"})
    void hasTheAddressAndTheFile(MessageType type) {
        Message both = both(NetbootFixture.x64().option(97, new byte[17]).build(), type);

        assertThat(both.yiaddr()).isEqualTo(NetbootFixture.MACHINE);
        assertThat(both.raw(51)).containsExactly(0, 0, 14, 16);
        assertThat(both.siaddr()).isEqualTo(NetbootFixture.OURS);
        assertThat(new String(both.file(), StandardCharsets.US_ASCII)).startsWith("a.efi\0");
        assertThat(both.raw(67)).isEqualTo("a.efi\0".getBytes(StandardCharsets.US_ASCII));
        assertThat(both.raw(43)).containsExactly(6, 1, 8, -1);
        assertThat(both.raw(97)).isEqualTo(new byte[17]);
        assertThat(both.get(Options.SERVER_ID).or(Ip4Address.ZERO)).isEqualTo(NetbootFixture.OURS);
    }

    @Test
    void givesIpxeItsScriptInTheSameWay() {
        assertThat(both(NetbootFixture.ipxe(7).build(), MessageType.OFFER).raw(67))
                .isEqualTo("http://192.0.2.2:8080/boot.ipxe\0".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void hasTheMenuBesideTheAddressAndNoFile() {
        BootAction menu =
                new BootAction.Menu("", 0, List.of(new BootAction.Menu.Item("Disk", null)));
        NetbootConfig config =
                new NetbootConfig(List.of(new BootRule(BootMatch.ALL, menu)), null, 0);

        Message both = both(NetbootFixture.x64().build(), MessageType.OFFER, config);

        assertThat(both.yiaddr()).isEqualTo(NetbootFixture.MACHINE);
        assertThat(both.raw(43)).startsWith(6, 1, 7, 9, 7, 0, 0, 4);
        assertThat(both.has(67)).isFalse();
    }

    @Test
    void leavesAnAnswerAsItIsThatIsForNoBootClient() {
        Message laptop =
                MessageBuilder.request(NetbootFixture.HARDWARE, 1)
                        .type(MessageType.DISCOVER)
                        .build();
        Message bios = NetbootFixture.bios().build();
        for (Message request : List.of(laptop, bios)) {
            Message reply = leaseFor(request, MessageType.OFFER);
            assertThat(BootAddition.to(request, reply, NetbootFixture.OURS, CONFIG)).isNull();
        }
    }

    @Test
    void addsNothingToANak() {
        Message request = NetbootFixture.x64().build();
        Message nak = MessageBuilder.reply(request).type(MessageType.NAK).build();

        assertThat(BootAddition.to(request, nak, NetbootFixture.OURS, CONFIG)).isNull();
    }
}
