package io.leasehold.app.text;

import io.leasehold.app.Printable;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageText;
import io.leasehold.protocol.wire.OptionRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A message in full: every field of its header, every option with its name and its value. */
public final class MessageLines {
    private static final int SNAME_OVERLOADED = 2;
    private static final int FILE_OVERLOADED = 1;

    private MessageLines() {}

    /**
     * Lines without an end of line, each fit for a terminal.
     *
     * @param registry names and types of the options
     */
    public static List<String> lines(Message message, OptionRegistry registry) {
        List<String> lines = new ArrayList<>();
        lines.add(field("op", message.op() + " (" + MessageNames.op(message.op()) + ")"));
        String hardware = MessageNames.hardware(message.htype());
        lines.add(
                field("htype", message.htype() + (hardware == null ? "" : " (" + hardware + ")")));
        lines.add(field("hlen", message.hlen()));
        lines.add(field("hops", message.hops()));
        lines.add(field("xid", xid(message)));
        lines.add(field("secs", message.secs()));
        lines.add(
                field(
                        "flags",
                        String.format("0x%04x", message.flags())
                                + (message.broadcast() ? " (broadcast)" : "")));
        lines.add(field("ciaddr", message.ciaddr()));
        lines.add(field("yiaddr", message.yiaddr()));
        lines.add(field("siaddr", message.siaddr()));
        lines.add(field("giaddr", message.giaddr()));
        lines.add(field("chaddr", message.hardware()));
        int overload = message.index().overload();
        lines.add(field("sname", text(message.sname(), (overload & SNAME_OVERLOADED) != 0)));
        lines.add(field("file", text(message.file(), (overload & FILE_OVERLOADED) != 0)));
        for (OptionView view : OptionViews.of(message, registry)) {
            add(lines, "  ", view);
        }
        for (String flaw : MessageText.flaws(message)) {
            lines.add("  ! " + flaw);
        }
        return lines;
    }

    /** The transaction id, eight hexadecimal digits. */
    public static String xid(Message message) {
        return String.format("%08x", message.xid());
    }

    private static String field(String name, Object value) {
        return String.format("  %-6s %s", name, value);
    }

    /** A field of the header up to its first NUL; hexadecimal where it holds something else. */
    static String text(byte[] field, boolean options) {
        if (options) {
            return "(options)";
        }
        int length = 0;
        while (length < field.length && field[length] != 0) {
            length++;
        }
        return length == 0
                ? "-"
                : Printable.quoted(new String(field, 0, length, StandardCharsets.ISO_8859_1));
    }

    private static void add(List<String> lines, String indent, OptionView view) {
        String value = view.value().isEmpty() ? "(no value)" : view.value();
        lines.add(
                indent
                        + String.format("%3d ", view.code())
                        + view.name()
                        + ": "
                        + value
                        + (view.meaning().isEmpty() ? "" : " (" + view.meaning() + ")")
                        + (view.problem().isEmpty() ? "" : "  ! malformed: " + view.problem()));
        for (OptionView part : view.parts()) {
            add(lines, indent + "      ", part);
        }
    }
}
