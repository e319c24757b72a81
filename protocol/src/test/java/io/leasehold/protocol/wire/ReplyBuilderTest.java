package io.leasehold.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What every server gives back of a request. */
class ReplyBuilderTest {
    private static final Ip4Address ADDRESS = Ip4Address.parse("10.0.0.9");
    private static final byte[] CLIENT_ID = {1, 2, 0, 0, 0, 0, 1};
    private static final byte[] AGENT = {1, 2, 7, 7};

    private static MessageBuilder request() {
        return MessageBuilder.request(HardwareAddress.parse("02:00:00:00:00:01"), 7)
                .type(MessageType.REQUEST)
                .ciaddr(ADDRESS)
                .option(OptionCode.CLIENT_ID, CLIENT_ID)
                .option(OptionCode.RELAY_AGENT_INFORMATION, AGENT);
    }

    /** RFC 6842 §3 and RFC 3046 §2.2. */
    @Test
    void givesBackClientIdentifierAndRelayAgentInformation() {
        Message ack = MessageBuilder.reply(request().build(), MessageType.ACK).build();

        assertThat(ack.type()).isEqualTo(MessageType.ACK);
        assertThat(ack.raw(OptionCode.CLIENT_ID)).isEqualTo(CLIENT_ID);
        assertThat(ack.raw(OptionCode.RELAY_AGENT_INFORMATION)).isEqualTo(AGENT);
        assertThat(ack.index().code(ack.index().size() - 1))
                .isEqualTo(OptionCode.RELAY_AGENT_INFORMATION);
    }

    /** RFC 2131 §4.3.1, Table 3. */
    @Test
    void anAckHasTheCiaddrOfItsRequestAndAnOfferHasNone() {
        Message request = request().build();

        assertThat(MessageBuilder.reply(request, MessageType.ACK).build().ciaddr())
                .isEqualTo(ADDRESS);
        assertThat(MessageBuilder.reply(request, MessageType.OFFER).build().ciaddr().isZero())
                .isTrue();
    }

    /** RFC 2131 §4.3.2. */
    @Test
    void aNakThroughARelayHasTheBroadcastFlag() {
        Message relayed = request().giaddr(ADDRESS).build();

        assertThat(MessageBuilder.reply(relayed, MessageType.NAK).build().broadcast()).isTrue();
        assertThat(MessageBuilder.reply(relayed, MessageType.ACK).build().broadcast()).isFalse();
        assertThat(MessageBuilder.reply(request().build(), MessageType.NAK).build().broadcast())
                .isFalse();
    }

    /** RFC 2132 §9.10: with the IP and UDP headers, and every host takes 576. */
    @Test
    void keepsToTheSizeThatTheClientTakes() {
        for (int[] each : new int[][] {{0, 548}, {300, 548}, {800, 772}, {65_535, 1472}}) {
            MessageBuilder request = request();
            if (each[0] > 0) {
                request.option(Options.MAX_MESSAGE_SIZE, each[0]);
            }
            Message ack =
                    MessageBuilder.reply(request.build(), MessageType.ACK)
                            .option(240, new byte[1900])
                            .build();
            assertThat(ack.length()).isLessThanOrEqualTo(each[1]);
            Message small =
                    MessageBuilder.reply(request.build(), MessageType.ACK)
                            .option(240, new byte[each[1] - 400])
                            .build();
            assertThat(small.raw(240)).hasSize(each[1] - 400);
        }
    }
}
