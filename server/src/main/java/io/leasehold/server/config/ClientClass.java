package io.leasehold.server.config;

import java.util.List;

/**
 * Clients that get options of their own.
 *
 * @param name what logs call it
 * @param matches all of them must hold; at least one
 * @param options the options of its members
 */
public record ClientClass(String name, List<Match> matches, OptionSet options) {
    public ClientClass {
        matches = List.copyOf(matches);
    }

    /**
     * A comparison with what the client sent. A client that did not send it is not a member.
     *
     * @param what what is compared
     * @param pattern the text expected, {@code *} standing for any run of characters. Hardware
     *     addresses and architectures are compared in their usual spelling, {@code 52:54:00:*} and
     *     {@code 7}
     */
    public record Match(What what, String pattern) {}

    /** What of a message is compared. */
    public enum What {
        /** Option 60 as text. */
        VENDOR_CLASS,
        /** Option 77: any one of its parts, in RFC 3004's framing or bare. */
        USER_CLASS,
        /** Option 12 as text. */
        HOST_NAME,
        /** chaddr. */
        HARDWARE,
        /** Option 61 in hexadecimal pairs with colons. */
        CLIENT_ID,
        /** 82.1 as text. */
        CIRCUIT_ID,
        /** 82.2 as text. */
        REMOTE_ID,
        /** Any one of the codes of option 93, in decimal. */
        ARCHITECTURE
    }
}
