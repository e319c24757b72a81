package io.leasehold.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.service.client.Acquisition;
import io.leasehold.service.client.DhcpClient;
import io.leasehold.service.client.LeaseEvent;
import io.leasehold.service.client.LeaseKeeper;
import io.leasehold.testkit.MessageDifference;
import io.leasehold.testkit.VirtualLab;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MinimalServerTest {
    private static final HardwareAddress HARDWARE = HardwareAddress.parse("52:54:00:aa:00:01");

    @Test
    void offersTheSameAddressAgain() throws IOException {
        try (VirtualLab<MinimalServer> lab = VirtualLab.start(MinimalServer::new)) {
            Message discover =
                    MessageBuilder.request(HARDWARE, 1).type(MessageType.DISCOVER).build();
            Message first = lab.ask(discover);
            assertThat(first.yiaddr()).isEqualTo(Ip4Address.parse("192.168.1.101"));

            Message again = MessageBuilder.request(HARDWARE, 2).type(MessageType.DISCOVER).build();
            MessageDifference.assertSame(first, lab.ask(again), "xid");
        }
    }

    @Test
    void keepsAClientForADay() throws IOException {
        try (VirtualLab<MinimalServer> lab = VirtualLab.start(MinimalServer::new);
                DhcpClient client = lab.client(HARDWARE)) {
            Acquisition acquired = client.acquire(Duration.ofSeconds(10));
            assertThat(acquired).isInstanceOf(Acquisition.Bound.class);

            LeaseKeeper keeper = client.keeper(((Acquisition.Bound) acquired).lease());
            List<LeaseEvent> events = new ArrayList<>();
            keeper.run(Duration.ofDays(1), events::add);
            assertThat(events).hasSize(47).hasOnlyElementsOfType(LeaseEvent.Renewed.class);
        }
    }
}
