package io.leasehold.relay;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageEdit;
import io.leasehold.protocol.wire.OptionCode;
import java.util.List;

/** Option 82 on its way to the server (RFC 3046 §2.1). */
final class RequestAgent {
    /** Option 57 counts the IP and UDP headers too. */
    private static final int HEADER_BYTES = 28;

    private final RelayState state;
    private final AgentInformation config;
    private final boolean added;

    RequestAgent(RelayState state) {
        this.state = state;
        this.config = state.config.agentInformation();
        this.added = config.isAdded();
    }

    /** True when a message has an option 82, be it one that runs past the end. */
    static boolean isCarriedBy(Message message) {
        return message.has(OptionCode.RELAY_AGENT_INFORMATION)
                || message.index().isTruncated(OptionCode.RELAY_AGENT_INFORMATION);
    }

    /**
     * Puts the option into a request, where that is wanted and possible.
     *
     * @param link the interface's address in the client's network
     * @return the UDP port to send from; 0 for the link's own, as ever when the option, which tells
     *     the server of another, is not there
     */
    int edit(MessageEdit edit, Arrival arrival, Circuit circuit, Ip4Address link) {
        Message message = arrival.message();
        boolean relayed = !message.giaddr().isZero();
        if (!isWanted(message, relayed)) {
            return 0;
        }
        AgentOption option = state.agentOption;
        if (relayed) {
            option.writeForRelayed(circuit, message);
        } else {
            option.write(circuit, link, message, circuit.has(arrival.destination().bits()));
        }
        if (config.policy() == AgentPolicy.REPLACE) {
            edit.without(OptionCode.RELAY_AGENT_INFORMATION);
        } else if (!isReadable(message)) {
            // What is put behind it would be read as a part of it.
            state.events.noted(arrival, RelayIncident.AGENT_INFORMATION_NO_PLACE);
            return 0;
        }
        if (option.length() == 0) {
            return 0;
        }
        if (!edit.canAppend()) {
            state.events.noted(arrival, RelayIncident.AGENT_INFORMATION_NO_PLACE);
            return 0;
        }
        edit.append(OptionCode.RELAY_AGENT_INFORMATION, option.bytes(), option.length());
        if (edit.length() > bytesMax(message)) {
            edit.appendNothing();
            state.events.noted(arrival, RelayIncident.AGENT_INFORMATION_TOO_LONG);
            return 0;
        }
        return relayed ? 0 : config.sourcePort();
    }

    private boolean isWanted(Message message, boolean relayed) {
        return switch (config.policy()) {
            case NONE -> added && !relayed && !isCarriedBy(message);
            case APPEND, REPLACE -> true;
            // RFC 3046 §2.1.1: what a relay has passed on gets no option of another.
            case DISCARD -> !relayed;
        };
    }

    /** True when there is no option 82, or one whose sub-options can be read to the end. */
    private static boolean isReadable(Message message) {
        byte[] option = message.raw(OptionCode.RELAY_AGENT_INFORMATION);
        return option == null || AgentOption.isWellFormed(option);
    }

    /** How long the message may become: what is configured, more where the client takes more. */
    private int bytesMax(Message message) {
        int bytes = config.messageBytesMax();
        byte[] size = message.raw(OptionCode.MAX_MESSAGE_SIZE);
        if (size != null && size.length == 2) {
            bytes = Math.max(bytes, new Cursor(size).u16() - HEADER_BYTES);
        }
        List<Circuit> uplinks = state.interfaces.uplinks;
        for (int at = 0; at < uplinks.size(); at++) {
            int mtuBytes = uplinks.get(at).attached.mtuBytes();
            if (mtuBytes > 0) {
                // A broadcast is not sent in fragments.
                bytes = Math.min(bytes, mtuBytes - HEADER_BYTES);
            }
        }
        return bytes;
    }
}
