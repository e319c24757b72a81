package io.leasehold.relay;

import static io.leasehold.relay.RelayFixture.CLIENT;
import static io.leasehold.relay.RelayFixture.CONFIG;
import static io.leasehold.relay.RelayFixture.ETH1;
import static io.leasehold.relay.RelayFixture.GIADDR;
import static io.leasehold.relay.RelayFixture.discover;
import static io.leasehold.relay.RelayFixture.forwarded;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.OptionIndex;
import io.leasehold.protocol.wire.VirtualSubnet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Option 82 in requests: rules 3, 4 and 11. */
class AgentInformationTest {
    private static final Ip4Address OTHER_RELAY = Ip4Address.parse("10.9.0.1");
    private static final AgentInformation CIRCUIT = AgentInformation.NONE.withCircuitId("%i");

    /** 01 02 'x' 'y': a circuit id of somebody else. */
    private static final byte[] FOREIGN = {1, 2, 'x', 'y'};

    static RelayFixture with(AgentInformation information) {
        return new RelayFixture(CONFIG.withAgentInformation(information));
    }

    private static String option82(Message message) {
        byte[] raw = message.raw(OptionCode.RELAY_AGENT_INFORMATION);
        return raw == null ? "none" : HexFormat.of().formatHex(raw);
    }

    private static Message carrying(Ip4Address giaddr) {
        return discover().giaddr(giaddr).option(82, FOREIGN).build();
    }

    private Message fromRelay(RelayFixture lab, Message message) {
        return forwarded(lab.unicast(message, ETH1, OTHER_RELAY, GIADDR)).get(0).message();
    }

    /** Rule 4, RFC 3046 §2.1: the last option before END, and nothing else moves. */
    @Test
    void putsOptionEightyTwoLastBeforeEnd() {
        byte[] asked = discover().option(12, new byte[] {'a', 'b'}).build().toBytes();

        byte[] relayed = with(CIRCUIT).relayed(RelayFixture.parse(asked)).toBytes();

        asked[3] = 1;
        System.arraycopy(GIADDR.toBytes(), 0, asked, 24, 4);
        // 240: 53 1 1, 12 2 'a' 'b', END; then 82 of 6 bytes: circuit id of 4, "eth1".
        byte[] option = {82, 6, 1, 4, 'e', 't', 'h', '1', (byte) 255};
        System.arraycopy(option, 0, asked, 247, option.length);
        assertThat(relayed).isEqualTo(asked);
    }

    /** Rule 4: what stands behind END is kept, zeros make room. */
    @Test
    void growsTheMessageOnlyWhereThereAreNoPadsBehindEnd() {
        byte[] asked = discover().build().toBytes();
        byte[] tight = Arrays.copyOf(asked, 244);

        assertThat(with(CIRCUIT).relayed(RelayFixture.parse(asked)).length()).isEqualTo(300);
        assertThat(with(CIRCUIT).relayed(RelayFixture.parse(tight)).length()).isEqualTo(252);
    }

    /** Must survive, no END: it is added behind the option. */
    @Test
    void addsTheMissingEndBehindTheOption() {
        byte[] asked = Arrays.copyOf(discover().build().toBytes(), 243);

        Message relayed = with(CIRCUIT).relayed(RelayFixture.parse(asked));

        assertThat(option82(relayed)).isEqualTo("010465746831");
        assertThat(relayed.index().endMissing()).isFalse();
        assertThat(relayed.type()).isEqualTo(MessageType.DISCOVER);
    }

    /** Must survive, truncated: an option put behind would be read as a part of the one before. */
    @Test
    void goesOnWithoutTheOptionBehindAnOptionThatRunsPastTheEnd() {
        byte[] asked = Arrays.copyOf(discover().build().toBytes(), 247);
        // 12, host name, of 9 bytes, of which there are 2.
        System.arraycopy(new byte[] {12, 9, 'a', 'b'}, 0, asked, 243, 4);
        RelayFixture lab = with(CIRCUIT);

        byte[] relayed = lab.relayed(RelayFixture.parse(asked)).toBytes();

        asked[3] = 1;
        System.arraycopy(GIADDR.toBytes(), 0, asked, 24, 4);
        assertThat(relayed).isEqualTo(asked);
        assertThat(lab.incidents).containsExactly(RelayIncident.AGENT_INFORMATION_NO_PLACE);
    }

    /** Rule 13, must survive, missing cookie. */
    @Test
    void goesOnWithoutTheOptionWhereThereIsNoCookie() {
        RelayFixture lab = with(CIRCUIT);

        assertThat(lab.relayed(MessageBuilder.request(CLIENT, 7).bootp().build()).hasOptions())
                .isFalse();
        assertThat(lab.incidents).containsExactly(RelayIncident.AGENT_INFORMATION_NO_PLACE);
    }

    /** Rule 3, RFC 3046 §2.1. */
    @Test
    void dropsOptionEightyTwoOfAClientOnAnUntrustedInterface() {
        RelayFixture lab = new RelayFixture();

        lab.assertDropped(
                lab.broadcast(carrying(Ip4Address.ZERO), ETH1),
                RelayDropReason.AGENT_INFORMATION_UNTRUSTED);
    }

    /** Rule 3, must survive, empty and truncated. */
    @Test
    void dropsAnEmptyOrTruncatedOptionEightyTwoOfAClientToo() {
        byte[] truncated = Arrays.copyOf(discover().build().toBytes(), 247);
        System.arraycopy(new byte[] {82, 9, 1, 2}, 0, truncated, 243, 4);
        RelayFixture lab = new RelayFixture();

        lab.assertDropped(
                lab.broadcast(discover().option(82, new byte[0]).build(), ETH1),
                RelayDropReason.AGENT_INFORMATION_UNTRUSTED);
        lab.assertDropped(
                lab.broadcast(RelayFixture.parse(truncated), ETH1),
                RelayDropReason.AGENT_INFORMATION_UNTRUSTED);
    }

    /** Rule 3. */
    @Test
    void forwardsOptionEightyTwoFromATrustedInterfaceAsItIs() {
        RelayFixture lab = with(CIRCUIT.withTrustedInterfaces(List.of("eth1")));

        assertThat(option82(lab.relayed(carrying(Ip4Address.ZERO)))).isEqualTo("01027879");
        assertThat(option82(lab.relayed(discover().build()))).isEqualTo("010465746831");
    }

    /** Rule 3, RFC 3046 §2.1.1: what a relay has passed on gets no option of another. */
    @Test
    void forwardsWhatARelayPassedOnWithoutAddingAnother() {
        RelayFixture lab = with(CIRCUIT);

        assertThat(option82(fromRelay(lab, carrying(OTHER_RELAY)))).isEqualTo("01027879");
        assertThat(option82(fromRelay(lab, discover().giaddr(OTHER_RELAY).build())))
                .isEqualTo("none");
    }

    @Test
    void policyAppendPutsItsOptionBehindTheOneThatIsThere() {
        RelayFixture lab = with(AgentInformation.NONE.withPolicy(AgentPolicy.APPEND));

        Message relayed = fromRelay(lab, carrying(OTHER_RELAY));

        assertThat(option82(relayed)).isEqualTo("01027879" + "010465746831");
        OptionIndex index = relayed.index();
        assertThat(index.code(index.size() - 1)).isEqualTo(82);
        assertThat(index.code(index.size() - 2)).isEqualTo(82);
    }

    /**
     * Must survive, malformed_option82_tlv: sub-options behind one that overruns are unreadable.
     */
    @Test
    void policyAppendPutsNothingBehindSubOptionsThatOverrun() {
        RelayFixture lab = with(AgentInformation.NONE.withPolicy(AgentPolicy.APPEND));
        byte[] overrun = {1, 9, 'x'};

        assertThat(
                        option82(
                                fromRelay(
                                        lab,
                                        discover()
                                                .giaddr(OTHER_RELAY)
                                                .option(82, overrun)
                                                .build())))
                .isEqualTo("010978");
        assertThat(lab.incidents).containsExactly(RelayIncident.AGENT_INFORMATION_NO_PLACE);
    }

    @Test
    void policyReplacePutsItsOptionInPlaceOfTheOneThatIsThere() {
        RelayFixture lab = with(AgentInformation.NONE.withPolicy(AgentPolicy.REPLACE));

        assertThat(option82(fromRelay(lab, carrying(OTHER_RELAY)))).isEqualTo("010465746831");
    }

    /** discard_relay_from_relay. */
    @Test
    void policyDiscardDropsWhatHasAnOptionAlready() {
        RelayFixture lab = with(AgentInformation.NONE.withPolicy(AgentPolicy.DISCARD));

        lab.assertDropped(
                lab.unicast(carrying(OTHER_RELAY), ETH1, OTHER_RELAY, GIADDR),
                RelayDropReason.AGENT_INFORMATION_DISCARDED);
        assertThat(option82(lab.relayed(discover().build()))).isEqualTo("010465746831");
        assertThat(option82(fromRelay(lab, discover().giaddr(OTHER_RELAY).build())))
                .isEqualTo("none");
    }

    /** Rule 4: the limit itself still fits. */
    @Test
    void goesOnWithoutTheOptionWhereTheMessageWouldPassTheLimit() {
        RelayFixture lab = with(CIRCUIT.withMessageBytesMax(400));
        // Header, cookie, 53, 43 of n bytes, 82 of 6 bytes, END: 240 + 3 + 2 + n + 8 + 1.
        Message fits = discover().option(43, new byte[146]).build();
        Message longer = discover().option(43, new byte[147]).build();

        assertThat(lab.relayed(fits).length()).isEqualTo(400);
        assertThat(lab.incidents).isEmpty();
        assertThat(option82(lab.relayed(longer))).isEqualTo("none");
        assertThat(lab.incidents).containsExactly(RelayIncident.AGENT_INFORMATION_TOO_LONG);
    }

    /** Rule 4: option 57 raises the limit and never lowers it; it counts 28 bytes of headers. */
    @Test
    void takesTheLimitOfTheClientWhereThatIsLarger() {
        RelayFixture lab = with(CIRCUIT.withMessageBytesMax(400));
        // As before, and 57 takes 4 bytes more: 404 with 146.
        byte[] size = {0, 0};
        for (int bytes : new int[] {0, 400, 404 + 27}) {
            size[0] = (byte) (bytes >>> 8);
            size[1] = (byte) bytes;
            Message message = discover().option(57, size.clone()).option(43, new byte[146]).build();
            assertThat(option82(lab.relayed(message))).as(bytes + "").isEqualTo("none");
        }
        byte[] enough = {(byte) (432 >>> 8), (byte) 432};
        Message message = discover().option(57, enough).option(43, new byte[146]).build();
        assertThat(option82(lab.relayed(message))).isEqualTo("010465746831");
    }

    /** Must survive, option 57 of one byte: it says nothing. */
    @Test
    void ignoresAMaximumMessageSizeOfOneByte() {
        assertThat(option82(with(CIRCUIT).relayed(discover().option(57, new byte[1]).build())))
                .isEqualTo("010465746831");
    }

    /** A broadcast is not sent in fragments. */
    @Test
    void keepsWithinTheMtuOfTheUplinkInterface() {
        RelayFixture lab =
                new RelayFixture(
                        CONFIG.withBroadcastInterfaces(List.of("eth0"))
                                .withAgentInformation(CIRCUIT.withMessageBytesMax(9000)));
        byte[] big = new byte[1221];

        assertThat(option82(lab.relayed(discover().option(43, Arrays.copyOf(big, 1210)).build())))
                .isEqualTo("010465746831");
        assertThat(option82(lab.relayed(discover().option(43, big).build()))).isEqualTo("none");
    }

    /** Rule 11, in the order of their codes. */
    @Test
    void writesEverySubOption() {
        RelayFixture lab =
                with(
                        new AgentInformation(
                                AgentPolicy.NONE,
                                "%i",
                                "%m",
                                true,
                                true,
                                new VirtualSubnet(
                                        VirtualSubnet.VPN_ID, Octets.parseHex("00005e00000007")),
                                Octets.parseHex("0002aabb"),
                                2067,
                                List.of(),
                                AgentInformation.MESSAGE_BYTES_MAX_DEFAULT));

        Outgoing outgoing = forwarded(lab.broadcast(discover().build(), ETH1)).get(0);

        String hardware =
                HexFormat.of().formatHex("52:54:00:aa:00:01".getBytes(StandardCharsets.US_ASCII));
        assertThat(option82(outgoing.message()))
                .isEqualTo(
                        "0104"
                                + "65746831" // circuit id: eth1
                                + "0211"
                                + hardware // remote id
                                + "0504c0000201" // link selection (RFC 3527)
                                + "0a0100" // flags: the request was a broadcast (RFC 5010)
                                + "0b04c0000201" // server id override (RFC 5107)
                                + "0c040002aabb" // relay id (RFC 6925)
                                + "1300" // relay source port (RFC 8357)
                                + "97080100005e00000007" // virtual subnet (RFC 6607)
                                + "9800"); // its control
        assertThat(outgoing.sourcePort()).isEqualTo(2067);
    }

    /** Rule 11, RFC 5010 §3: the server tells a renewal through the relay by it. */
    @Test
    void flagsSayThatTheClientSentAUnicast() {
        RelayFixture lab = with(AgentInformation.NONE.withServerIdOverride(true));
        Message renewal = MessageBuilder.request(CLIENT, 1).type(MessageType.REQUEST).build();

        assertThat(
                        option82(
                                forwarded(lab.unicast(renewal, ETH1, RelayFixture.YIADDR, GIADDR))
                                        .get(0)
                                        .message()))
                .isEqualTo("0a0180" + "0b04c0000201");
    }

    /**
     * Rule 11, RFC 3527: giaddr is where the server answers, link selection where the client is.
     */
    @Test
    void linkSelectionIsTheInterfacesAddressWhateverGiaddrIsConfigured() {
        RelayFixture lab =
                new RelayFixture(
                        CONFIG.withGiaddr(RelayFixture.UPLINK)
                                .withAgentInformation(
                                        AgentInformation.NONE.withLinkSelection(true)));

        Message relayed = lab.relayed(discover().build());

        assertThat(relayed.giaddr()).isEqualTo(RelayFixture.UPLINK);
        assertThat(option82(relayed)).isEqualTo("0504c0000201");
    }

    /** RFC 8357 §4: without the sub-option the server would answer to port 67. */
    @Test
    void sendsFromTheLinksOwnPortWhereTheServerIsNotToldOfAnother() {
        RelayFixture lab = with(AgentInformation.NONE.withSourcePort(2067));

        Outgoing bootp =
                forwarded(lab.broadcast(MessageBuilder.request(CLIENT, 7).bootp().build(), ETH1))
                        .get(0);
        Outgoing relayed =
                forwarded(lab.unicast(carrying(OTHER_RELAY), ETH1, OTHER_RELAY, GIADDR)).get(0);

        assertThat(bootp.sourcePort()).isZero();
        assertThat(relayed.sourcePort()).isZero();
    }

    /** RFC 3396: more than 255 bytes are split into several instances. */
    @Test
    void splitsAnOptionOfMoreThanTwoHundredFiftyFiveBytes() {
        String id = "0x" + "ab".repeat(200);
        RelayFixture lab = with(CIRCUIT.withCircuitId(id).withRemoteId(id));

        Message relayed = lab.relayed(discover().build());

        OptionIndex index = relayed.index();
        assertThat(index.size()).isEqualTo(3);
        assertThat(index.length(1)).isEqualTo(255);
        assertThat(index.length(2)).isEqualTo(404 - 255);
        assertThat(option82(relayed))
                .isEqualTo("01c8" + "ab".repeat(200) + "02c8" + "ab".repeat(200));
    }
}
