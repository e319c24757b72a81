package io.leasehold.relay;

import static io.leasehold.relay.RelayFixture.CONFIG;
import static io.leasehold.relay.RelayFixture.ETH1;
import static io.leasehold.relay.RelayFixture.ETH2;
import static io.leasehold.relay.RelayFixture.discover;
import static io.leasehold.relay.RelayFixture.offer;
import static io.leasehold.relay.RelayFixture.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import org.junit.jupiter.api.Test;

/** Rule 16. */
class RateLimitTest {
    private static Message stranger(int number) {
        HardwareAddress hardware =
                HardwareAddress.of(
                        1, new byte[] {2, 0, 0, 0, (byte) (number >>> 8), (byte) number});
        return MessageBuilder.request(hardware, number).type(MessageType.DISCOVER).build();
    }

    private static int passing(RelayFixture lab, int requests, Message message, int index) {
        int passed = 0;
        for (int i = 0; i < requests; i++) {
            passed += lab.broadcast(message, index) instanceof Decision.Forward ? 1 : 0;
        }
        return passed;
    }

    @Test
    void isOffByDefault() {
        assertThat(passing(new RelayFixture(), 10_000, discover().build(), ETH1)).isEqualTo(10_000);
    }

    @Test
    void letsOneClientSendItsBurstAndThenItsRate() {
        RelayFixture lab = new RelayFixture(CONFIG.withClientLimit(new RateLimit(2, 5)));

        assertThat(passing(lab, 100, discover().build(), ETH1)).isEqualTo(5);
        assertThat(lab.drops).hasSize(95).containsOnly(RelayDropReason.CLIENT_RATE);
        lab.nowMillis += 1000;
        assertThat(passing(lab, 100, discover().build(), ETH1)).isEqualTo(2);
        lab.nowMillis += 60_000;
        assertThat(passing(lab, 100, discover().build(), ETH1)).isEqualTo(5);
    }

    @Test
    void letsOtherClientsSendMeanwhile() {
        RelayFixture lab = new RelayFixture(CONFIG.withClientLimit(new RateLimit(1, 1)));
        passing(lab, 100, discover().build(), ETH1);

        for (int i = 0; i < 1000; i++) {
            assertThat(passing(lab, 2, stranger(i), ETH1)).isEqualTo(1);
        }
    }

    @Test
    void letsOneInterfaceSendItsBurstAndThenItsRate() {
        RelayFixture lab = new RelayFixture(CONFIG.withInterfaceLimit(new RateLimit(10, 20)));

        int passed = 0;
        for (int i = 0; i < 100; i++) {
            passed += passing(lab, 1, stranger(i), ETH1);
        }
        assertThat(passed).isEqualTo(20);
        assertThat(lab.drops).containsOnly(RelayDropReason.INTERFACE_RATE);
        assertThat(passing(lab, 1, stranger(1), ETH2)).isEqualTo(1);
        // What is counted outlives a change of the interfaces.
        lab.relay.interfaces(RelayFixture.interfaces());
        lab.nowMillis += 500;
        assertThat(passing(lab, 100, stranger(7), ETH1)).isEqualTo(5);
    }

    /** One client that sends too often takes no share of its interface. */
    @Test
    void countsNothingForTheInterfaceThatTheClientsLimitHolds() {
        RelayFixture lab =
                new RelayFixture(
                        CONFIG.withClientLimit(new RateLimit(1, 1))
                                .withInterfaceLimit(new RateLimit(1, 2)));

        assertThat(passing(lab, 100, stranger(1), ETH1)).isEqualTo(1);
        assertThat(passing(lab, 100, stranger(2), ETH1)).isEqualTo(1);
        assertThat(passing(lab, 100, stranger(3), ETH1)).isZero();
    }

    @Test
    void limitsNoReplies() {
        RelayFixture lab =
                new RelayFixture(
                        CONFIG.withClientLimit(new RateLimit(1, 1))
                                .withInterfaceLimit(new RateLimit(1, 1)));

        for (int i = 0; i < 100; i++) {
            assertThat(sent(lab.reply(offer().build()))).isNotNull();
        }
    }
}
