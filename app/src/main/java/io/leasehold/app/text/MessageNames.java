package io.leasehold.app.text;

import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import org.jspecify.annotations.Nullable;

/** The names of the numbers in a message. */
public final class MessageNames {
    /** From 9 on: RFC 3203, RFC 4388, RFC 6926, RFC 7724. */
    private static final String[] LATER_TYPES = {
        "FORCERENEW",
        "LEASEQUERY",
        "LEASEUNASSIGNED",
        "LEASEUNKNOWN",
        "LEASEACTIVE",
        "BULKLEASEQUERY",
        "LEASEQUERYDONE",
        "ACTIVELEASEQUERY",
        "LEASEQUERYSTATUS",
        "TLS"
    };

    private MessageNames() {}

    /** {@code DISCOVER}; {@code BOOTREQUEST} without an option 53, {@code TYPE?} if malformed. */
    public static String type(Message message) {
        int code = message.typeCode();
        if (code == 0) {
            return op(message.op());
        }
        return code < 0 ? "TYPE?" : type(code);
    }

    /** The name of a value of option 53. */
    public static String type(int code) {
        MessageType type = MessageType.of(code);
        if (type != null) {
            return type.name();
        }
        int later = code - MessageType.INFORM.code() - 1;
        return later >= 0 && later < LATER_TYPES.length ? LATER_TYPES[later] : "TYPE-" + code;
    }

    /** The value of option 53 that a name stands for; -1 for none. */
    public static int typeCode(String name) {
        for (int code = 1; code < 256; code++) {
            if (type(code).equalsIgnoreCase(name)) {
                return code;
            }
        }
        return -1;
    }

    static String op(int op) {
        return switch (op) {
            case Message.BOOTREQUEST -> "BOOTREQUEST";
            case Message.BOOTREPLY -> "BOOTREPLY";
            default -> "OP-" + op;
        };
    }

    /** What a hardware type is, of those that are still met; null for others. */
    static @Nullable String hardware(int htype) {
        return switch (htype) {
            case 1 -> "Ethernet";
            case 6 -> "IEEE 802";
            case 7 -> "ARCNET";
            case 15 -> "Frame Relay";
            case 24 -> "IEEE 1394";
            case 27 -> "EUI-64";
            case 32 -> "InfiniBand";
            default -> null;
        };
    }
}
