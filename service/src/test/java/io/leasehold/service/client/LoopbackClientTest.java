package io.leasehold.service.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Options;
import io.leasehold.service.handler.DhcpContext;
import io.leasehold.service.handler.DhcpHandler;
import io.leasehold.service.handler.DhcpService;
import io.leasehold.service.handler.ServiceOptions;
import java.io.IOException;
import java.net.DatagramSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A client and a handler on the loopback interface, at ports that take no privilege. */
class LoopbackClientTest {
    private static final Ip4Address LOOPBACK = Ip4Address.parse("127.0.0.1");
    private static final Ip4Address YOURS = Ip4Address.parse("127.0.0.77");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Gives everyone the same address. */
    private static final class OneAddress implements DhcpHandler {
        private static io.leasehold.service.handler.Answer give(
                MessageType type, Arrival arrival, DhcpContext context) {
            return io.leasehold.service.handler.Answer.reply(
                    MessageBuilder.reply(arrival.message(), type)
                            .yiaddr(
                                    type == MessageType.ACK
                                                    && arrival.message().type()
                                                            == MessageType.INFORM
                                            ? Ip4Address.ZERO
                                            : YOURS)
                            .option(Options.SERVER_ID, context.serverAddress(arrival))
                            .option(Options.LEASE_TIME, 60L));
        }

        @Override
        public io.leasehold.service.handler.Answer discover(Arrival discover, DhcpContext context) {
            return give(MessageType.OFFER, discover, context);
        }

        @Override
        public io.leasehold.service.handler.Answer request(Arrival request, DhcpContext context) {
            return give(MessageType.ACK, request, context);
        }

        @Override
        public io.leasehold.service.handler.Answer inform(Arrival inform, DhcpContext context) {
            return give(MessageType.ACK, inform, context);
        }

        @Override
        public io.leasehold.service.handler.Answer decline(Arrival decline, DhcpContext context) {
            return io.leasehold.service.handler.Answer.nothing();
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            return socket.getLocalPort();
        }
    }

    @Test
    void doesAWholeExchangeAndRenewsWithoutPrivileges() throws IOException {
        int clientPort = freePort();
        ServiceOptions options =
                ServiceOptions.of().withPort(0).withAddress(LOOPBACK).withClientPort(clientPort);
        HardwareAddress hardware = HardwareAddress.parse("52:54:00:aa:00:01");
        // All addresses: an OFFER comes by broadcast to who has no address yet.
        try (DhcpService<OneAddress> service = DhcpService.start(OneAddress::new, options);
                DhcpClient client =
                        DhcpClient.open(
                                ClientWire.overUdp(
                                        Ip4Address.ZERO,
                                        clientPort,
                                        LOOPBACK,
                                        service.port(),
                                        null),
                                ClientSettings.of(hardware).withBroadcast(true))) {
            Acquisition acquired = client.acquire(LIMIT);
            assertThat(acquired).isInstanceOf(Acquisition.Bound.class);
            ClientLease lease = ((Acquisition.Bound) acquired).lease();
            assertThat(lease.server()).isEqualTo(LOOPBACK);
            assertThat(client.renew(lease, LIMIT)).isInstanceOf(Acquisition.Bound.class);
            Answer informed = client.inform(LOOPBACK, LIMIT);
            assertThat(informed).isNotNull();
            assertThat(informed.sourcePort()).isEqualTo(service.port());
        }
    }
}
