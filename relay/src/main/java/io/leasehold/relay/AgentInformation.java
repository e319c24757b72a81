package io.leasehold.relay;

import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.VirtualSubnet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The relay agent information, option 82, that is put into requests.
 *
 * @param policy what is done about the option
 * @param circuitId how sub-option 1 is spelled ({@link IdFormat}); "" for none
 * @param remoteId how sub-option 2 is spelled ({@link IdFormat}); "" for none
 * @param linkSelection adds sub-option 5, the address of the client's interface (RFC 3527)
 * @param serverIdOverride adds sub-option 11, so that clients renew through the relay (RFC 5107),
 *     and 10, which tells whether they did (RFC 5010)
 * @param virtualSubnet adds sub-options 151 and 152 (RFC 6607); null for none
 * @param relayId adds sub-option 12, a DUID (RFC 6925); empty for none
 * @param sourcePort the UDP port that requests leave from, told in sub-option 19 (RFC 8357); 0 for
 *     the link's own, and no sub-option
 * @param trustedInterfaces names of the interfaces on which clients' requests may have an option 82
 *     already (RFC 3046 §2.1)
 * @param messageBytesMax the longest message that an option may be added to grow to, as UDP
 *     payload; what the client takes (option 57) may be longer
 */
public record AgentInformation(
        AgentPolicy policy,
        String circuitId,
        String remoteId,
        boolean linkSelection,
        boolean serverIdOverride,
        @Nullable VirtualSubnet virtualSubnet,
        Octets relayId,
        int sourcePort,
        List<String> trustedInterfaces,
        int messageBytesMax) {
    /** What one Ethernet frame has room for. */
    public static final int MESSAGE_BYTES_MAX_DEFAULT = 1472;

    public static final int MESSAGE_BYTES_MAX_LEAST = 300;
    public static final int MESSAGE_BYTES_MAX_MOST = 65_507;
    public static final int SUB_OPTION_BYTES_MAX = 255;

    /** No option 82, as RFC 1542 knew relays. */
    public static final AgentInformation NONE =
            new AgentInformation(
                    AgentPolicy.NONE,
                    "",
                    "",
                    false,
                    false,
                    null,
                    Octets.EMPTY,
                    0,
                    List.of(),
                    MESSAGE_BYTES_MAX_DEFAULT);

    public AgentInformation {
        IdFormat.parse(circuitId);
        IdFormat.parse(remoteId);
        Bounds.requireWithin(
                relayId.length(), 0, SUB_OPTION_BYTES_MAX, "the bytes of the relay id");
        if (virtualSubnet != null) {
            Bounds.requireWithin(
                    virtualSubnet.information().length(),
                    0,
                    SUB_OPTION_BYTES_MAX - 1,
                    "the bytes of the virtual subnet");
        }
        if (sourcePort != 0) {
            Bounds.requirePort(sourcePort, "the relay source port");
        }
        trustedInterfaces = List.copyOf(trustedInterfaces);
        Bounds.requireWithin(
                messageBytesMax,
                MESSAGE_BYTES_MAX_LEAST,
                MESSAGE_BYTES_MAX_MOST,
                "the bytes of a message with option 82");
    }

    /** True when requests of this relay's own clients get an option 82. */
    public boolean isAdded() {
        return policy != AgentPolicy.NONE
                || !circuitId.isEmpty()
                || !remoteId.isEmpty()
                || linkSelection
                || serverIdOverride
                || virtualSubnet != null
                || relayId.length() > 0
                || sourcePort != 0;
    }

    public AgentInformation withPolicy(AgentPolicy policy) {
        return new AgentInformation(
                policy,
                circuitId,
                remoteId,
                linkSelection,
                serverIdOverride,
                virtualSubnet,
                relayId,
                sourcePort,
                trustedInterfaces,
                messageBytesMax);
    }

    public AgentInformation withCircuitId(String circuitId) {
        return new AgentInformation(
                policy,
                circuitId,
                remoteId,
                linkSelection,
                serverIdOverride,
                virtualSubnet,
                relayId,
                sourcePort,
                trustedInterfaces,
                messageBytesMax);
    }

    public AgentInformation withRemoteId(String remoteId) {
        return new AgentInformation(
                policy,
                circuitId,
                remoteId,
                linkSelection,
                serverIdOverride,
                virtualSubnet,
                relayId,
                sourcePort,
                trustedInterfaces,
                messageBytesMax);
    }

    public AgentInformation withLinkSelection(boolean linkSelection) {
        return new AgentInformation(
                policy,
                circuitId,
                remoteId,
                linkSelection,
                serverIdOverride,
                virtualSubnet,
                relayId,
                sourcePort,
                trustedInterfaces,
                messageBytesMax);
    }

    public AgentInformation withServerIdOverride(boolean serverIdOverride) {
        return new AgentInformation(
                policy,
                circuitId,
                remoteId,
                linkSelection,
                serverIdOverride,
                virtualSubnet,
                relayId,
                sourcePort,
                trustedInterfaces,
                messageBytesMax);
    }

    public AgentInformation withVirtualSubnet(@Nullable VirtualSubnet virtualSubnet) {
        return new AgentInformation(
                policy,
                circuitId,
                remoteId,
                linkSelection,
                serverIdOverride,
                virtualSubnet,
                relayId,
                sourcePort,
                trustedInterfaces,
                messageBytesMax);
    }

    public AgentInformation withRelayId(Octets relayId) {
        return new AgentInformation(
                policy,
                circuitId,
                remoteId,
                linkSelection,
                serverIdOverride,
                virtualSubnet,
                relayId,
                sourcePort,
                trustedInterfaces,
                messageBytesMax);
    }

    public AgentInformation withSourcePort(int sourcePort) {
        return new AgentInformation(
                policy,
                circuitId,
                remoteId,
                linkSelection,
                serverIdOverride,
                virtualSubnet,
                relayId,
                sourcePort,
                trustedInterfaces,
                messageBytesMax);
    }

    public AgentInformation withTrustedInterfaces(List<String> trustedInterfaces) {
        return new AgentInformation(
                policy,
                circuitId,
                remoteId,
                linkSelection,
                serverIdOverride,
                virtualSubnet,
                relayId,
                sourcePort,
                trustedInterfaces,
                messageBytesMax);
    }

    public AgentInformation withMessageBytesMax(int messageBytesMax) {
        return new AgentInformation(
                policy,
                circuitId,
                remoteId,
                linkSelection,
                serverIdOverride,
                virtualSubnet,
                relayId,
                sourcePort,
                trustedInterfaces,
                messageBytesMax);
    }
}
