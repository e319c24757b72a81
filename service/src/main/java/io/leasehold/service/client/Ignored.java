package io.leasehold.service.client;

/** Why something that came is not taken for an answer. Each has a counter. */
public enum Ignored {
    /** The bytes are no message. */
    NOT_A_MESSAGE("not-a-message"),
    /** op is not BOOTREPLY: another client's question. */
    NOT_A_REPLY("not-a-reply"),
    /** xid is not ours (RFC 2131 §4.4.1). */
    OTHER_TRANSACTION("other-transaction"),
    /** htype, hlen or chaddr are not ours. */
    OTHER_HARDWARE("other-hardware"),
    /** Option 61 is there and not ours (RFC 6842 §3). */
    OTHER_CLIENT_ID("other-client-id"),
    /** A message type that does not answer what was asked. */
    UNEXPECTED_TYPE("unexpected-type"),
    /** An OFFER or ACK without what it must have: address, server identifier, lease time. */
    UNUSABLE("unusable");

    private final String label;

    Ignored(String label) {
        this.label = label;
    }

    /** The counter's name. */
    public String label() {
        return label;
    }
}
