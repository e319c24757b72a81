package io.leasehold.app.ports;

import java.util.List;
import java.util.Locale;

/**
 * Which datagrams on which device get other ports.
 *
 * @param device the device that the rule is on; a VLAN's is its own
 * @param kind what is rewritten
 * @param sources addresses that it comes from; any when empty
 * @param destinations addresses and networks that it goes to; any when empty
 */
record PortRule(String device, Kind kind, List<String> sources, List<String> destinations) {
    /** As nft and tc name them. */
    enum Direction {
        INGRESS,
        EGRESS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The ports on the wire are DHCP's (RFC 2131 section 4.1); those inside can be opened by
     * anybody. A port of 0 is any port where it is matched, and stays where it is written.
     */
    enum Kind {
        /** From clients. */
        REQUESTS(Direction.INGRESS, 68, 67, 0, 1067),
        /** To clients. */
        REPLIES(Direction.EGRESS, 1067, 1068, 67, 68),
        /** To servers. */
        FORWARDED(Direction.EGRESS, 1067, 1067, 67, 67),
        /** From servers; behind address translation they answer from other ports than 67. */
        ANSWERS(Direction.INGRESS, 0, 67, 0, 1067);

        private final Direction direction;
        private final int sourcePort;
        private final int destinationPort;
        private final int newSourcePort;
        private final int newDestinationPort;

        Kind(
                Direction direction,
                int sourcePort,
                int destinationPort,
                int newSourcePort,
                int newDestinationPort) {
            this.direction = direction;
            this.sourcePort = sourcePort;
            this.destinationPort = destinationPort;
            this.newSourcePort = newSourcePort;
            this.newDestinationPort = newDestinationPort;
        }

        Direction direction() {
            return direction;
        }

        int sourcePort() {
            return sourcePort;
        }

        int destinationPort() {
            return destinationPort;
        }

        int newSourcePort() {
            return newSourcePort;
        }

        int newDestinationPort() {
            return newDestinationPort;
        }
    }

    PortRule {
        sources = List.copyOf(sources);
        destinations = List.copyOf(destinations);
    }

    /** How its counter is called. */
    static String name(String device, Kind kind) {
        return device
                + " "
                + kind.name().toLowerCase(Locale.ROOT)
                + " "
                + kind.destinationPort()
                + "->"
                + kind.newDestinationPort();
    }
}
