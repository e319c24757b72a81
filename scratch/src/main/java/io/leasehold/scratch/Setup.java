package io.leasehold.scratch;

import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.VirtualSubnet;
import io.leasehold.relay.AgentInformation;
import io.leasehold.relay.AgentPolicy;
import io.leasehold.relay.Balance;
import io.leasehold.relay.RateLimit;
import io.leasehold.relay.Relay;
import io.leasehold.relay.RelayConfig;
import io.leasehold.relay.RelayEvents;
import io.leasehold.relay.RelayInterface;
import io.leasehold.relay.RelayServer;
import java.util.ArrayList;
import java.util.List;

/**
 * How a relay is written in a record: the fields of {@link RelayConfig} one after the other, then
 * interfaces and servers. A list is behind how many it has, a text behind how many bytes, both in
 * 16 bits; numbers have 32 bits.
 */
final class Setup {
    private Setup() {}

    static Relay relay(Cursor in, RelayEvents events) {
        RelayConfig config =
                RelayConfig.DEFAULTS
                        .withClientInterfaces(texts(in))
                        .withExcludedInterfaces(texts(in))
                        .withBroadcastInterfaces(texts(in))
                        .withServerPort(in.u32())
                        .withClientPort(in.u32())
                        .withGiaddr(in.address())
                        .withHopsMax(in.u32())
                        .withSmart(in.u8() != 0)
                        .withAnyServer(in.u8() != 0)
                        .withAgentInformation(agentInformation(in))
                        .withBalance(balance(in))
                        .withClientLimit(new RateLimit(in.u32(), in.u32()))
                        .withInterfaceLimit(new RateLimit(in.u32(), in.u32()));
        Relay relay = new Relay(config, events);
        relay.interfaces(interfaces(in));
        relay.servers(servers(in));
        if (in.overrun() || in.remaining() > 0) {
            throw new IllegalArgumentException(
                    "the setup " + (in.overrun() ? "is cut short" : "has more behind its servers"));
        }
        return relay;
    }

    private static AgentInformation agentInformation(Cursor in) {
        AgentInformation information =
                AgentInformation.NONE
                        .withPolicy(AgentPolicy.valueOf(text(in)))
                        .withCircuitId(text(in))
                        .withRemoteId(text(in))
                        .withLinkSelection(in.u8() != 0)
                        .withServerIdOverride(in.u8() != 0)
                        .withRelayId(octets(in))
                        .withSourcePort(in.u32())
                        .withTrustedInterfaces(texts(in))
                        .withMessageBytesMax(in.u32());
        return in.u8() == 0
                ? information
                : information.withVirtualSubnet(new VirtualSubnet(in.u8(), octets(in)));
    }

    private static Balance balance(Cursor in) {
        boolean on = in.u8() != 0;
        List<Balance.Canary> canaries = new ArrayList<>();
        for (int left = in.u16(); left > 0; left--) {
            canaries.add(new Balance.Canary(text(in), in.u32()));
        }
        return new Balance(on, canaries);
    }

    private static List<RelayInterface> interfaces(Cursor in) {
        List<RelayInterface> interfaces = new ArrayList<>();
        for (int left = in.u16(); left > 0; left--) {
            int index = in.u32();
            String name = text(in);
            int mtuBytes = in.u32();
            List<RelayInterface.Address> addresses = new ArrayList<>();
            for (int more = in.u16(); more > 0; more--) {
                addresses.add(new RelayInterface.Address(in.address(), in.u32()));
            }
            interfaces.add(new RelayInterface(index, name, addresses, mtuBytes));
        }
        return interfaces;
    }

    private static List<RelayServer> servers(Cursor in) {
        List<RelayServer> servers = new ArrayList<>();
        for (int left = in.u16(); left > 0; left--) {
            servers.add(new RelayServer(text(in), in.address(), in.u32()));
        }
        return servers;
    }

    private static List<String> texts(Cursor in) {
        List<String> texts = new ArrayList<>();
        for (int left = in.u16(); left > 0; left--) {
            texts.add(text(in));
        }
        return texts;
    }

    private static Octets octets(Cursor in) {
        return Octets.of(in.bytes(in.u16()));
    }

    private static String text(Cursor in) {
        char[] text = new char[in.u16()];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) in.u8();
        }
        return new String(text);
    }
}
