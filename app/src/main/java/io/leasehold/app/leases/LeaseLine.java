package io.leasehold.app.leases;

import io.leasehold.app.Printable;
import io.leasehold.lease.ClientKey;
import io.leasehold.lease.Lease;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads one lease from the JSON that {@link LeaseJson} writes. */
final class LeaseLine {
    private static final Set<String> MEMBERS =
            Set.of(
                    "address",
                    "state",
                    "client-id",
                    "client-hardware-type",
                    "client-hardware",
                    "hardware-type",
                    "hardware",
                    "host-name",
                    "starts",
                    "ends",
                    "agent-information",
                    "server-id");
    private static final Pattern TWICE = Pattern.compile("^Duplicate.* \"(.*)\"$");
    private static final int CLIENT_ID_BYTES_MAX = 65_535;
    private static final int HOST_NAME_CHARACTERS_MAX = 255;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final JsonNode object;

    private LeaseLine(JsonNode object) {
        this.object = object;
    }

    /**
     * @throws IllegalArgumentException the message names the member, what was found and expected
     */
    static Lease parse(String line) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(notJson(e), e);
        }
        if (!node.isObject()) {
            throw new IllegalArgumentException("expected a lease such as {\"address\":...}");
        }
        for (String name : node.propertyNames()) {
            if (!MEMBERS.contains(name)) {
                throw new IllegalArgumentException(
                        Printable.quoted(name) + " is no part of a lease");
            }
        }
        return new LeaseLine(node).lease();
    }

    /** The library's own words are of its parts, and of Java. */
    private static String notJson(JacksonException fault) {
        Matcher twice = TWICE.matcher(String.valueOf(fault.getOriginalMessage()));
        if (twice.find()) {
            return Printable.quoted(twice.group(1)) + " is given twice";
        }
        TokenStreamLocation at = fault.getLocation();
        String from = at == null ? "" : " from character " + at.getColumnNr() + " on";
        return "not JSON" + from + ": expected one lease and nothing else";
    }

    private Lease lease() {
        HardwareAddress hardware = hardware("hardware-type", "hardware");
        Lease lease = read(hardware);
        if (lease.endSeconds() < lease.startSeconds()) {
            throw new IllegalArgumentException(
                    "ends: found \"" + text("ends") + "\", expected no time before it starts");
        }
        boolean someonesOwn =
                lease.state() == Lease.State.BOUND || lease.state() == Lease.State.RELEASED;
        if (someonesOwn
                && lease.client() instanceof ClientKey.ByHardware by
                && by.value().length() == 0) {
            throw new IllegalArgumentException(
                    "hardware: found none, and no client-id: expected the client that has the"
                            + " address");
        }
        return lease;
    }

    private Lease read(HardwareAddress hardware) {
        return new Lease(
                required("address", LeaseLine::usable),
                client(hardware),
                hardware,
                required("state", LeaseLine::state),
                required("starts", LeaseText::parseTime),
                required("ends", LeaseText::parseTime),
                member("host-name", LeaseLine::hostName, ""),
                member("agent-information", LeaseLine::octets, Octets.EMPTY),
                member("server-id", Ip4Address::parse, Ip4Address.ZERO));
    }

    private static Ip4Address usable(String text) {
        Ip4Address address = Ip4Address.parse(text);
        int first = address.bits() >>> 24;
        if (first == 0 || first == 127 || first >= 224) {
            throw new IllegalArgumentException("expected an address that a client can have");
        }
        return address;
    }

    private ClientKey client(HardwareAddress hardware) {
        Octets id = member("client-id", LeaseLine::octets, Octets.EMPTY);
        if (id.length() > 0) {
            return new ClientKey.ById(id);
        }
        if (text("client-hardware") != null || text("client-hardware-type") != null) {
            return new ClientKey.ByHardware(hardware("client-hardware-type", "client-hardware"));
        }
        return new ClientKey.ByHardware(hardware);
    }

    private HardwareAddress hardware(String typeName, String name) {
        int type = member(typeName, LeaseLine::type, HardwareAddress.ETHERNET);
        byte[] octets =
                member(
                        name,
                        text ->
                                text.isEmpty() || text.equals("-")
                                        ? new byte[0]
                                        : HardwareAddress.parse(text).toBytes(),
                        new byte[0]);
        return HardwareAddress.of(type, octets);
    }

    private static Integer type(String text) {
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > 255) {
            throw new IllegalArgumentException("expected a number from 0 to 255");
        }
        return Integer.valueOf(text);
    }

    private static Lease.State state(String text) {
        if (text.equals(LeaseText.EXPIRED)) {
            return Lease.State.BOUND;
        }
        for (Lease.State state : Lease.State.values()) {
            if (state.name().toLowerCase(Locale.ROOT).equals(text)) {
                return state;
            }
        }
        throw new IllegalArgumentException(
                "expected bound, expired, released, declined or conflict");
    }

    private static String hostName(String text) {
        if (text.length() > HOST_NAME_CHARACTERS_MAX) {
            throw new IllegalArgumentException("expected at most 255 characters");
        }
        return text;
    }

    private static Octets octets(String text) {
        Octets octets = Octets.parseHex(text);
        if (octets.length() > CLIENT_ID_BYTES_MAX) {
            throw new IllegalArgumentException("expected at most 65535 bytes");
        }
        return octets;
    }

    private <T> T required(String name, Function<String, T> parser) {
        String text = text(name);
        if (text == null) {
            throw new IllegalArgumentException(name + ": missing");
        }
        return parsed(name, text, parser);
    }

    private <T> T member(String name, Function<String, T> parser, T otherwise) {
        String text = text(name);
        return text == null ? otherwise : parsed(name, text, parser);
    }

    private static <T> T parsed(String name, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            String found = name + ": found " + Printable.quoted(text);
            throw new IllegalArgumentException(found + ", " + e.getMessage(), e);
        }
    }

    private @Nullable String text(String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString() && !value.isNumber()) {
            throw new IllegalArgumentException(name + ": expected a text");
        }
        return value.asString();
    }
}
