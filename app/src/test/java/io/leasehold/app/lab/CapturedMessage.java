package io.leasehold.app.lab;

import java.util.List;

/**
 * One DHCP message as tshark read it. A field that the message lacks is empty.
 *
 * @param type the value of option 53 as a name, such as DISCOVER
 * @param options the codes of all its options, in the order in which they lie
 */
public record CapturedMessage(
        String type,
        String etherSource,
        String etherDestination,
        String source,
        String destination,
        String sourcePort,
        String destinationPort,
        String xid,
        String ciaddr,
        String yiaddr,
        String giaddr,
        String chaddr,
        String requestedAddress,
        String serverId,
        String leaseSeconds,
        String circuitId,
        List<String> options) {
    private static final List<String> TYPES =
            List.of(
                    "",
                    "DISCOVER",
                    "OFFER",
                    "REQUEST",
                    "DECLINE",
                    "ACK",
                    "NAK",
                    "RELEASE",
                    "INFORM");

    public CapturedMessage {
        options = List.copyOf(options);
    }

    static CapturedMessage parse(String line) {
        String[] field = line.split("\\|", -1);
        return new CapturedMessage(
                field[0].isEmpty() ? "BOOTP" : TYPES.get(Integer.parseInt(field[0])),
                field[1],
                field[2],
                field[3],
                field[4],
                field[5],
                field[6],
                field[7],
                field[8],
                field[9],
                field[10],
                // tshark finds a hardware address in the client identifier too.
                field[11].split(",", 2)[0],
                field[12],
                field[13],
                field[14],
                field[15],
                List.of(field[16].split(",", -1)));
    }

    public boolean is(String wantedType) {
        return type.equals(wantedType);
    }
}
