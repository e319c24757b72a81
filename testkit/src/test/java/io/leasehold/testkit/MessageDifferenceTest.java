package io.leasehold.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Options;
import io.leasehold.protocol.wire.Text;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageDifferenceTest {
    private static MessageBuilder builder() {
        return MessageBuilder.request(HardwareAddress.parse("52:54:00:aa:00:01"), 0x1ea50101)
                .op(Message.BOOTREPLY)
                .type(MessageType.ACK)
                .yiaddr(Ip4Address.parse("10.77.0.20"))
                .option(Options.ROUTERS, List.of(Ip4Address.parse("10.77.0.1")))
                .option(Options.LEASE_TIME, 3600L);
    }

    @Test
    void listsEveryFieldAndOptionThatDiffers() {
        Message actual =
                builder()
                        .yiaddr(Ip4Address.parse("10.77.0.21"))
                        .option(Options.LEASE_TIME, 60L)
                        .remove(3)
                        .option(Options.HOST_NAME, Text.of("printer"))
                        .build();
        assertThatThrownBy(() -> MessageDifference.assertSame(builder().build(), actual))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        """
                        expected ACK xid 1ea50101 52:54:00:aa:00:01, and found ACK xid 1ea50101 \
                        52:54:00:aa:00:01; they differ in
                          yiaddr: expected 10.77.0.20, found 10.77.0.21
                          routers (3): expected 10.77.0.1, found none
                          dhcp-lease-time (51): expected 3600, found 60
                          host-name (12): expected none, found printer
                        """);
    }

    @Test
    void findsNoneInAnotherOrderOrAnotherPlace() {
        Message one = builder().file("").option(224, new byte[100]).build();
        Message other =
                MessageBuilder.copyOf(
                                MessageBuilder.request(
                                                HardwareAddress.parse("52:54:00:aa:00:01"),
                                                0x1ea50101)
                                        .op(Message.BOOTREPLY)
                                        .type(MessageType.ACK)
                                        .yiaddr(Ip4Address.parse("10.77.0.20"))
                                        .build())
                        .option(224, new byte[100])
                        .option(Options.LEASE_TIME, 3600L)
                        .option(Options.ROUTERS, List.of(Ip4Address.parse("10.77.0.1")))
                        .build(300);
        assertThat(other.index().overload()).as("spilled into file").isNotZero();
        assertThat(MessageDifference.between(one, other)).isEmpty();
    }

    @Test
    void leavesOutWhatIsToBeIgnored() {
        Message actual = builder().secs(7).option(Options.LEASE_TIME, 60L).build();
        assertThatCode(
                        () ->
                                MessageDifference.assertSame(
                                        builder().build(), actual, "secs", "dhcp-lease-time"))
                .doesNotThrowAnyException();
        assertThatThrownBy(
                        () -> MessageDifference.between(builder().build(), actual, "lease-thyme"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"lease-thyme\" is neither a field of the header");
    }
}
