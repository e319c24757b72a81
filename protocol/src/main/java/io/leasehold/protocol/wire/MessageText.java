package io.leasehold.protocol.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message as people read it: every field of the header and every option, by name and with its
 * value in the spelling of configuration files, and what is wrong with it. No value holds what a
 * terminal might obey, whatever a stranger sent.
 */
public final class MessageText {
    private static final int NAME_COLUMN_MAX = 34;
    private static final int BROADCAST_FLAG = 0x8000;

    private final Message message;
    private final OptionRegistry registry;
    private final List<Line> lines = new ArrayList<>();

    /**
     * One field or option.
     *
     * @param name as the RFCs call the field, or as the registry calls the option
     * @param code the option's code; -1 for a field of the header, and for what is said of the
     *     message as a whole
     * @param value what it holds; several instances of an option are one value (RFC 3396)
     */
    public record Line(String name, int code, String value) {
        /** True for a field of the header, or what is said of the whole. */
        public boolean isHeader() {
            return code < 0;
        }

        /** The name, with the code in parentheses where it is an option. */
        public String label() {
            return isHeader() ? name : name + " (" + code + ")";
        }
    }

    private MessageText(Message message, OptionRegistry registry) {
        this.message = message;
        this.registry = registry;
    }

    /** All there is to say of a message, in the order of its bytes; flaws last. */
    public static List<Line> lines(Message message) {
        return lines(message, OptionRegistry.STANDARD);
    }

    /** As {@link #lines(Message)}, with options of the caller's own. */
    public static List<Line> lines(Message message, OptionRegistry registry) {
        MessageText text = new MessageText(message, registry);
        text.header();
        text.options();
        flaws(message).forEach(each -> text.add("flaw", each));
        return List.copyOf(text.lines);
    }

    /** The lines below each other, indented by two, values in a column; ends with a line break. */
    public static String of(Message message) {
        List<Line> lines = lines(message);
        int column = 0;
        for (Line line : lines) {
            column = Math.max(column, Math.min(line.label().length(), NAME_COLUMN_MAX));
        }
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            String label = line.label();
            text.append("  ").append(label);
            if (!line.value().isEmpty()) {
                text.append(" ".repeat(Math.max(0, column - label.length()) + 2));
                text.append(line.value());
            }
            text.append('\n');
        }
        return text.toString();
    }

    private void add(String name, String value) {
        lines.add(new Line(name, -1, value));
    }

    private void header() {
        int op = message.op();
        String direction = op == Message.BOOTREQUEST ? " (request)" : " (reply)";
        add("op", op + (op == 1 || op == 2 ? direction : ""));
        add("htype", message.htype() + (message.htype() == 1 ? " (Ethernet)" : ""));
        add("hlen", Integer.toString(message.hlen()));
        add("hops", Integer.toString(message.hops()));
        add("xid", "0x" + Octets.of(word(message.xid())).toString().replace(":", ""));
        add("secs", Integer.toString(message.secs()));
        String flags = Integer.toHexString(0x10000 | message.flags()).substring(1);
        add(
                "flags",
                "0x" + flags + ((message.flags() & BROADCAST_FLAG) != 0 ? " (broadcast)" : ""));
        add("ciaddr", message.ciaddr().toString());
        add("yiaddr", message.yiaddr().toString());
        add("siaddr", message.siaddr().toString());
        add("giaddr", message.giaddr().toString());
        add("chaddr", hardware());
        add("sname", (message.index().overload() & 2) != 0 ? "(options)" : text(message.sname()));
        add("file", (message.index().overload() & 1) != 0 ? "(options)" : text(message.file()));
    }

    private static byte[] word(int value) {
        return new byte[] {
            (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
        };
    }

    /** What lies in chaddr behind hlen is shown where there is anything. */
    private String hardware() {
        byte[] chaddr = message.chaddr();
        boolean more = false;
        for (int i = message.hlen(); i < chaddr.length; i++) {
            more |= chaddr[i] != 0;
        }
        return message.hardware() + (more ? ", in full " + Octets.of(chaddr) : "");
    }

    /** A field of the header as text up to its first NUL; as bytes where more stands behind. */
    private static String text(byte[] field) {
        int end = 0;
        while (end < field.length && field[end] != 0) {
            end++;
        }
        int last = field.length;
        while (last > end && field[last - 1] == 0) {
            last--;
        }
        byte[] shown = new byte[last];
        System.arraycopy(field, 0, shown, 0, last);
        Text spelled = new Text(Octets.of(shown));
        return shown.length == 0 ? "" : spelled.toString();
    }

    private void options() {
        OptionIndex index = message.index();
        boolean[] seen = new boolean[256];
        for (int at = 0; at < index.size(); at++) {
            int code = index.code(at);
            // Once for each code: a datagram has room for 32,000 empty instances of one option.
            byte[] value = seen[code] ? null : message.raw(code);
            if (value == null) {
                continue;
            }
            seen[code] = true;
            Option<?> option = registry.byCode(code);
            lines.add(new Line(option.name(), code, spelled(option, value)));
        }
    }

    private String spelled(Option<?> option, byte[] value) {
        if (option.type().decode(value) instanceof Field.Malformed<?> malformed) {
            String bytes = value.length == 0 ? "no bytes" : Octets.of(value).toString();
            return bytes + " (malformed: " + malformed.why() + ")";
        }
        String text = option.spell(value);
        return switch (option.code()) {
            case OptionCode.MESSAGE_TYPE -> {
                MessageType type = MessageType.of(message.typeCode());
                yield text + (type == null ? "" : " (" + type + ")");
            }
            case OptionCode.PARAMETER_LIST -> text + names(value);
            case OptionCode.RELAY_AGENT_INFORMATION -> agent(value);
            default -> text;
        };
    }

    private String names(byte[] codes) {
        StringBuilder text = new StringBuilder(" (");
        for (int i = 0; i < codes.length; i++) {
            int code = codes[i] & 0xff;
            boolean named = registry.defines(code);
            text.append(i == 0 ? "" : ", ").append(named ? registry.byCode(code).name() : code);
        }
        return text.append(')').toString();
    }

    private static String agent(byte[] value) {
        StringBuilder text = new StringBuilder();
        SubOptions all = OptionTypes.SUB_OPTIONS.decode(value).or(SubOptions.EMPTY);
        for (SubOptions.Entry entry : all.entries()) {
            text.append(text.isEmpty() ? "" : ", ").append(entry);
            byte[] octets = entry.value().toBytes();
            boolean readable = octets.length > 0;
            for (byte each : octets) {
                readable &= each >= ' ' && each < 0x7f;
            }
            if (readable) {
                text.append(" \"");
                text.append(new String(octets, StandardCharsets.US_ASCII)).append('"');
            }
        }
        return text.toString();
    }

    /** What is wrong with how the options lie; nothing with most messages. */
    public static List<String> flaws(Message message) {
        OptionIndex index = message.index();
        if (!message.hasOptions()) {
            return List.of(withoutOptions(message));
        }
        List<String> flaws = new ArrayList<>();
        if (index.truncatedCode() >= 0) {
            flaws.add(
                    "option "
                            + index.truncatedCode()
                            + " at byte "
                            + index.truncatedOffset()
                            + " runs past its end");
        }
        if (index.endMissing()) {
            flaws.add("the options have no END");
        }
        if (index.overloadMalformed()) {
            flaws.add("option 52 is not one byte of 1, 2 or 3, and was ignored");
        }
        if (index.overloadNested()) {
            flaws.add("option 52 lies within a field that it made room in, and was ignored");
        }
        return flaws;
    }

    private static String withoutOptions(Message message) {
        Cursor vendorArea =
                new Cursor(
                        message.bytes(),
                        Message.HEADER_BYTES,
                        message.length() - Message.HEADER_BYTES);
        Octets found = Octets.of(vendorArea.bytes(4));
        return found.length() == 0
                ? "no options: it ends with its header"
                : "no magic cookie but " + found + ", so no options are read (BOOTP)";
    }
}
