package io.leasehold.app.snoop;

import io.leasehold.app.text.MessageNames;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.Option;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.OptionRegistry;
import io.leasehold.protocol.wire.Options;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which messages are shown. */
@FunctionalInterface
interface Filter {
    /** Shows everything. */
    Filter ALL = (sighting, finding) -> true;

    boolean matches(Sighting sighting, Finding finding);

    /** A filter that asks the message; what is none does not match. */
    @FunctionalInterface
    interface OfMessage {
        boolean matches(Message message, Sighting sighting);
    }

    static Filter of(OfMessage test) {
        return (sighting, finding) -> {
            Message message = sighting.message();
            return message != null && test.matches(message, sighting);
        };
    }

    /**
     * The filter of one key and one value.
     *
     * @throws IllegalArgumentException when the value is none for the key; the message says why
     */
    static Filter of(String key, String value) {
        return switch (key) {
            case "client" -> client(value);
            case "address" -> address(value);
            case "server" -> {
                Ip4Address server = Ip4Address.parse(value);
                yield of(
                        (message, sighting) ->
                                server.equals(message.get(Options.SERVER_ID).or(Ip4Address.ZERO))
                                        || message.op() == Message.BOOTREPLY
                                                && server.equals(sighting.datagram().source()));
            }
            case "relay" -> {
                Ip4Network relay = network(value);
                yield of(
                        (message, sighting) ->
                                !message.giaddr().isZero() && relay.contains(message.giaddr()));
            }
            case "xid" -> {
                int xid = xid(value);
                yield of((message, sighting) -> message.xid() == xid);
            }
            case "type" -> type(value);
            case "interface" ->
                    (sighting, finding) -> glob(value).matcher(sighting.interfaceName()).matches();
            case "vlan" -> {
                int vlan = number(value, 4095);
                yield (sighting, finding) -> sighting.datagram().vlans().contains(vlan);
            }
            case "host" -> text(OptionCode.HOST_NAME, value);
            case "vendor" -> text(OptionCode.VENDOR_CLASS, value);
            case "option" -> {
                Option<?> option = option(value);
                yield of((message, sighting) -> message.has(option.code()));
            }
            default -> throw new IllegalArgumentException("\"" + key + "\" is no key");
        };
    }

    private static Filter client(String value) {
        if (value.indexOf(':') < 0 && value.indexOf('.') > 0) {
            return address(value);
        }
        byte[] octets = HardwareAddress.parse(value).toBytes();
        return of(
                (message, sighting) ->
                        Arrays.equals(message.hardware().toBytes(), octets)
                                || message.get(Options.CLIENT_ID)
                                        .or(Octets.EMPTY)
                                        .equals(Octets.of(octets)));
    }

    private static Filter address(String value) {
        Ip4Network network = network(value);
        return of(
                (message, sighting) -> {
                    Ip4Address asked = message.get(Options.REQUESTED_ADDRESS).or(Ip4Address.ZERO);
                    return holds(network, message.ciaddr())
                            || holds(network, message.yiaddr())
                            || holds(network, asked);
                });
    }

    private static boolean holds(Ip4Network network, Ip4Address address) {
        return !address.isZero() && network.contains(address);
    }

    private static Ip4Network network(String value) {
        return Ip4Network.parse(value.indexOf('/') < 0 ? value + "/32" : value);
    }

    private static int xid(String value) {
        String digits = value.startsWith("0x") ? value.substring(2) : value;
        if (!digits.matches("[0-9a-fA-F]{1,8}")) {
            throw new IllegalArgumentException(
                    "\"" + value + "\" is not a transaction id such as 379c4958");
        }
        return Integer.parseUnsignedInt(digits, 16);
    }

    private static Filter type(String value) {
        if (value.equalsIgnoreCase("bootp")) {
            return of((message, sighting) -> message.typeCode() == 0);
        }
        int code = MessageNames.typeCode(value);
        if (code < 0) {
            throw new IllegalArgumentException(
                    "\""
                            + value
                            + "\" is no message type; they are discover, offer, request, decline,"
                            + " ack, nak, release, inform, bootp, and those of later RFCs");
        }
        return of((message, sighting) -> message.typeCode() == code);
    }

    private static int number(String value, int max) {
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > max) {
            throw new IllegalArgumentException(
                    "\"" + value + "\" is not a number from 0 to " + max);
        }
        return Integer.parseInt(value);
    }

    private static Option<?> option(String value) {
        Option<?> option =
                value.matches("[0-9]{1,3}")
                        ? OptionRegistry.STANDARD.byCode(Math.clamp(number(value, 254), 1, 254))
                        : OptionRegistry.STANDARD.byName(value);
        if (option == null) {
            throw new IllegalArgumentException(
                    "\"" + value + "\" is neither an option's name nor a code from 1 to 254");
        }
        return option;
    }

    private static Filter text(int code, String pattern) {
        Pattern glob = glob(pattern);
        return of(
                (message, sighting) -> {
                    byte[] raw = message.raw(code);
                    return raw != null
                            && glob.matcher(new String(raw, StandardCharsets.ISO_8859_1)).matches();
                });
    }

    /** {@code *} stands for any run of characters; case does not matter. */
    private static Pattern glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (String part : pattern.toLowerCase(Locale.ROOT).split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
