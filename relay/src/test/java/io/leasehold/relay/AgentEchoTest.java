package io.leasehold.relay;

import static io.leasehold.relay.RelayFixture.CONFIG;
import static io.leasehold.relay.RelayFixture.ETH1;
import static io.leasehold.relay.RelayFixture.ETH2;
import static io.leasehold.relay.RelayFixture.UPLINK;
import static io.leasehold.relay.RelayFixture.discover;
import static io.leasehold.relay.RelayFixture.offer;
import static io.leasehold.relay.RelayFixture.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.VirtualSubnet;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Option 82 in replies: rule 5. */
class AgentEchoTest {
    private static final AgentInformation CIRCUIT = AgentInformation.NONE.withCircuitId("%i");
    private static final String OURS = "5206010465746831";
    private static final String FOREIGN = "5204" + "01027879";

    /** An OFFER whose options are these bytes, in a message of no more than its needs. */
    private static Message offered(String options) {
        byte[] header = offer().build().toBytes();
        byte[] rest = HexFormat.of().parseHex(options);
        byte[] bytes = Arrays.copyOf(header, 240 + rest.length);
        System.arraycopy(rest, 0, bytes, 240, rest.length);
        return RelayFixture.parse(bytes);
    }

    /** The options of a message from the cookie on, without the zeros behind. */
    private static String options(Message message) {
        byte[] bytes = message.toBytes();
        int end = bytes.length;
        while (end > 240 && bytes[end - 1] == 0) {
            end--;
        }
        return HexFormat.of().formatHex(bytes, 240, end);
    }

    private static byte @Nullable [] option82(Message message) {
        return message.raw(OptionCode.RELAY_AGENT_INFORMATION);
    }

    /** Rule 5, must survive: last, not last, before 53, repeated, empty; and without END. */
    @ParameterizedTest
    @CsvSource({
        "350102 5206010465746831 ff, 350102 ff",
        "350102 5206010465746831 0c0161 ff, 350102 0c0161 ff",
        "5206010465746831 350102 ff, 350102 ff",
        "350102 52020104 0c0161 520465746831 ff, 350102 0c0161 ff",
        "350102 5206010465746831 0000 5206010465746831 ff, 350102 0000 ff",
        "350102 5200 ff, 350102 ff",
        "350102 5206010465746831, 350102",
        "350102 5206010465746831 0c09 6162, 350102 0c09 6162"
    })
    void takesItsOptionOutWhereverItStandsAndKeepsEveryOtherByte(String before, String after) {
        RelayFixture lab = AgentInformationTest.with(CIRCUIT);

        Message answered = lab.answered(offered(before.replace(" ", "")));

        assertThat(options(answered)).isEqualTo(after.replace(" ", ""));
    }

    /** Must survive, truncated and sub-option overrun: the client is to see nothing of it. */
    @ParameterizedTest
    @CsvSource({
        "350102 520601046574, 350102 ff",
        "350102 52ff, 350102 ff",
        "350102 52, 350102 ff",
        "350102 5203010978 ff, 350102 ff",
        "350102 520101 ff, 350102 ff"
    })
    void takesAMalformedOptionOutAndCountsIt(String before, String after) {
        RelayFixture lab = AgentInformationTest.with(CIRCUIT);

        Message answered = lab.answered(offered(before.replace(" ", "")));

        assertThat(options(answered)).isEqualTo(after.replace(" ", ""));
        assertThat(answered.length()).isEqualTo(300);
        assertThat(lab.incidents).containsExactly(RelayIncident.AGENT_INFORMATION_MALFORMED);
    }

    /** Rule 5: also in file and sname, where option 52 says so. */
    @Test
    void takesItsOptionOutOfOverloadedFields() {
        byte[] bytes = offered("350102" + "340103" + "ff").toBytes();
        // file: host name "a", 82, END. sname: 82, host name "b", END.
        byte[] file = HexFormat.of().parseHex("0c0161" + OURS + "ff");
        byte[] sname = HexFormat.of().parseHex(OURS + "0c0162" + "ff");
        System.arraycopy(file, 0, bytes, 108, file.length);
        System.arraycopy(sname, 0, bytes, 44, sname.length);

        Message answered = AgentInformationTest.with(CIRCUIT).answered(RelayFixture.parse(bytes));

        assertThat(option82(answered)).isNull();
        assertThat(HexFormat.of().formatHex(answered.file())).startsWith("0c0161ff0000");
        assertThat(HexFormat.of().formatHex(answered.sname())).startsWith("0c0162ff0000");
    }

    /** server_offer_missing_circuit_id: giaddr tells the way, whatever is echoed. */
    @ParameterizedTest
    @CsvSource({"350102 ff", "350102 5204020278 79 ff", "350102 5206010465746832 ff"})
    void deliversByGiaddrAlsoWhenTheCircuitIdIsMissingOrAnother(String options) {
        RelayFixture lab = AgentInformationTest.with(CIRCUIT);

        assertThat(sent(lab.reply(offered(options.replace(" ", "")))).interfaceIndex())
                .isEqualTo(ETH1);
    }

    /** Rule 5: what this relay did not add is not its own. */
    @Test
    void keepsAnOptionThatItNeverAdds() {
        assertThat(options(new RelayFixture().answered(offered("350102" + FOREIGN + "ff"))))
                .isEqualTo("350102" + FOREIGN + "ff");
    }

    /** Rule 5, behind a trusted interface: the network element there waits for its own option. */
    @Test
    void keepsTheOptionOfWhoeverIsBehindATrustedInterface() {
        RelayFixture lab =
                AgentInformationTest.with(CIRCUIT.withTrustedInterfaces(List.of("eth1")));

        assertThat(options(lab.answered(offered("350102" + FOREIGN + "ff"))))
                .isEqualTo("350102" + FOREIGN + "ff");
        assertThat(options(lab.answered(offered("350102" + OURS + "ff")))).isEqualTo("350102ff");
    }

    /** Rule 5, policy append: its part at the end goes, the rest stays. */
    @Test
    void cutsItsPartOffAnOptionThatItAppendedTo() {
        RelayFixture lab =
                AgentInformationTest.with(
                        new AgentInformation(
                                AgentPolicy.APPEND,
                                "%i",
                                "",
                                true,
                                true,
                                new VirtualSubnet(VirtualSubnet.ASCII, Octets.of((byte) 'v')),
                                Octets.EMPTY,
                                0,
                                List.of("eth1"),
                                1472));
        Message asked = lab.relayed(discover().option(82, new byte[] {1, 2, 'x', 'y'}).build());
        byte[] all = option82(asked);
        assertThat(all).isNotNull();
        // The server understood the virtual subnet, so it took 152, the last two bytes, out.
        byte[] echo = Arrays.copyOf(all, all.length - 2);

        Message answered = lab.answered(offer().option(82, echo).option(12, new byte[1]).build());

        assertThat(option82(answered)).containsExactly(1, 2, 'x', 'y');
        assertThat(answered.has(12)).isTrue();
    }

    /** RFC 6607: the address is of no use to a client of another virtual subnet. */
    @Test
    void dropsAReplyOfAServerThatKnowsNothingOfVirtualSubnets() {
        RelayFixture lab =
                AgentInformationTest.with(
                        AgentInformation.NONE.withVirtualSubnet(
                                new VirtualSubnet(VirtualSubnet.ASCII, Octets.of((byte) 'v'))));

        lab.assertDropped(
                lab.reply(offered("350102" + "5206" + "97020076" + "9800" + "ff")),
                RelayDropReason.VIRTUAL_SUBNET_IGNORED);
        assertThat(options(lab.answered(offered("350102" + "5204" + "97020076" + "ff"))))
                .isEqualTo("350102ff");
    }

    /** RFC 3527: where giaddr is the same for all, the link selection names the interface. */
    @Test
    void findsTheInterfaceByTheEchoedLinkSelection() {
        RelayFixture lab =
                new RelayFixture(
                        CONFIG.withGiaddr(UPLINK)
                                .withAgentInformation(
                                        AgentInformation.NONE.withLinkSelection(true)));
        Message offer =
                offer().giaddr(UPLINK)
                        .option(82, new byte[] {5, 4, (byte) 198, 51, 100, 1})
                        .build();

        assertThat(sent(lab.reply(offer)).interfaceIndex()).isEqualTo(ETH2);
        assertThat(option82(lab.answered(offer))).isNull();
    }

    /** Without it, the request itself: the server gives an address that tells nothing. */
    @Test
    void findsTheInterfaceThatTheClientAskedOnBehindAConfiguredGiaddr() {
        RelayFixture lab = new RelayFixture(CONFIG.withGiaddr(UPLINK));
        Message offer = offer().giaddr(UPLINK).yiaddr(Ip4Address.parse("10.1.1.1")).build();
        lab.assertDropped(lab.reply(offer), RelayDropReason.GIADDR_UNKNOWN);

        lab.broadcast(discover().build(), ETH2);

        assertThat(sent(lab.reply(offer)).interfaceIndex()).isEqualTo(ETH2);
    }

    /** Rule 7, behind a configured giaddr: nothing was asked yet, but yiaddr tells the network. */
    @Test
    void findsTheInterfaceByTheClientsAddressAfterARestart() {
        RelayFixture restarted = new RelayFixture(CONFIG.withGiaddr(UPLINK));
        Ip4Address client = Ip4Address.parse("198.51.100.77");

        assertThat(
                        sent(restarted.reply(offer().giaddr(UPLINK).yiaddr(client).build()))
                                .interfaceIndex())
                .isEqualTo(ETH2);
        assertThat(
                        sent(restarted.reply(offer().giaddr(UPLINK).ciaddr(client).build()))
                                .interfaceIndex())
                .isEqualTo(ETH2);
    }
}
