package io.leasehold.relay;

import io.leasehold.protocol.role.DropReason;

/** Why the relay passes a message on to nobody. */
public enum RelayDropReason implements DropReason {
    UNKNOWN_OP("unknown-op", "op is neither BOOTREQUEST nor BOOTREPLY"),
    NOT_A_CLIENT_INTERFACE("not-a-client-interface", "the interface is not one of clients"),
    UPLINK_INTERFACE("uplink-interface", "it came in where requests are broadcast to"),
    HOPS("hops", "it has passed too many relays"),
    GIADDR_OWN("giaddr-own", "giaddr is an address of this host: a loop"),
    GIADDR_INVALID("giaddr-invalid", "giaddr is no address of a relay"),
    NO_INTERFACE_ADDRESS("no-interface-address", "the interface has no address for giaddr"),
    AGENT_INFORMATION_UNTRUSTED(
            "agent-information-untrusted", "a client sent option 82, its interface is not trusted"),
    AGENT_INFORMATION_DISCARDED(
            "agent-information-discarded", "it has an option 82, and the policy is discard"),
    CLIENT_RATE("client-rate", "the client sends too often"),
    INTERFACE_RATE("interface-rate", "too much comes from the interface"),
    NO_SERVER("no-server", "no server has an address yet"),
    UNKNOWN_SERVER("unknown-server", "a reply from an address that no server has"),
    GIADDR_UNKNOWN("giaddr-unknown", "a reply whose giaddr is no interface of clients"),
    VIRTUAL_SUBNET_IGNORED(
            "virtual-subnet-ignored", "the server gave an address of another virtual subnet");

    private final String label;
    private final String text;

    RelayDropReason(String label, String text) {
        this.label = label;
        this.text = text;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String text() {
        return text;
    }
}
