package io.leasehold.relay;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageEdit;
import io.leasehold.protocol.wire.OptionCode;
import org.jspecify.annotations.Nullable;

/** Option 82 on its way back: this relay's own is not for the client (RFC 3046 §2.1, §2.2). */
final class ReplyAgent {
    private final RelayState state;
    private final AgentPolicy policy;
    private final boolean added;

    ReplyAgent(RelayState state) {
        this.state = state;
        this.policy = state.config.agentInformation().policy();
        this.added = state.config.agentInformation().isAdded();
    }

    /**
     * Takes what this relay added out of a reply, and leaves what was there before.
     *
     * @param option the option, all its instances; empty when it cannot be read at all
     * @return why the reply is not for the client; null when it is
     */
    @Nullable RelayDropReason edit(
            MessageEdit edit, Arrival arrival, Circuit circuit, byte[] option) {
        Message message = arrival.message();
        if (!added || !RequestAgent.isCarriedBy(message)) {
            return null;
        }
        if (message.index().isTruncated(OptionCode.RELAY_AGENT_INFORMATION)
                || !AgentOption.isWellFormed(option)) {
            state.events.noted(arrival, RelayIncident.AGENT_INFORMATION_MALFORMED);
            edit.without(OptionCode.RELAY_AGENT_INFORMATION);
            return null;
        }
        int foreign = circuit.trusted ? foreignBytes(message, circuit, option) : 0;
        if (foreign > 0 && foreign == option.length) {
            return null;
        }
        if (state.agentOption.isVirtualSubnetIgnored(option)) {
            return RelayDropReason.VIRTUAL_SUBNET_IGNORED;
        }
        edit.without(OptionCode.RELAY_AGENT_INFORMATION);
        if (foreign > 0 && edit.canAppend()) {
            edit.append(OptionCode.RELAY_AGENT_INFORMATION, option, foreign);
        }
        return null;
    }

    /** How many bytes at the start of the option are of somebody behind a trusted interface. */
    private int foreignBytes(Message message, Circuit circuit, byte[] option) {
        if (policy != AgentPolicy.APPEND && policy != AgentPolicy.NONE) {
            return 0;
        }
        state.agentOption.write(circuit, circuit.address(0), message, false);
        int foreign = state.agentOption.foreignBytes(option);
        if (foreign >= 0) {
            return foreign;
        }
        // Nothing was added to what was there; or something was, by another configuration.
        return policy == AgentPolicy.NONE ? option.length : 0;
    }
}
