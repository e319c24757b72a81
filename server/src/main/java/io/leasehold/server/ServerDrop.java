package io.leasehold.server;

import io.leasehold.protocol.role.DropReason;

/** Why the server answers a message with silence. */
public enum ServerDrop implements DropReason {
    NOT_A_REQUEST("op is not BOOTREQUEST"),
    MALFORMED_MESSAGE_TYPE("option 53 is malformed"),
    MALFORMED_REQUESTED_ADDRESS("option 50 is malformed"),
    MALFORMED_SERVER_ID("option 54 is malformed"),
    MALFORMED_CLIENT_ID("option 61 is malformed"),
    MALFORMED_AGENT_INFORMATION("option 82 is malformed"),
    UNEXPECTED_TYPE("not a message that clients send"),
    NO_IDENTITY("neither a client id nor a hardware address"),
    UNKNOWN_NETWORK("no subnet is configured for where it came from"),
    NO_SERVER_ADDRESS("the interface has no address to answer from"),
    INVALID_RELAY_ADDRESS("giaddr is no address of a relay"),
    INVALID_CLIENT_ADDRESS("ciaddr is no address of a client"),
    POOL_EXHAUSTED("no address is free"),
    OTHER_SERVER("the client chose another server"),
    NO_RECORD("the client has no lease here"),
    NOT_AUTHORITATIVE("the address is wrong, but the subnet is not authoritative"),
    REQUEST_WITHOUT_ADDRESS("a REQUEST with neither option 50 nor ciaddr"),
    SERVER_ID_MISSING("option 54 is missing"),
    NOT_THE_LEASE_OF_CLIENT("the address is not this client's"),
    BOOTP_NOT_SERVED("BOOTP, and neither reservation nor pool allows it"),
    ALREADY_ASKING("the address is being pinged for this client");

    private final String text;

    ServerDrop(String text) {
        this.text = text;
    }

    @Override
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    @Override
    public String text() {
        return text;
    }
}
