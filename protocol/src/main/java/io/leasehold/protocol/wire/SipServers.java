package io.leasehold.protocol.wire;

import java.util.List;

/** SIP servers, option 120 (RFC 3361 §3): names or addresses, never both. */
public sealed interface SipServers {
    /** Names, in order of preference (RFC 3361 §3.1). */
    record Names(DomainList names) implements SipServers {
        /** Names between commas, with a dot at the end where they would look like addresses. */
        @Override
        public String toString() {
            String text = names.toString();
            return SipServersPart.looksLikeAddresses(text) ? text + "." : text;
        }
    }

    /** Addresses, in order of preference (RFC 3361 §3.2). */
    record Addresses(List<Ip4Address> addresses) implements SipServers {
        public Addresses {
            addresses = List.copyOf(addresses);
        }

        @Override
        public String toString() {
            return OptionTypes.ADDRESSES.format(addresses);
        }
    }
}
