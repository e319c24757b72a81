package io.leasehold.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.corpus.Corpus;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MessageTextTest {
    private static MessageBuilder request() {
        return MessageBuilder.request(HardwareAddress.parse("52:54:00:aa:00:01"), 0x1ea50101)
                .type(MessageType.REQUEST);
    }

    private static String value(Message message, String name) {
        return MessageText.lines(message).stream()
                .filter(line -> line.name().equals(name))
                .map(MessageText.Line::value)
                .findFirst()
                .orElse("no line " + name);
    }

    @Test
    void tellsEveryFieldAndOptionByName() {
        Message message =
                request()
                        .broadcast(true)
                        .secs(7)
                        .ciaddr(Ip4Address.parse("10.77.0.20"))
                        .file("pxelinux.0")
                        .option(Options.PARAMETER_LIST, List.of(1, 3, 224))
                        .option(Options.HOST_NAME, Text.of("printer"))
                        .build();
        assertThat(MessageText.of(message))
                .isEqualTo(
                        """
                          op                                1 (request)
                          htype                             1 (Ethernet)
                          hlen                              6
                          hops                              0
                          xid                               0x1ea50101
                          secs                              7
                          flags                             0x8000 (broadcast)
                          ciaddr                            10.77.0.20
                          yiaddr                            0.0.0.0
                          siaddr                            0.0.0.0
                          giaddr                            0.0.0.0
                          chaddr                            52:54:00:aa:00:01
                          sname
                          file                              pxelinux.0
                          dhcp-message-type (53)            3 (REQUEST)
                          dhcp-parameter-request-list (55)  1, 3, 224 (subnet-mask, routers, 224)
                          host-name (12)                    printer
                        """);
    }

    @Test
    void tellsWhatARelaySaidInWordsToo() {
        SubOptions agent =
                SubOptions.EMPTY
                        .with(RelayOptions.CIRCUIT_ID, Octets.of((byte) 'e', (byte) '0'))
                        .with(RelayOptions.REMOTE_ID, Octets.of((byte) 1));
        Message message = request().option(Options.RELAY_AGENT_INFORMATION, agent).build();
        assertThat(value(message, "relay-agent-information")).isEqualTo("1=65:30 \"e0\", 2=01");
    }

    @Test
    void showsTheBytesOfWhatCannotBeRead() {
        Message message =
                request()
                        .option(OptionCode.LEASE_TIME, new byte[] {0, 0, 14, 16, 0})
                        .option(OptionCode.REQUESTED_ADDRESS, new byte[0])
                        .build();
        assertThat(value(message, "dhcp-lease-time"))
                .startsWith("00:00:0e:10:00 (malformed: ")
                .contains("5");
        assertThat(value(message, "dhcp-requested-address")).startsWith("no bytes (malformed: ");
    }

    @Test
    void saysWhatIsWrongWithTheWhole() {
        assertThat(value(request().bootp().build(), "flaw")).contains("BOOTP");
        byte[] bytes = request().build().toBytes();
        bytes[243] = 12; // in place of END: option 12, whose length would be 0
        bytes[244] = (byte) 200;
        assertThat(Message.parse(bytes))
                .isInstanceOfSatisfying(
                        ParseResult.Parsed.class,
                        parsed ->
                                assertThat(value(parsed.message(), "flaw"))
                                        .isEqualTo("option 12 at byte 243 runs past its end"));
    }

    @TestFactory
    Stream<DynamicTest> neverShowsWhatATerminalObeys() {
        return Corpus.all().stream()
                .map(each -> DynamicTest.dynamicTest(each.name(), () -> isFit(each.bytes())));
    }

    private static void isFit(byte[] bytes) {
        if (Message.parse(bytes) instanceof ParseResult.Parsed parsed) {
            String text = MessageText.of(parsed.message());
            boolean fit =
                    text.chars()
                            .allMatch(
                                    each ->
                                            each == '\n'
                                                    || !Character.isISOControl(each)
                                                            && Character.getType(each)
                                                                    != Character.FORMAT);
            assertThat(fit).as(text).isTrue();
            assertThat(text.lines().count()).isEqualTo(MessageText.lines(parsed.message()).size());
        } else {
            assertThat(bytes.length).as("what is no message").isNotEqualTo(300);
        }
    }
}
