package io.leasehold.server;

import static io.leasehold.server.ServerFixture.ONE;
import static io.leasehold.server.ServerFixture.RELAY;
import static io.leasehold.server.ServerFixture.TWO;
import static io.leasehold.server.ServerFixture.assertDropped;
import static io.leasehold.server.ServerFixture.codes;
import static io.leasehold.server.ServerFixture.ip;
import static io.leasehold.server.ServerFixture.message;
import static io.leasehold.server.ServerFixture.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.server.config.Reservation;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** BOOTP clients: no option 53 (RFC 951, RFC 1534). */
class BootpTest {
    private static final int OF_OWN = 224;

    private static MessageBuilder bootp(HardwareAddress who) {
        return MessageBuilder.request(who, 7);
    }

    private static TestConfig open() {
        TestConfig config = new TestConfig();
        config.bootp = true;
        return config;
    }

    private static TestConfig reserved() {
        return new TestConfig().reserve(new Reservation.Key.Hardware(ONE), "192.168.50.10");
    }

    @Test
    void bootpIsNotAnsweredWhereNothingAllowsIt() {
        assertDropped(new ServerFixture().broadcast(bootp(ONE)), ServerDrop.BOOTP_NOT_SERVED);
    }

    @Test
    void bootpIsAnsweredFromAReservation() {
        ServerFixture lab = reserved().start();

        assertThat(sent(lab.broadcast(bootp(ONE))).message().yiaddr())
                .isEqualTo(ip("192.168.50.10"));
        assertDropped(lab.broadcast(bootp(TWO)), ServerDrop.BOOTP_NOT_SERVED);
    }

    @Test
    void bootpIsAnsweredFromAPoolThatServesIt() {
        Message reply = sent(open().start().broadcast(bootp(ONE))).message();

        assertThat(reply.op()).isEqualTo(Message.BOOTREPLY);
        assertThat(reply.yiaddr().toString()).startsWith("192.168.50.1");
    }

    /** A BOOTP client never renews, so what it gets has no end. */
    @Test
    void aBootpLeaseHasNoEndAndIsWrittenOnce() {
        ServerFixture lab = open().start();
        Decision<List<LeaseChange>> first = lab.broadcast(bootp(ONE));
        Ip4Address address = sent(first).message().yiaddr();
        Decision<List<LeaseChange>> again = lab.broadcast(bootp(ONE));

        assertThat(first).isInstanceOf(Decision.CommitThenReply.class);
        assertThat(lab.record(address).endSeconds()).isEqualTo(Lease.FOREVER);
        assertThat(again).isInstanceOf(Decision.Reply.class);
        assertThat(sent(again).message().yiaddr()).isEqualTo(address);
    }

    @Test
    void anExhaustedBootpPoolIsMetWithSilenceAndTold() {
        ServerFixture lab = open().pool("192.168.50.100", "192.168.50.100").start();
        lab.broadcast(bootp(ONE));

        assertDropped(lab.broadcast(bootp(TWO)), ServerDrop.POOL_EXHAUSTED);
        assertThat(lab.heard).containsExactly("exhausted local");
    }

    @Test
    void anotherSubnetOfTheWireMayServeBootpWhereTheFirstDoesNot() {
        TestConfig config = new TestConfig();
        config.bootp = true;
        config.onSameWire("192.168.60.0/24", "192.168.60.20", "192.168.60.20");
        config.bootp = false;

        assertThat(sent(config.start().broadcast(bootp(ONE))).message().yiaddr())
                .isEqualTo(ip("192.168.60.20"));
    }

    /** RFC 1534 §2: no options that only DHCP knows. */
    @Test
    void aBootpReplyHasNoOptionsOfDhcp() {
        TestConfig config = open().option(OptionCode.ROUTERS, 192, 168, 50, 1);
        Message reply =
                sent(config.start()
                                .broadcast(
                                        bootp(ONE).option(OptionCode.HOST_NAME, new byte[] {'x'})))
                        .message();

        assertThat(codes(reply)).containsExactly(OptionCode.SUBNET_MASK, OptionCode.ROUTERS);
    }

    private static TestConfig full() {
        TestConfig config = open();
        for (int i = 0; i < 5; i++) {
            int[] value = new int[20];
            Arrays.fill(value, i);
            config.option(OF_OWN + i, value);
        }
        return config;
    }

    /** RFC 951 has 64 bytes of vendor area; file and sname are what they say. */
    @Test
    void aBootpReplyHasAVendorAreaOf64BytesAndNoOverload() {
        Message reply =
                sent(full().start()
                                .broadcast(
                                        bootp(ONE).option(OptionCode.HOST_NAME, new byte[] {'x'})))
                        .message();

        assertThat(reply.length()).isEqualTo(300);
        assertThat(codes(reply)).contains(OF_OWN).doesNotContain(OF_OWN + 4, OptionCode.OVERLOAD);
    }

    @Test
    void aBootpReplyMayBeAsLongAsTheClientsPacket() {
        byte[] request =
                bootp(ONE).option(OptionCode.HOST_NAME, new byte[] {'x'}).build().toBytes();
        ServerFixture lab = full().start();
        Message longer = ServerFixture.parse(Arrays.copyOf(request, 400));
        Message reply = sent(lab.arrive(longer, Ip4Address.ZERO, Ip4Address.BROADCAST)).message();

        assertThat(reply.length()).isLessThanOrEqualTo(400);
        assertThat(codes(reply)).contains(OF_OWN, OF_OWN + 4).doesNotContain(OptionCode.OVERLOAD);
    }

    /** A client without the magic cookie of RFC 1497 could not read options. */
    @Test
    void aClientWithoutTheCookieGetsNoOptions() {
        Message reply = sent(full().start().broadcast(bootp(ONE).bootp())).message();

        assertThat(reply.hasOptions()).isFalse();
        assertThat(reply.yiaddr()).isNotEqualTo(Ip4Address.ZERO);
        assertThat(reply.length()).isEqualTo(300);
    }

    /** RFC 3046 §2.2: whatever the relay passed on, it needs its own back. */
    @Test
    void aRelayedBootpReplyEchoesAgentInformation() {
        byte[] agent = {1, 1, 'x'};
        Message reply =
                sent(open().start()
                                .relayed(
                                        bootp(ONE)
                                                .option(OptionCode.RELAY_AGENT_INFORMATION, agent)))
                        .message();

        assertThat(reply.giaddr()).isEqualTo(RELAY);
        assertThat(reply.raw(OptionCode.RELAY_AGENT_INFORMATION)).isEqualTo(agent);
    }

    @Test
    void aPoolThatServesBootpServesDhcpToo() {
        ServerFixture lab = open().start();
        lab.broadcast(bootp(ONE));

        assertThat(lab.lease(TWO)).isNotNull();
        assertThat(sent(lab.broadcast(message(MessageType.DISCOVER, ServerFixture.client(3)))))
                .isNotNull();
    }
}
