package io.leasehold.service.client;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.Option;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.Options;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who a client is, and what it asks for.
 *
 * @param hardware htype, hlen and chaddr of all its messages
 * @param options the options of its DISCOVER, REQUEST and INFORM, by code and in this order,
 *     besides those that the protocol asks for; option 61 is in RELEASE and DECLINE too. Not 52 and
 *     53.
 * @param broadcast true to ask for replies by broadcast, which a client needs that cannot take a
 *     unicast before it has its address; one on a {@link ClientWire#onLink} can
 * @param giaddr the relay agent's address where we play one, to which servers answer; else 0.0.0.0
 * @param retransmission how long to wait before asking again
 */
public record ClientSettings(
        HardwareAddress hardware,
        Map<Integer, Octets> options,
        boolean broadcast,
        Ip4Address giaddr,
        Retransmission retransmission) {
    /** Mask, routes, router, DNS, domain, MTU, broadcast address, NTP, search list. */
    private static final List<Integer> ASKED_FOR = List.of(1, 121, 3, 6, 15, 26, 28, 42, 119);

    public ClientSettings {
        for (int code : options.keySet()) {
            boolean own = code == OptionCode.OVERLOAD || code == OptionCode.MESSAGE_TYPE;
            if (code < 1 || code > 254 || own) {
                throw new IllegalArgumentException(
                        "option " + code + ", expected 1 to 254 without 52 and 53");
            }
        }
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** A client that asks for what hosts usually ask for, with the RFC's retransmission. */
    public static ClientSettings of(HardwareAddress hardware) {
        ClientSettings plain =
                new ClientSettings(
                        hardware, Map.of(), false, Ip4Address.ZERO, Retransmission.RFC_2131);
        return plain.withOption(Options.PARAMETER_LIST, ASKED_FOR);
    }

    /** Adds an option, or gives it another value. */
    public <T> ClientSettings withOption(Option<T> option, T value) {
        return withOption(option.code(), Octets.of(option.type().encode(value)));
    }

    /** Adds an option, or gives it another value: 1 to 254, without 52 and 53. */
    public ClientSettings withOption(int code, Octets value) {
        Map<Integer, Octets> more = new LinkedHashMap<>(options);
        more.put(code, value);
        return new ClientSettings(hardware, more, broadcast, giaddr, retransmission);
    }

    /** Leaves an option out. */
    public ClientSettings withoutOption(int code) {
        Map<Integer, Octets> fewer = new LinkedHashMap<>(options);
        fewer.remove(code);
        return new ClientSettings(hardware, fewer, broadcast, giaddr, retransmission);
    }

    /** Identifies the client by option 61 rather than by its hardware address. */
    public ClientSettings withClientId(Octets clientId) {
        return withOption(OptionCode.CLIENT_ID, clientId);
    }

    /** Asks for replies by broadcast, or not. */
    public ClientSettings withBroadcast(boolean wanted) {
        return new ClientSettings(hardware, options, wanted, giaddr, retransmission);
    }

    /** Plays a relay agent with an address, to which servers answer. */
    public ClientSettings withGiaddr(Ip4Address relay) {
        return new ClientSettings(hardware, options, broadcast, relay, retransmission);
    }

    /** Asks again after other waits. */
    public ClientSettings withRetransmission(Retransmission waits) {
        return new ClientSettings(hardware, options, broadcast, giaddr, waits);
    }
}
