package io.leasehold.scratch;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.VirtualSubnet;
import io.leasehold.relay.AgentInformation;
import io.leasehold.relay.Balance;
import io.leasehold.relay.RateLimit;
import io.leasehold.relay.RelayConfig;
import io.leasehold.relay.RelayInterface;
import io.leasehold.relay.RelayServer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes what {@link RelayProbe} reads. */
final class RelayRecords {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private RelayRecords() {}

    static byte[] packet(
            int interfaceIndex,
            Ip4Address source,
            Ip4Address destination,
            long nowMillis,
            byte[] datagram)
            throws IOException {
        RelayRecords record = new RelayRecords();
        record.out.writeByte(RelayProbe.PACKET);
        record.out.writeInt(interfaceIndex);
        record.out.writeInt(source.bits());
        record.out.writeShort(source.isZero() ? 68 : 67);
        record.out.writeInt(destination.bits());
        record.out.writeLong(nowMillis);
        record.out.write(datagram);
        return record.bytes.toByteArray();
    }

    static byte[] setup(
            RelayConfig config, List<RelayInterface> interfaces, List<RelayServer> servers)
            throws IOException {
        RelayRecords record = new RelayRecords();
        record.out.writeByte(RelayProbe.SETUP);
        record.config(config);
        record.out.writeShort(interfaces.size());
        for (RelayInterface of : interfaces) {
            record.out.writeInt(of.index());
            record.text(of.name());
            record.out.writeInt(of.mtuBytes());
            record.out.writeShort(of.addresses().size());
            for (RelayInterface.Address address : of.addresses()) {
                record.out.writeInt(address.address().bits());
                record.out.writeInt(address.prefixBits());
            }
        }
        record.out.writeShort(servers.size());
        for (RelayServer server : servers) {
            record.text(server.name());
            record.out.writeInt(server.address().bits());
            record.out.writeInt(server.port());
        }
        return record.bytes.toByteArray();
    }

    private void config(RelayConfig config) throws IOException {
        texts(config.clientInterfaces());
        texts(config.excludedInterfaces());
        texts(config.broadcastInterfaces());
        out.writeInt(config.serverPort());
        out.writeInt(config.clientPort());
        out.writeInt(config.giaddr().bits());
        out.writeInt(config.hopsMax());
        out.writeBoolean(config.smart());
        out.writeBoolean(config.anyServer());
        agentInformation(config.agentInformation());
        out.writeBoolean(config.balance().on());
        out.writeShort(config.balance().canaries().size());
        for (Balance.Canary canary : config.balance().canaries()) {
            text(canary.server());
            out.writeInt(canary.percent());
        }
        limit(config.clientLimit());
        limit(config.interfaceLimit());
    }

    private void agentInformation(AgentInformation information) throws IOException {
        text(information.policy().name());
        text(information.circuitId());
        text(information.remoteId());
        out.writeBoolean(information.linkSelection());
        out.writeBoolean(information.serverIdOverride());
        octets(information.relayId());
        out.writeInt(information.sourcePort());
        texts(information.trustedInterfaces());
        out.writeInt(information.messageBytesMax());
        VirtualSubnet virtualSubnet = information.virtualSubnet();
        out.writeBoolean(virtualSubnet != null);
        if (virtualSubnet != null) {
            out.writeByte(virtualSubnet.type());
            octets(virtualSubnet.information());
        }
    }

    private void limit(RateLimit limit) throws IOException {
        out.writeInt(limit.requestsPerSecond());
        out.writeInt(limit.burstRequests());
    }

    private void texts(List<String> texts) throws IOException {
        out.writeShort(texts.size());
        for (String text : texts) {
            text(text);
        }
    }

    private void text(String text) throws IOException {
        octets(Octets.of(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private void octets(Octets octets) throws IOException {
        out.writeShort(octets.length());
        out.write(octets.toBytes());
    }
}
