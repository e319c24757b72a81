package io.leasehold.app.snoop;

import io.leasehold.app.text.OptionView;
import io.leasehold.app.text.OptionViews;
import io.leasehold.protocol.capture.Checksum;
import io.leasehold.protocol.capture.Datagram;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.OptionIndex;
import io.leasehold.protocol.wire.OptionRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Holds one message against what tshark says of it, field by field. */
final class TsharkComparison {
    private final Pdml.Tree packet;
    private final Datagram datagram;
    private final Message message;
    private final byte[] bytes;
    private final List<String> differences = new ArrayList<>();

    /** What we say of an option, by its code: an option may have thousands of instances. */
    private final Map<Integer, Set<String>> wordsOf = new HashMap<>();

    private int compared;

    TsharkComparison(Pdml.Tree packet, Datagram datagram, Message message) {
        this.packet = packet;
        this.datagram = datagram;
        this.message = message;
        this.bytes = message.toBytes();
    }

    /** How many of tshark's fields were held against ours. */
    int compared() {
        return compared;
    }

    List<String> differences() {
        way();
        Pdml.Tree dhcp =
                packet.within().stream()
                        .filter(p -> p.name().equals("dhcp"))
                        .findFirst()
                        .orElseThrow();
        Map<String, String> header = header();
        List<Pdml.Tree> options = new ArrayList<>();
        for (Pdml.Tree field : dhcp.within()) {
            if (field.name().equals("dhcp.option.type")) {
                options.add(field);
            } else if (!isOpinion(field)) {
                field(field, header);
            }
        }
        options(options);
        return differences;
    }

    private void field(Pdml.Tree field, Map<String, String> header) {
        String ours = header.get(field.name());
        if (ours == null) {
            differ(field.name(), field.show(), "nothing");
        } else if (List.of("dhcp.server", "dhcp.file").contains(field.name())) {
            same(field.name(), printable(field.show()), printable(ours));
        } else {
            same(field.name(), field.show(), ours);
        }
    }

    /** What tshark thinks of a packet is no field of it. */
    private static boolean isOpinion(Pdml.Tree field) {
        return field.name().isEmpty() || field.name().startsWith("_ws.");
    }

    /** Without what is no character of ASCII, which tshark shows as backslash, x and digits. */
    private static String printable(String text) {
        return text.replaceAll("\\\\x[0-9a-f]{1,2}", "").replaceAll("[^ -~]", "");
    }

    private void way() {
        if (!packet.first("eth.src").isEmpty()) {
            same("eth.src", packet.first("eth.src"), datagram.hardwareSource().toString());
            same("eth.dst", packet.first("eth.dst"), datagram.hardwareDestination().toString());
        }
        List<String> vlans = new ArrayList<>();
        packet.all("ieee8021ad.id").forEach(tag -> vlans.add(tag.show()));
        packet.all("vlan.id").forEach(tag -> vlans.add(tag.show()));
        same("vlan.id", vlans.toString(), datagram.vlans().toString());
        same("ip.src", packet.first("ip.src"), datagram.source().toString());
        same("ip.dst", packet.first("ip.dst"), datagram.destination().toString());
        same("ip.ttl", packet.first("ip.ttl"), "" + datagram.ttl());
        same("udp.srcport", packet.first("udp.srcport"), "" + datagram.sourcePort());
        same("udp.dstport", packet.first("udp.dstport"), "" + datagram.destinationPort());
        boolean good = datagram.checksum() == Checksum.GOOD;
        same("udp.checksum.status", packet.first("udp.checksum.status"), good ? "1" : "0");
        String fragments = packet.first("ip.fragment.count");
        same("fragments", fragments.isEmpty() ? "1" : fragments, "" + datagram.fragments());
    }

    private Map<String, String> header() {
        int end = message.hasOptions() ? 240 : 236;
        String padding = Octets.of(Arrays.copyOfRange(bytes, 28 + message.hlen(), 44)).toString();
        OptionIndex index = message.index();
        int last = index.size() == 0 ? end : 0;
        for (int at = 0; at < index.size(); at++) {
            if (index.offset(at) >= end) {
                last = Math.max(last, index.offset(at) + index.length(at));
            }
        }
        int rest = Math.min(bytes.length, last + (index.endMissing() ? 0 : 1));
        return Map.ofEntries(
                Map.entry("dhcp.type", "" + message.op()),
                Map.entry("dhcp.hw.type", String.format("0x%02x", message.htype())),
                Map.entry("dhcp.hw.len", "" + message.hlen()),
                Map.entry("dhcp.hops", "" + message.hops()),
                Map.entry("dhcp.id", String.format("0x%08x", message.xid())),
                Map.entry("dhcp.secs", "" + message.secs()),
                Map.entry("dhcp.flags", String.format("0x%04x", message.flags())),
                Map.entry("dhcp.ip.client", message.ciaddr().toString()),
                Map.entry("dhcp.ip.your", message.yiaddr().toString()),
                Map.entry("dhcp.ip.server", message.siaddr().toString()),
                Map.entry("dhcp.ip.relay", message.giaddr().toString()),
                Map.entry("dhcp.hw.mac_addr", message.hardware().toString()),
                Map.entry("dhcp.hw.addr", message.hardware().toString()),
                Map.entry("dhcp.client_address_not_given", ""),
                Map.entry("dhcp.hw.addr_padding", padding),
                Map.entry("dhcp.server", text(message.sname())),
                Map.entry("dhcp.file", text(message.file())),
                Map.entry("dhcp.cookie", "99.130.83.99"),
                Map.entry("dhcp.bootp", message.typeCode() > 0 ? "0" : "1"),
                Map.entry("dhcp.vendor_specific_options", behindHeader()),
                Map.entry(
                        "dhcp.option.padding",
                        Octets.of(Arrays.copyOfRange(bytes, rest, bytes.length)).toString()));
    }

    /** The 64 bytes that BOOTP leaves to the vendor (RFC 951 §3). */
    private String behindHeader() {
        int from = Math.min(Message.HEADER_BYTES, bytes.length);
        int to = Math.min(from + 64, bytes.length);
        return Octets.of(Arrays.copyOfRange(bytes, from, to)).toString();
    }

    private static String text(byte[] field) {
        int length = 0;
        while (length < field.length && field[length] != 0) {
            length++;
        }
        return new String(field, 0, length, StandardCharsets.ISO_8859_1);
    }

    private void options(List<Pdml.Tree> options) {
        OptionIndex index = message.index();
        List<OptionView> views = OptionViews.of(message, OptionRegistry.STANDARD);
        BitSet met = new BitSet();
        for (Pdml.Tree option : options) {
            option(option, index, views, met);
            // Those of file and sname, which tshark has within option 52.
            for (Pdml.Tree within : option.all("dhcp.option.type")) {
                option(within, index, views, met);
            }
        }
        same("number of options", "" + met.cardinality(), "" + index.size());
    }

    private void option(Pdml.Tree option, OptionIndex index, List<OptionView> views, BitSet met) {
        boolean end = option.within().stream().anyMatch(f -> f.name().equals("dhcp.option.end"));
        int code = Integer.parseInt(option.show());
        if (end || code == OptionCode.PAD) {
            return;
        }
        String found =
                option.all("dhcp.option.value").stream()
                        .findFirst()
                        .map(Pdml.Tree::value)
                        .orElse("");
        int at = place(code, found, index, met);
        if (at < 0 && index.overloadMalformed()) {
            differ("option " + code + " of a field that 52 might mean", "read", "not read");
            return;
        }
        if (at < 0) {
            // One that runs past the end: tshark shows that it is there, we say what is wrong.
            same("option " + code + " is truncated", "true", "" + index.isTruncated(code));
            return;
        }
        met.set(at);
        same(
                "option " + code + " length",
                option.first("dhcp.option.length"),
                "" + index.length(at));
        views.stream()
                .filter(view -> view.code() == code)
                .findFirst()
                .ifPresent(view -> leaves(view, option.within(), "option " + code + " "));
    }

    /** The first option with a code and these bytes that was not met yet; -1 for none. */
    private int place(int code, String hex, OptionIndex index, BitSet met) {
        byte[] wanted = HexFormat.of().parseHex(hex);
        for (int at = met.nextClearBit(0); at < index.size(); at = met.nextClearBit(at + 1)) {
            int from = index.offset(at);
            int to = from + index.length(at);
            if (index.code(at) == code
                    && Arrays.equals(bytes, from, to, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }

    /** Everything that tshark finds within an option is among what we find there. */
    private void leaves(OptionView view, List<Pdml.Tree> fields, String path) {
        Set<String> ours =
                wordsOf.computeIfAbsent(
                        view.code(),
                        any -> {
                            Set<String> words = new TreeSet<>();
                            words(view, words);
                            return words;
                        });
        for (Pdml.Tree field : fields) {
            String name = field.name();
            if (name.equals("dhcp.option.type")) {
                continue;
            }
            boolean known =
                    isOpinion(field)
                            || name.equals("dhcp.option.length")
                            || name.equals("dhcp.option.value");
            if (!known) {
                compared++;
                if (!ours.contains(plain(field.show())) && !bytes(view, field.show())) {
                    differ(path + name, field.show(), view.value());
                }
            }
            leaves(view, field.within(), path);
        }
    }

    private static boolean bytes(OptionView view, String show) {
        return show.matches("[0-9a-f]{2}(:[0-9a-f]{2})*")
                && view.octets().toString().contains(show);
    }

    /** A hexadecimal number as a decimal one; a name without its last dot. */
    private static String plain(String show) {
        if (show.matches("0x[0-9a-f]{1,8}")) {
            return "" + Long.decode(show);
        }
        return show.endsWith(".") ? show.substring(0, show.length() - 1) : show;
    }

    private static void words(OptionView view, Set<String> words) {
        words.add("" + view.code());
        words.add("" + view.octets().length());
        for (String text : List.of(view.value(), view.meaning().replace("\"", ""))) {
            words.add(plain(text));
            words.add(text.equals("true") ? "1" : text.equals("false") ? "0" : text);
            for (String item : text.split(", ", -1)) {
                words.add(plain(item));
                for (String word : item.split("[ /]", -1)) {
                    words.add(plain(word));
                }
            }
        }
        special(view, words);
        view.parts().forEach(part -> words(part, words));
    }

    /** What tshark takes apart, and we write as one. */
    private static void special(OptionView view, Set<String> words) {
        byte[] bytes = view.octets().toBytes();
        switch (view.name()) {
            case "dhcp-client-identifier" -> clientId(bytes, words);
            case "sip-servers", "discovery-control" ->
                    words.add(bytes.length == 0 ? "" : "" + (bytes[0] & 0xff));
            case "fqdn" -> {
                int flags = bytes.length == 0 ? 0 : bytes[0] & 0xff;
                for (int bit = 0; bit < 4; bit++) {
                    words.add("" + (flags >> bit & 1));
                }
                words.add("" + (flags >> 4));
            }
            case "user-class" -> {
                String[] classes = view.value().split(", ", -1);
                for (int i = 0; i < classes.length; i++) {
                    words.add("" + i);
                    words.add("" + classes[i].length());
                    words.add(classes[i].replaceFirst("^bare:", ""));
                }
            }
            case "vivco-suboptions", "vivso-suboptions" -> {
                for (String data : view.value().split(", ", -1)) {
                    words.add("" + (data.replaceFirst("^[0-9]+ ", "").length() + 1) / 3);
                }
            }
            case "uuid-guid" -> words.add(uuid(bytes));
            default -> {}
        }
        if (view.name().equals("discovery-control") && bytes.length > 0) {
            for (int bit = 0; bit < 4; bit++) {
                words.add("" + (bytes[0] >> bit & 1));
            }
        }
        if (view.code() == 43 && bytes.length > 0) {
            words.add("" + (bytes[bytes.length - 1] & 0xff));
        }
    }

    /** A type and what follows: text (type 0), or an IAID and a DUID-LL (RFC 4361 §6.1). */
    private static void clientId(byte[] bytes, Set<String> words) {
        words.add(bytes.length == 0 ? "" : "" + (bytes[0] & 0xff));
        if (bytes.length > 1 && bytes[0] == 0) {
            words.add(new String(bytes, 1, bytes.length - 1, StandardCharsets.ISO_8859_1));
        }
        if (bytes.length > 9 && bytes[0] == (byte) 0xff) {
            HexFormat hex = HexFormat.of();
            words.add(hex.formatHex(bytes, 1, 5));
            words.add("" + ((bytes[5] & 0xff) << 8 | bytes[6] & 0xff));
            words.add("" + ((bytes[7] & 0xff) << 8 | bytes[8] & 0xff));
            words.add(hex.formatHex(bytes, 9, bytes.length));
        }
    }

    /** RFC 4578 §2.3 leaves the order open; as the machine's firmware shows it. */
    private static String uuid(byte[] bytes) {
        if (bytes.length != 17) {
            return "";
        }
        String hex = HexFormat.of().formatHex(bytes, 1, 17);
        return hex.substring(6, 8)
                + hex.substring(4, 6)
                + hex.substring(2, 4)
                + hex.substring(0, 2)
                + "-"
                + hex.substring(10, 12)
                + hex.substring(8, 10)
                + "-"
                + hex.substring(14, 16)
                + hex.substring(12, 14)
                + "-"
                + hex.substring(16, 20)
                + "-"
                + hex.substring(20);
    }

    private void same(String field, String tshark, String ours) {
        compared++;
        if (!tshark.equals(ours)) {
            differ(field, tshark, ours);
        }
    }

    private void differ(String field, String tshark, String ours) {
        differences.add(field + ": tshark " + cut(tshark) + ", here " + cut(ours));
    }

    private static String cut(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "..." : text;
    }
}
