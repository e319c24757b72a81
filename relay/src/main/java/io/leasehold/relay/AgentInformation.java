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

    public AgentInformation withPolicy(AgentPolicy another) {
        Draft draft = new Draft(this);
        draft.policy = another;
        return draft.done();
    }

    public AgentInformation withCircuitId(String another) {
        Draft draft = new Draft(this);
        draft.circuitId = another;
        return draft.done();
    }

    public AgentInformation withRemoteId(String another) {
        Draft draft = new Draft(this);
        draft.remoteId = another;
        return draft.done();
    }

    public AgentInformation withLinkSelection(boolean another) {
        Draft draft = new Draft(this);
        draft.linkSelection = another;
        return draft.done();
    }

    public AgentInformation withServerIdOverride(boolean another) {
        Draft draft = new Draft(this);
        draft.serverIdOverride = another;
        return draft.done();
    }

    public AgentInformation withVirtualSubnet(@Nullable VirtualSubnet another) {
        Draft draft = new Draft(this);
        draft.virtualSubnet = another;
        return draft.done();
    }

    public AgentInformation withRelayId(Octets another) {
        Draft draft = new Draft(this);
        draft.relayId = another;
        return draft.done();
    }

    public AgentInformation withSourcePort(int another) {
        Draft draft = new Draft(this);
        draft.sourcePort = another;
        return draft.done();
    }

    public AgentInformation withTrustedInterfaces(List<String> another) {
        Draft draft = new Draft(this);
        draft.trustedInterfaces = another;
        return draft.done();
    }

    public AgentInformation withMessageBytesMax(int another) {
        Draft draft = new Draft(this);
        draft.messageBytesMax = another;
        return draft.done();
    }

    /** All that there is to say, while one of it is changed. */
    private static final class Draft {
        AgentPolicy policy;
        String circuitId;
        String remoteId;
        boolean linkSelection;
        boolean serverIdOverride;
        @Nullable VirtualSubnet virtualSubnet;
        Octets relayId;
        int sourcePort;
        List<String> trustedInterfaces;
        int messageBytesMax;

        Draft(AgentInformation of) {
            policy = of.policy;
            circuitId = of.circuitId;
            remoteId = of.remoteId;
            linkSelection = of.linkSelection;
            serverIdOverride = of.serverIdOverride;
            virtualSubnet = of.virtualSubnet;
            relayId = of.relayId;
            sourcePort = of.sourcePort;
            trustedInterfaces = of.trustedInterfaces;
            messageBytesMax = of.messageBytesMax;
        }

        AgentInformation done() {
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
}
