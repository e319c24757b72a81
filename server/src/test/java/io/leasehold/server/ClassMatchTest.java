package io.leasehold.server;

import static io.leasehold.server.ServerFixture.ONE;
import static io.leasehold.server.ServerFixture.message;
import static io.leasehold.server.ServerFixture.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.server.config.ClientClass;
import io.leasehold.server.config.ClientClass.What;
import io.leasehold.server.config.OptionSet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which clients are members of a class. */
class ClassMatchTest {
    private static final int MARK = 224;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static MessageBuilder discover() {
        return message(MessageType.DISCOVER, ONE);
    }

    private static boolean member(What what, String pattern, MessageBuilder message) {
        return member(List.of(new ClientClass.Match(what, pattern)), message);
    }

    private static boolean member(List<ClientClass.Match> matches, MessageBuilder message) {
        TestConfig config = new TestConfig();
        config.classes.add(
                new ClientClass(
                        "marked", matches, new OptionSet(Map.of(MARK, Octets.of((byte) 1)))));
        return sent(config.start().broadcast(message)).message().has(MARK);
    }

    @Test
    void theVendorClassIsComparedAsText() {
        MessageBuilder phone = discover().option(OptionCode.VENDOR_CLASS, ascii("Cisco IP Phone"));

        assertThat(member(What.VENDOR_CLASS, "Cisco*", phone)).isTrue();
        assertThat(member(What.VENDOR_CLASS, "*Phone", phone)).isTrue();
        assertThat(member(What.VENDOR_CLASS, "Cisco", phone)).isFalse();
    }

    /** ISC CVE-2011-4539: what is absent matches nothing, not even everything. */
    @Test
    void anAbsentOptionMatchesNothing() {
        for (What what : What.values()) {
            boolean always = what == What.HARDWARE;

            assertThat(member(what, "*", discover())).as(what.name()).isEqualTo(always);
        }
    }

    /** RFC 3004 §4: each class with its length before it. */
    @Test
    void aUserClassIsReadInItsFraming() {
        byte[] two = {4, 'i', 'P', 'X', 'E', 3, 'l', 'a', 'b'};
        MessageBuilder framed = discover().option(OptionCode.USER_CLASS, two);

        assertThat(member(What.USER_CLASS, "iPXE", framed)).isTrue();
        assertThat(member(What.USER_CLASS, "lab", framed)).isTrue();
        assertThat(member(What.USER_CLASS, "other", framed)).isFalse();
    }

    @Test
    void aUserClassIsReadAsTheBareTextThatManySend() {
        MessageBuilder bare = discover().option(OptionCode.USER_CLASS, ascii("iPXE"));

        assertThat(member(What.USER_CLASS, "iPXE", bare)).isTrue();
    }

    /** RFC 4578 §2.1: a list of codes; the first is not the only one. */
    @Test
    void theArchitectureIsAListOf16BitCodes() {
        MessageBuilder two =
                discover().option(OptionCode.CLIENT_ARCHITECTURE, new byte[] {0, 7, 0, 9});

        assertThat(member(What.ARCHITECTURE, "7", two)).isTrue();
        assertThat(member(What.ARCHITECTURE, "9", two)).isTrue();
        assertThat(member(What.ARCHITECTURE, "0", two)).isFalse();
    }

    @Test
    void hardwareAddressClientIdHostNameAndRelayAreComparedToo() {
        MessageBuilder message =
                discover()
                        .option(OptionCode.CLIENT_ID, new byte[] {0, 1, (byte) 0xab})
                        .option(OptionCode.HOST_NAME, ascii("pc-7"))
                        .option(
                                OptionCode.RELAY_AGENT_INFORMATION,
                                new byte[] {1, 2, 'e', '7', 2, 1, 'b'});

        assertThat(member(What.HARDWARE, "52:54:00:*", message)).isTrue();
        assertThat(member(What.HARDWARE, "52:55:*", message)).isFalse();
        assertThat(member(What.CLIENT_ID, "00:01:ab", message)).isTrue();
        assertThat(member(What.HOST_NAME, "pc-*", message)).isTrue();
        assertThat(member(What.CIRCUIT_ID, "e7", message)).isTrue();
        assertThat(member(What.REMOTE_ID, "b", message)).isTrue();
    }

    @Test
    void allOfAClasssComparisonsMustHold() {
        MessageBuilder message = discover().option(OptionCode.HOST_NAME, ascii("pc-7"));
        ClientClass.Match name = new ClientClass.Match(What.HOST_NAME, "pc-*");

        assertThat(member(List.of(name, new ClientClass.Match(What.HARDWARE, "52:*")), message))
                .isTrue();
        assertThat(member(List.of(name, new ClientClass.Match(What.HARDWARE, "02:*")), message))
                .isFalse();
    }
}
