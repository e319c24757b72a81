package io.leasehold.app.config;

import io.leasehold.protocol.wire.OptionCode;
import org.jspecify.annotations.Nullable;

/** The options whose values are not the operator's to give, and why. */
final class ComputedOptions {
    private ComputedOptions() {}

    /** Why an option cannot be set; null for one that can. RFC 2131 table 3 where not said. */
    static @Nullable String reason(int code) {
        return switch (code) {
            case OptionCode.PAD, OptionCode.END -> "it is no option but a mark between options";
            case OptionCode.REQUESTED_ADDRESS,
                    OptionCode.PARAMETER_LIST,
                    OptionCode.MAX_MESSAGE_SIZE,
                    OptionCode.SUBNET_SELECTION ->
                    "only clients send it";
            case OptionCode.LEASE_TIME -> "the server computes it from lease-time";
            case OptionCode.RENEWAL_TIME -> "the server computes it from t1";
            case OptionCode.REBINDING_TIME -> "the server computes it from t2";
            case OptionCode.OVERLOAD -> "the server sets it when a reply needs the room";
            case OptionCode.MESSAGE_TYPE -> "the server sets it in every reply";
            case OptionCode.SERVER_ID -> "the server sets it to the address that a client reaches";
            case OptionCode.MESSAGE_TEXT -> "the server says in it why it refuses";
            case OptionCode.CLIENT_ID -> "the server echoes what the client sent (RFC 6842)";
            case OptionCode.RAPID_COMMIT -> "the server sets it where rapid-commit is true";
            case OptionCode.CLIENT_FQDN -> "the server updates no names in the DNS (RFC 4702)";
            case OptionCode.RELAY_AGENT_INFORMATION ->
                    "the server echoes what the relay sent (RFC 3046)";
            default -> null;
        };
    }
}
