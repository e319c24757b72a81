package io.leasehold.server;

import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseTable;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.HostInterface;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.server.config.ClientClass;
import io.leasehold.server.config.OptionSet;
import io.leasehold.server.config.Pool;
import io.leasehold.server.config.ServerConfig;
import io.leasehold.server.config.SharedNetwork;
import io.leasehold.server.config.Subnet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server that corpus/README.md describes, and well-behaved clients on its wire. */
final class CorpusServer {
    static final Ip4Address SERVER = Ip4Address.parse("192.0.2.1");
    private static final int INTERFACE = 2;

    final LeaseTable table = new LeaseTable(11);
    final Server server;
    long nowMillis = 1_700_000_000_000L;

    CorpusServer() {
        ClientClass phones =
                new ClientClass(
                        "phones",
                        List.of(new ClientClass.Match(ClientClass.What.VENDOR_CLASS, "Cisco*")),
                        OptionSet.EMPTY);
        ServerConfig config =
                new ServerConfig(
                        List.of(
                                network("192.0.2.0/24", "192.0.2.100", "192.0.2.199"),
                                network("198.51.100.0/24", "198.51.100.100", "198.51.100.199"),
                                network("100.64.0.0/24", null, null)),
                        List.of(phones),
                        OptionSet.EMPTY);
        server = new Server(config, table, 67, 68, ServerEvents.NONE);
        server.interfaces(
                List.of(
                        new HostInterface(
                                INTERFACE,
                                "eth1",
                                List.of(
                                        new HostInterface.Address(
                                                SERVER, Ip4Network.parse("192.0.2.0/24"))))));
    }

    private static SharedNetwork network(
            String network, @Nullable String first, @Nullable String last) {
        List<Pool> pools =
                first == null || last == null
                        ? List.of()
                        : List.of(new Pool(Ip4Address.parse(first), Ip4Address.parse(last)));
        return new SharedNetwork(
                network,
                List.of(
                        new Subnet(
                                Ip4Network.parse(network),
                                pools,
                                List.of(),
                                ServerFixture.quick(),
                                OptionSet.EMPTY)));
    }

    Decision<List<LeaseChange>> arrive(Message message, Ip4Address sentTo) {
        Decision<List<LeaseChange>> decision =
                server.decide(
                        new Arrival(message, INTERFACE, message.ciaddr(), 68, sentTo, nowMillis));
        if (decision instanceof Decision.CommitThenReply<List<LeaseChange>> both) {
            server.settled(both.change(), true);
        }
        if (decision instanceof Decision.Commit<List<LeaseChange>> commit) {
            server.settled(commit.change(), true);
        }
        return decision;
    }

    Decision<List<LeaseChange>> discover(HardwareAddress client) {
        return arrive(
                MessageBuilder.request(client, 1).type(MessageType.DISCOVER).build(),
                Ip4Address.BROADCAST);
    }

    Decision<List<LeaseChange>> request(HardwareAddress client, Ip4Address address) {
        return arrive(
                MessageBuilder.request(client, 1)
                        .type(MessageType.REQUEST)
                        .option(OptionCode.SERVER_ID, SERVER.toBytes())
                        .option(OptionCode.REQUESTED_ADDRESS, address.toBytes())
                        .build(),
                Ip4Address.BROADCAST);
    }

    Decision<List<LeaseChange>> renew(HardwareAddress client, Ip4Address address) {
        return arrive(
                MessageBuilder.request(client, 1).type(MessageType.REQUEST).ciaddr(address).build(),
                SERVER);
    }

    /** A well-behaved client's whole exchange; the address it gets. */
    Ip4Address lease(HardwareAddress client) {
        Ip4Address offered = ServerFixture.sent(discover(client)).message().yiaddr();
        Message ack = ServerFixture.sent(request(client, offered)).message();
        if (ack.type() != MessageType.ACK || !ack.yiaddr().equals(offered)) {
            throw new AssertionError("expected an ACK of " + offered + ", found " + ack);
        }
        return offered;
    }
}
