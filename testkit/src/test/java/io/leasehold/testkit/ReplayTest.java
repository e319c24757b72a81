package io.leasehold.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageHex;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Options;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final Message DISCOVER =
            MessageBuilder.request(HardwareAddress.parse("52:54:00:aa:00:01"), 0x1ea50101)
                    .type(MessageType.DISCOVER)
                    .build();

    private static String offer(long leaseSeconds) {
        return MessageHex.format(
                MessageBuilder.reply(DISCOVER, MessageType.OFFER)
                        .yiaddr(CountingHandler.ADDRESS)
                        .option(Options.LEASE_TIME, leaseSeconds)
                        .option(Options.SERVER_ID, Ip4Address.parse("192.168.1.1"))
                        .build());
    }

    private static Replay begun() throws IOException {
        return Replay.of(CountingHandler::new, "192.168.1.1/24");
    }

    private static Replay discover(Replay replay) {
        return replay.request("0.0.0.0", "255.255.255.255", MessageHex.format(DISCOVER));
    }

    @Test
    void passesWhenTheAnswersAreTheSame() throws IOException {
        try (Replay replay = begun()) {
            discover(replay).expect(offer(3600));
            discover(replay.after(Duration.ofSeconds(3))).expect(offer(3600));
        }
    }

    @Test
    void failsWithTheDifferencesWhenAnAnswerIsAnother() throws IOException {
        try (Replay replay = begun()) {
            assertThatThrownBy(() -> discover(replay).expect(offer(60)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("request 1, DISCOVER xid 1ea50101")
                    .hasMessageContaining("dhcp-lease-time (51): expected 60, found 3600");
        }
    }

    @Test
    void takesWhatIsIgnoredForTheSame() throws IOException {
        try (Replay replay = begun().ignoring("dhcp-lease-time")) {
            discover(replay).expect(offer(60));
        }
    }

    @Test
    void failsWhenAnAnswerIsMissingOrOneTooMany() throws IOException {
        try (Replay replay = begun()) {
            discover(replay).expect(offer(3600));
            assertThatThrownBy(() -> replay.expect(offer(3600)))
                    .hasMessageContaining("and found no answer");
        }
        Replay replay = begun();
        discover(replay);
        assertThatThrownBy(replay::close).hasMessageContaining("expected no further answer");
    }
}
