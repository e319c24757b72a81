package io.leasehold.server;

import static io.leasehold.server.ServerFixture.ONE;
import static io.leasehold.server.ServerFixture.TWO;
import static io.leasehold.server.ServerFixture.assertAck;
import static io.leasehold.server.ServerFixture.assertDropped;
import static io.leasehold.server.ServerFixture.message;
import static io.leasehold.server.ServerFixture.selecting;
import static io.leasehold.server.ServerFixture.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.ClientKey;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who a client is (RFC 2131 §4.2), and which options may be bad without harm. */
class IdentityTest {
    private static final byte[] ID = {0, 'i', 'd'};
    private static final byte[] OTHER_ID = {0, 'i', 'e'};

    private final ServerFixture lab = new ServerFixture();

    private static Ip4Address leaseOf(ServerFixture lab, HardwareAddress hardware, byte... id) {
        Message offer =
                sent(lab.broadcast(
                                message(MessageType.DISCOVER, hardware)
                                        .option(OptionCode.CLIENT_ID, id)))
                        .message();
        assertAck(
                lab.broadcast(
                        selecting(hardware, offer.yiaddr()).option(OptionCode.CLIENT_ID, id)));
        return offer.yiaddr();
    }

    @Test
    void theClientIdIsTheKeyWhereThereIsOne() {
        Ip4Address address = leaseOf(lab, ONE, ID);

        assertThat(lab.record(address).client()).isInstanceOf(ClientKey.ById.class);
        assertThat(leaseOf(lab, TWO, ID)).isEqualTo(address);
    }

    @Test
    void theHardwareAddressIsTheKeyWhereThereIsNoClientId() {
        assertThat(lab.record(lab.lease(ONE)).client()).isEqualTo(new ClientKey.ByHardware(ONE));
    }

    @Test
    void anEmptyClientIdIsNone() {
        Ip4Address address = leaseOf(lab, ONE);

        assertThat(lab.record(address).client()).isEqualTo(new ClientKey.ByHardware(ONE));
    }

    @Test
    void oneHardwareAddressWithTwoClientIdsIsTwoClients() {
        assertThat(leaseOf(lab, ONE, ID)).isNotEqualTo(leaseOf(lab, ONE, OTHER_ID));
        assertThat(lab.table.size()).isEqualTo(2);
    }

    @Test
    void withoutMatchClientIdOneHardwareAddressIsOneClient() {
        TestConfig config = new TestConfig();
        config.matchClientId = false;
        ServerFixture byHardware = config.start();

        assertThat(leaseOf(byHardware, ONE, ID)).isEqualTo(leaseOf(byHardware, ONE, OTHER_ID));
        assertThat(byHardware.table.size()).isEqualTo(1);
    }

    /** The hardware type is a part of the key. */
    @Test
    void theSameHardwareAddressOfAnotherTypeIsAnotherClient() {
        Ip4Address ethernet = lab.lease(ONE);

        assertThat(lab.lease(HardwareAddress.of(6, ONE.toBytes()))).isNotEqualTo(ethernet);
    }

    @Test
    void aClientWithoutHardwareAddressIsKnownByItsClientId() {
        TestConfig config = new TestConfig();
        config.matchClientId = false;
        HardwareAddress none = HardwareAddress.of(1, new byte[0]);

        assertThat(leaseOf(lab, none, ID)).isNotNull();
        assertThat(leaseOf(config.start(), none, ID)).isNotNull();
    }

    @Test
    void aClientWithNeitherIsNobody() {
        assertDropped(
                lab.broadcast(message(MessageType.DISCOVER, HardwareAddress.of(1, new byte[0]))),
                ServerDrop.NO_IDENTITY);
    }

    /** One octet is less than RFC 2132 §9.14 wants; it still tells clients apart. */
    @Test
    void aClientIdOfOneByteIsAnIdentity() {
        assertThat(leaseOf(lab, ONE, (byte) 7)).isNotEqualTo(leaseOf(lab, ONE, (byte) 8));
    }

    /**
     * 12, 51, 55, 57, 60, 77, 80, 81, 93, 108, 116, 118, 121: with a value that is none of theirs.
     */
    @ParameterizedTest
    @ValueSource(ints = {12, 51, 55, 57, 60, 77, 80, 81, 93, 94, 97, 108, 116, 118, 119, 121})
    void aMalformedOptionalOptionNeverStopsAClientFromGettingAnAddress(int code) {
        byte[][] values = {{}, {(byte) 0xff}, {(byte) 0xc0, 0, 0}, {1, 2, 3, 4, 5}};
        for (byte[] value : values) {
            Message offer =
                    sent(lab.broadcast(message(MessageType.DISCOVER, ONE).option(code, value)))
                            .message();

            assertThat(offer.type()).isEqualTo(MessageType.OFFER);
            assertThat(offer.yiaddr()).isNotEqualTo(Ip4Address.ZERO);
        }
    }

    /** Ignored, and counted: a client that gets less than it asks for must leave a trace. */
    @ParameterizedTest
    @ValueSource(ints = {12, 51, 55, 57, 60, 77, 80, 81, 93, 116, 118})
    void aMalformedOptionalOptionIsTold(int code) {
        // Three bytes are too many for all that have a length, none too few for the others.
        boolean open = List.of(12, 55, 60, 77, 81).contains(code);
        lab.broadcast(message(MessageType.DISCOVER, ONE).option(code, new byte[open ? 0 : 3]));

        assertThat(lab.heard).containsExactly("ignored " + code);
    }

    @Test
    void whatCanBeReadIsNotTold() {
        lab.lease(ONE);
        lab.broadcast(
                message(MessageType.DISCOVER, TWO)
                        .option(OptionCode.LEASE_TIME, new byte[4])
                        .option(OptionCode.HOST_NAME, new byte[] {'p', 'c'})
                        .option(OptionCode.RAPID_COMMIT, new byte[0])
                        .option(OptionCode.CLIENT_FQDN, new byte[] {0, 0, 0}));

        assertThat(lab.heard).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "50, 3, MALFORMED_REQUESTED_ADDRESS",
        "50, 0, MALFORMED_REQUESTED_ADDRESS",
        "50, 5, MALFORMED_REQUESTED_ADDRESS",
        "53, 0, MALFORMED_MESSAGE_TYPE",
        "53, 2, MALFORMED_MESSAGE_TYPE",
        "54, 3, MALFORMED_SERVER_ID",
        "54, 8, MALFORMED_SERVER_ID",
        "61, 256, MALFORMED_CLIENT_ID",
        "82, 1, MALFORMED_AGENT_INFORMATION"
    })
    void aMalformedOptionOfTheProtocolDropsThePacket(int code, int length, ServerDrop reason) {
        assertDropped(
                lab.broadcast(message(MessageType.DISCOVER, ONE).option(code, new byte[length])),
                reason);
    }
}
