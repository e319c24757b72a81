package io.leasehold.server;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.OptionCode;

/**
 * Options that never cost a client its address: what cannot be read of them is ignored, and told
 * here.
 */
final class OptionalOptions {
    private static final int[] READ = {
        OptionCode.HOST_NAME,
        OptionCode.LEASE_TIME,
        OptionCode.PARAMETER_LIST,
        OptionCode.MAX_MESSAGE_SIZE,
        OptionCode.VENDOR_CLASS,
        OptionCode.USER_CLASS,
        OptionCode.RAPID_COMMIT,
        OptionCode.CLIENT_FQDN,
        OptionCode.CLIENT_ARCHITECTURE,
        OptionCode.AUTO_CONFIGURE,
        OptionCode.SUBNET_SELECTION
    };

    private OptionalOptions() {}

    /** Tells each optional option that the server would read and cannot. */
    static void tellMalformed(Arrival arrival, ServerEvents events) {
        Message message = arrival.message();
        int truncated = message.index().truncatedCode();
        if (truncated >= 0) {
            events.ignored(arrival, truncated);
        }
        for (int code : READ) {
            if (message.has(code) && isMalformed(message, code)) {
                events.ignored(arrival, code);
            }
        }
    }

    /** True for an option that is there and whose length is its own. */
    static boolean readable(Message message, int code) {
        return message.has(code)
                && !message.index().isTruncated(code)
                && !isMalformed(message, code);
    }

    private static boolean isMalformed(Message message, int code) {
        return switch (code) {
            case OptionCode.LEASE_TIME, OptionCode.SUBNET_SELECTION -> length(message, code) != 4;
            case OptionCode.MAX_MESSAGE_SIZE -> length(message, code) != 2;
            case OptionCode.RAPID_COMMIT -> length(message, code) != 0;
            case OptionCode.AUTO_CONFIGURE -> length(message, code) != 1;
            case OptionCode.CLIENT_ARCHITECTURE ->
                    length(message, code) == 0 || length(message, code) % 2 != 0;
            // RFC 4702 §2: flags and two codes come before the name.
            case OptionCode.CLIENT_FQDN -> length(message, code) < 3;
            case OptionCode.HOST_NAME,
                    OptionCode.PARAMETER_LIST,
                    OptionCode.VENDOR_CLASS,
                    OptionCode.USER_CLASS ->
                    length(message, code) == 0;
            default -> false;
        };
    }

    private static int length(Message message, int code) {
        byte[] value = message.raw(code);
        return value == null ? 0 : value.length;
    }
}
