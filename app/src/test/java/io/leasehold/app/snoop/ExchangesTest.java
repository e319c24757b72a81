package io.leasehold.app.snoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.capture.Checksum;
import io.leasehold.protocol.capture.Datagram;
import io.leasehold.protocol.capture.Direction;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.Options;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExchangesTest {
    private static final HardwareAddress CLIENT = HardwareAddress.parse("52:54:00:aa:00:01");
    private static final String A = "192.0.2.1";
    private static final String B = "192.0.2.2";

    private final Exchanges exchanges = new Exchanges();
    private final List<String> notes = new ArrayList<>();
    private long millis;

    private long take(Message message, String source) {
        millis += 7;
        notes.clear();
        Datagram datagram =
                new Datagram(
                        Direction.IN,
                        List.of(),
                        CLIENT,
                        CLIENT,
                        Ip4Address.parse(source),
                        67,
                        Ip4Address.BROADCAST,
                        68,
                        64,
                        1,
                        Checksum.GOOD,
                        0,
                        Octets.of(message.toBytes()));
        Sighting sighting = Sighting.of("eth0", millis * 1_000_000, false, datagram);
        return exchanges.take(sighting, message, notes);
    }

    private static MessageBuilder request(MessageType type) {
        return MessageBuilder.request(CLIENT, 77).type(type);
    }

    private static MessageBuilder reply(MessageType type, String server, String yiaddr) {
        return MessageBuilder.reply(request(MessageType.DISCOVER).build())
                .type(type)
                .yiaddr(Ip4Address.parse(yiaddr))
                .option(Options.SUBNET_MASK, Ip4Address.parse("255.255.255.0"))
                .option(Options.SERVER_ID, Ip4Address.parse(server));
    }

    private void exchange(String yiaddr) {
        take(request(MessageType.DISCOVER).build(), "0.0.0.0");
        take(reply(MessageType.OFFER, A, yiaddr).build(), A);
    }

    private Message asksFor(String address) {
        return request(MessageType.REQUEST)
                .option(Options.REQUESTED_ADDRESS, Ip4Address.parse(address))
                .build();
    }

    @Test
    void tellsTheTimeBetweenARequestAndItsAnswer() {
        assertThat(take(request(MessageType.DISCOVER).build(), "0.0.0.0")).isEqualTo(-1);
        assertThat(take(reply(MessageType.OFFER, A, "192.0.2.100").build(), A))
                .isEqualTo(7_000_000);
        assertThat(take(reply(MessageType.ACK, A, "192.0.2.100").xid(9).build(), A)).isEqualTo(-1);
        assertThat(notes).isEmpty();
    }

    @Test
    void notesASecondServer() {
        exchange("192.0.2.100");
        assertThat(notes).isEmpty();
        take(reply(MessageType.OFFER, B, "192.0.2.200").build(), B);
        assertThat(notes)
                .containsExactly(
                        "a second server: 192.0.2.2, besides 192.0.2.1",
                        "a second server answers this request: 192.0.2.2 after 192.0.2.1");
    }

    @Test
    void aProxyForNetworkBootIsNoSecondServer() {
        exchange("192.0.2.100");
        take(reply(MessageType.OFFER, B, "0.0.0.0").build(), B);
        assertThat(notes).doesNotContain("a second server: 192.0.2.2, besides 192.0.2.1");
    }

    @Test
    void notesARequestThatIsNotAnswered() {
        take(request(MessageType.DISCOVER).build(), "0.0.0.0");
        millis += 4000;
        take(request(MessageType.DISCOVER).secs(4).build(), "0.0.0.0");
        assertThat(notes).containsExactly("asked 2 times in 4.0 s without an answer");
    }

    @Test
    void aNakForAnAddressOfAnotherNetworkIsExplained() {
        exchange("192.0.2.100");
        take(asksFor("10.9.9.9"), "0.0.0.0");
        take(reply(MessageType.NAK, A, "0.0.0.0").build(), A);
        assertThat(notes)
                .containsExactly(
                        "likely reason: 10.9.9.9 is not in 192.0.2.0/24, which is served here");
    }

    @Test
    void aNakForAnAddressOfThisNetworkIsExplained() {
        exchange("192.0.2.100");
        take(asksFor("192.0.2.55"), "0.0.0.0");
        take(reply(MessageType.NAK, A, "0.0.0.0").build(), A);
        assertThat(notes.getFirst())
                .contains("192.0.2.1 has no lease of this client for 192.0.2.55");
    }

    @Test
    void aNakOfAServerThatWasNotAskedIsExplained() {
        exchange("192.0.2.100");
        Message chosen =
                request(MessageType.REQUEST)
                        .option(Options.REQUESTED_ADDRESS, Ip4Address.parse("192.0.2.100"))
                        .option(Options.SERVER_ID, Ip4Address.parse(A))
                        .build();
        take(chosen, "0.0.0.0");
        take(reply(MessageType.NAK, B, "0.0.0.0").build(), B);
        assertThat(notes)
                .contains("likely reason: the client had asked 192.0.2.1, and 192.0.2.2 says no");
    }

    @Test
    void notesAnotherAddressThanWasAskedFor() {
        exchange("192.0.2.100");
        take(asksFor("192.0.2.100"), "0.0.0.0");
        take(reply(MessageType.ACK, A, "192.0.2.101").build(), A);
        assertThat(notes).containsExactly("the client asked for 192.0.2.100 and got 192.0.2.101");
    }

    /** RFC 2131 §4.3.1, Table 3: MUST. */
    @Test
    void notesAnAnswerWithoutServerIdentifier() {
        take(request(MessageType.DISCOVER).build(), "0.0.0.0");
        take(reply(MessageType.OFFER, A, "192.0.2.100").remove(54).build(), A);
        assertThat(notes).containsExactly("no server identifier (RFC 2131 section 4.3.1)");
    }
}
