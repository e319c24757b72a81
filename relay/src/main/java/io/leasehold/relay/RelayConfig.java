package io.leasehold.relay;

import io.leasehold.protocol.wire.Ip4Address;
import java.util.List;

/**
 * What a relay is told to do. A value that cannot be is refused with {@link
 * IllegalArgumentException}, whose message says what was found and what was expected.
 *
 * @param clientInterfaces names of the interfaces that clients are on; empty for all
 * @param excludedInterfaces names of interfaces that are no clients' though all are
 * @param broadcastInterfaces names of the interfaces through which requests are broadcast, besides
 *     going to the servers; requests that come in there are not passed on
 * @param serverPort the UDP port of relays, and of servers behind the broadcast interface, 67
 * @param clientPort the UDP port of clients, 68
 * @param giaddr what giaddr is filled with; 0.0.0.0 for the address of the interface on which the
 *     request came
 * @param hopsMax a request that has passed more relays than these is dropped, 0 to {@link
 *     #HOPS_MAX_MOST}
 * @param smart the next address of an interface with several becomes giaddr for a client that gets
 *     no answer
 * @param anyServer takes replies also from addresses that no server has
 * @param agentInformation the option 82 of requests
 * @param balance which of several servers get a request
 * @param clientLimit how many requests of one client pass
 * @param interfaceLimit how many requests from one interface pass
 */
public record RelayConfig(
        List<String> clientInterfaces,
        List<String> excludedInterfaces,
        List<String> broadcastInterfaces,
        int serverPort,
        int clientPort,
        Ip4Address giaddr,
        int hopsMax,
        boolean smart,
        boolean anyServer,
        AgentInformation agentInformation,
        Balance balance,
        RateLimit clientLimit,
        RateLimit interfaceLimit) {
    public static final int HOPS_MAX_DEFAULT = 10;

    /** RFC 1542 §4.1.1. */
    public static final int HOPS_MAX_MOST = 16;

    /** Every interface, no option 82, ports 67 and 68: what a plain relay does. */
    public static final RelayConfig DEFAULTS =
            new RelayConfig(
                    List.of(),
                    List.of(),
                    List.of(),
                    67,
                    68,
                    Ip4Address.ZERO,
                    HOPS_MAX_DEFAULT,
                    false,
                    false,
                    AgentInformation.NONE,
                    Balance.OFF,
                    RateLimit.OFF,
                    RateLimit.OFF);

    public RelayConfig {
        clientInterfaces = List.copyOf(clientInterfaces);
        excludedInterfaces = List.copyOf(excludedInterfaces);
        broadcastInterfaces = List.copyOf(broadcastInterfaces);
        Bounds.requirePort(serverPort, "the port of servers");
        Bounds.requirePort(clientPort, "the port of clients");
        Bounds.requireWithin(hopsMax, 0, HOPS_MAX_MOST, "the limit of hops");
        if (!giaddr.isZero() && !Interfaces.isHost(giaddr.bits())) {
            throw new IllegalArgumentException(
                    "found " + giaddr + ", expected an address that a host can have");
        }
    }

    /** True when an interface is one that clients are on. */
    public boolean serves(String interfaceName) {
        return !broadcastInterfaces.contains(interfaceName)
                && !excludedInterfaces.contains(interfaceName)
                && (clientInterfaces.isEmpty() || clientInterfaces.contains(interfaceName));
    }

    public RelayConfig withClientInterfaces(List<String> clientInterfaces) {
        Draft draft = new Draft(this);
        draft.clientInterfaces = clientInterfaces;
        return draft.done();
    }

    public RelayConfig withExcludedInterfaces(List<String> excludedInterfaces) {
        Draft draft = new Draft(this);
        draft.excludedInterfaces = excludedInterfaces;
        return draft.done();
    }

    public RelayConfig withBroadcastInterfaces(List<String> broadcastInterfaces) {
        Draft draft = new Draft(this);
        draft.broadcastInterfaces = broadcastInterfaces;
        return draft.done();
    }

    public RelayConfig withServerPort(int serverPort) {
        Draft draft = new Draft(this);
        draft.serverPort = serverPort;
        return draft.done();
    }

    public RelayConfig withClientPort(int clientPort) {
        Draft draft = new Draft(this);
        draft.clientPort = clientPort;
        return draft.done();
    }

    public RelayConfig withGiaddr(Ip4Address giaddr) {
        Draft draft = new Draft(this);
        draft.giaddr = giaddr;
        return draft.done();
    }

    public RelayConfig withHopsMax(int hopsMax) {
        Draft draft = new Draft(this);
        draft.hopsMax = hopsMax;
        return draft.done();
    }

    public RelayConfig withSmart(boolean smart) {
        Draft draft = new Draft(this);
        draft.smart = smart;
        return draft.done();
    }

    public RelayConfig withAnyServer(boolean anyServer) {
        Draft draft = new Draft(this);
        draft.anyServer = anyServer;
        return draft.done();
    }

    public RelayConfig withAgentInformation(AgentInformation agentInformation) {
        Draft draft = new Draft(this);
        draft.agentInformation = agentInformation;
        return draft.done();
    }

    public RelayConfig withBalance(Balance balance) {
        Draft draft = new Draft(this);
        draft.balance = balance;
        return draft.done();
    }

    public RelayConfig withClientLimit(RateLimit clientLimit) {
        Draft draft = new Draft(this);
        draft.clientLimit = clientLimit;
        return draft.done();
    }

    public RelayConfig withInterfaceLimit(RateLimit interfaceLimit) {
        Draft draft = new Draft(this);
        draft.interfaceLimit = interfaceLimit;
        return draft.done();
    }

    /** All that there is to set, while one of it is changed. */
    private static final class Draft {
        List<String> clientInterfaces;
        List<String> excludedInterfaces;
        List<String> broadcastInterfaces;
        int serverPort;
        int clientPort;
        Ip4Address giaddr;
        int hopsMax;
        boolean smart;
        boolean anyServer;
        AgentInformation agentInformation;
        Balance balance;
        RateLimit clientLimit;
        RateLimit interfaceLimit;

        Draft(RelayConfig of) {
            clientInterfaces = of.clientInterfaces;
            excludedInterfaces = of.excludedInterfaces;
            broadcastInterfaces = of.broadcastInterfaces;
            serverPort = of.serverPort;
            clientPort = of.clientPort;
            giaddr = of.giaddr;
            hopsMax = of.hopsMax;
            smart = of.smart;
            anyServer = of.anyServer;
            agentInformation = of.agentInformation;
            balance = of.balance;
            clientLimit = of.clientLimit;
            interfaceLimit = of.interfaceLimit;
        }

        RelayConfig done() {
            return new RelayConfig(
                    clientInterfaces,
                    excludedInterfaces,
                    broadcastInterfaces,
                    serverPort,
                    clientPort,
                    giaddr,
                    hopsMax,
                    smart,
                    anyServer,
                    agentInformation,
                    balance,
                    clientLimit,
                    interfaceLimit);
        }
    }
}
