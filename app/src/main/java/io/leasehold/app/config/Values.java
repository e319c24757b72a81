package io.leasehold.app.config;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.server.config.Pool;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads single values. What cannot be read is reported, and null. */
final class Values {
    private static final int ETHERNET_OCTETS = 6;

    private final Problems problems;

    Values(Problems problems) {
        this.problems = problems;
    }

    /** A text that is not empty. */
    @Nullable String text(YamlNode node, String name, String expected) {
        if (node instanceof YamlNode.Scalar scalar
                && !scalar.isNothing()
                && !scalar.text().isEmpty()) {
            return scalar.text();
        }
        problems.expected(node, name, expected);
        return null;
    }

    /** The name of an interface, added to those that there are already. */
    void interfaceName(YamlNode node, String key, List<String> into) {
        String expected = "the name of an interface such as eth1";
        String name = text(node, key, expected);
        if (name == null) {
            return;
        }
        // What the kernel takes as a name: up to 15 bytes, no slash, no space (dev_valid_name).
        if (!name.matches("[!-~&&[^/:]]{1,15}") || name.equals(".") || name.equals("..")) {
            problems.expected(node, key, expected);
        } else if (into.contains(name)) {
            problems.add(node, key + ": " + name + " is in the list twice");
        } else {
            into.add(name);
        }
    }

    /** One of an enum's constants, as files spell them. */
    <E extends Enum<E>> E oneOf(@Nullable YamlNode node, String name, E none, E[] all) {
        if (node == null) {
            return none;
        }
        List<String> names = new ArrayList<>();
        for (E constant : all) {
            names.add(Section.spelled(constant));
        }
        int index = node instanceof YamlNode.Scalar scalar ? names.indexOf(scalar.text()) : -1;
        if (index < 0) {
            problems.expected(node, name, "one of " + String.join(", ", names));
        }
        return index < 0 ? none : all[index];
    }

    /** The items of a list; a single value stands for a list of one. */
    List<YamlNode> items(@Nullable YamlNode node) {
        if (node == null) {
            return List.of();
        }
        return node instanceof YamlNode.Sequence sequence ? sequence.items() : List.of(node);
    }

    /** The items of a list; anything else is reported. */
    List<YamlNode> list(@Nullable YamlNode node, String name) {
        if (node == null) {
            return List.of();
        }
        if (node instanceof YamlNode.Sequence sequence) {
            return sequence.items();
        }
        problems.expected(node, name, "a list, an entry to a line behind a hyphen");
        return List.of();
    }

    /** What a text says; the parser's complaint of it is reported under the key. */
    <T> @Nullable T parsed(YamlNode node, String key, Function<String, T> parse) {
        String text = text(node, key, "a text");
        if (text == null) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            problems.add(node, key + ": " + e.getMessage());
            return null;
        }
    }

    @Nullable Boolean yesNo(YamlNode node, String name) {
        String expected = "true or false";
        String text = text(node, name, expected);
        if (text == null) {
            return null;
        }
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        problems.expected(node, name, expected);
        return null;
    }

    /** A whole number within bounds, both included; digits alone. */
    @Nullable Integer number(YamlNode node, String name, int min, int max) {
        String expected = "a number from " + min + " to " + max;
        String text = text(node, name, expected);
        if (text == null) {
            return null;
        }
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        }
        problems.expected(node, name, expected);
        return null;
    }

    @Nullable Ip4Address address(YamlNode node, String name) {
        String expected = "an IPv4 address such as 192.168.1.10";
        String text = text(node, name, expected);
        if (text == null) {
            return null;
        }
        try {
            return Ip4Address.parse(text);
        } catch (IllegalArgumentException e) {
            problems.expected(node, name, expected);
            return null;
        }
    }

    @Nullable Ip4Network network(YamlNode node, String name) {
        String expected = "a network such as 192.168.50.0/24";
        String text = text(node, name, expected);
        if (text == null) {
            return null;
        }
        try {
            return Ip4Network.parse(text);
        } catch (IllegalArgumentException e) {
            // Bits set behind the prefix are the one slip that deserves the message of its own.
            String message = String.valueOf(e.getMessage());
            boolean bits = message.contains("has bits set behind its prefix");
            if (bits) {
                problems.add(node, name + ": " + message);
            } else {
                problems.expected(node, name, expected);
            }
            return null;
        }
    }

    @Nullable Pool pool(YamlNode node, String name) {
        String expected = "a range of addresses such as 192.168.50.100-192.168.50.199";
        String text = text(node, name, expected);
        if (text == null) {
            return null;
        }
        int hyphen = text.indexOf('-');
        try {
            Ip4Address first =
                    Ip4Address.parse(hyphen < 0 ? text : text.substring(0, hyphen).strip());
            Ip4Address last =
                    hyphen < 0 ? first : Ip4Address.parse(text.substring(hyphen + 1).strip());
            if (first.compareTo(last) > 0) {
                problems.expected(node, name, "the lower address of the range first");
                return null;
            }
            return new Pool(first, last);
        } catch (IllegalArgumentException e) {
            problems.expected(node, name, expected);
            return null;
        }
    }

    /** Of Ethernet: what is read has no other type, and is compared with it. */
    @Nullable HardwareAddress hardware(YamlNode node, String name) {
        String expected = "a hardware address such as 52:54:00:aa:00:01";
        String text = text(node, name, expected);
        if (text == null) {
            return null;
        }
        try {
            HardwareAddress hardware = HardwareAddress.parse(text);
            if (hardware.length() == ETHERNET_OCTETS) {
                return hardware;
            }
            String octets = "a hardware address of 6 octets such as 52:54:00:aa:00:01";
            problems.expected(node, name, octets);
            return null;
        } catch (IllegalArgumentException e) {
            problems.expected(node, name, expected);
            return null;
        }
    }

    /** Hexadecimal pairs with colons, or {@code 0x} before pairs without; at least one. */
    @Nullable Octets hex(YamlNode node, String name, String example) {
        String expected = "hexadecimal pairs such as " + example;
        String text = text(node, name, expected);
        if (text == null) {
            return null;
        }
        Octets octets = hexOf(text);
        if (octets == null || octets.length() == 0 || octets.length() > 255) {
            problems.expected(node, name, expected + spelledInHex(text));
            return null;
        }
        return octets;
    }

    /** A text as it is, or bytes when {@code 0x} and hexadecimal pairs; at least one byte. */
    @Nullable Octets textOrHex(YamlNode node, String name) {
        String expected = "a text, or bytes such as 0x0102";
        String text = text(node, name, expected);
        if (text == null) {
            return null;
        }
        boolean hex = text.startsWith("0x");
        Octets octets = hex ? hexOf(text) : Octets.of(text.getBytes(StandardCharsets.UTF_8));
        if (octets == null || octets.length() == 0 || octets.length() > 255) {
            problems.expected(node, name, expected + ", of 1 to 255 bytes");
            return null;
        }
        return octets;
    }

    private static @Nullable Octets hexOf(String text) {
        String pairs = "[0-9a-fA-F]{2}";
        if (text.matches("0x(" + pairs + "){1,255}")) {
            return Octets.parseHex(text.substring(2));
        }
        if (text.matches(pairs + "(:" + pairs + "){0,254}")) {
            return Octets.parseHex(text);
        }
        return null;
    }

    /** Says how a text that stands where bytes are expected would be spelled. */
    private static String spelledInHex(String text) {
        boolean looksLikeText =
                text.length() <= 32 && text.matches("[ -~]+") && !text.matches("[0-9a-fA-F:x-]+");
        if (!looksLikeText) {
            return "";
        }
        Octets bytes = Octets.of(text.getBytes(StandardCharsets.UTF_8));
        return " (the text itself is " + bytes + ")";
    }
}
