package io.leasehold.app.text;

import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageText;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.OptionRegistry;
import io.leasehold.protocol.wire.ParseResult;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A message as JSON: every field of its header, every option. */
public final class MessageJson {
    private static final int FILE_OVERLOADED = 1;
    private static final int SNAME_OVERLOADED = 2;

    private MessageJson() {}

    /** An empty object. */
    public static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }

    /** Adds a datagram to an object: the message that it is, or why it is none. */
    public static void put(ObjectNode json, Octets datagram, ParseResult result) {
        json.put("bytes", datagram.length());
        switch (result) {
            case ParseResult.Parsed(Message message) -> put(json, message);
            case ParseResult.Malformed malformed -> {
                json.put("malformed", malformed.why().name().toLowerCase(Locale.ROOT));
                json.put("malformed-at", malformed.offset());
                json.put("hex", datagram.toString());
            }
        }
    }

    private static void put(ObjectNode json, Message message) {
        json.put("type", MessageNames.type(message));
        json.put("op", message.op());
        json.put("htype", message.htype());
        json.put("hlen", message.hlen());
        json.put("hops", message.hops());
        json.put("xid", MessageLines.xid(message));
        json.put("secs", message.secs());
        json.put("flags", message.flags());
        json.put("ciaddr", message.ciaddr().toString());
        json.put("yiaddr", message.yiaddr().toString());
        json.put("siaddr", message.siaddr().toString());
        json.put("giaddr", message.giaddr().toString());
        json.put("chaddr", message.hardware().toString());
        int overload = message.index().overload();
        json.put("sname", text(message.sname(), (overload & SNAME_OVERLOADED) != 0));
        json.put("file", text(message.file(), (overload & FILE_OVERLOADED) != 0));
        options(json.putArray("options"), OptionViews.of(message, OptionRegistry.STANDARD));
        List<String> flaws = MessageText.flaws(message);
        if (!flaws.isEmpty()) {
            ArrayNode array = json.putArray("flaws");
            flaws.forEach(array::add);
        }
    }

    /** A field up to its first NUL, a character for each byte; empty where it holds options. */
    private static String text(byte[] field, boolean options) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < field.length && field[i] != 0 && !options; i++) {
            text.append((char) (field[i] & 0xff));
        }
        return text.toString();
    }

    private static void options(ArrayNode array, List<OptionView> views) {
        for (OptionView view : views) {
            ObjectNode option = array.addObject();
            option.put("code", view.code());
            option.put("name", view.name());
            option.put("value", view.value());
            if (!view.meaning().isEmpty()) {
                option.put("meaning", view.meaning());
            }
            option.put("hex", hex(view.octets()));
            if (!view.problem().isEmpty()) {
                option.put("malformed", view.problem());
            }
            if (!view.parts().isEmpty()) {
                options(option.putArray("options"), view.parts());
            }
        }
    }

    private static String hex(Octets octets) {
        return octets.toString();
    }
}
