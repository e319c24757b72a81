package io.leasehold.protocol.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What has to hold for every message that parses, whatever its bytes are. */
final class CodecInvariants {
    private static final int[] LIMITS = {241, 300, 548, 1472, 65_507};
    private static final int VALUES_MAX = 3;
    private static final int VALUE_BYTES_MAX = 600;

    private CodecInvariants() {}

    /** What does not hold; nothing for a codec without faults. */
    static List<String> broken(Message message) {
        List<String> broken = new ArrayList<>();
        if (message.hardware().length() != message.hlen()) {
            broken.add("hardware address of " + message.hardware().length() + " bytes");
        }
        checkIndex(message, broken);
        checkValues(message, broken);
        for (int limit : LIMITS) {
            checkRebuilt(message, limit, broken);
        }
        Message reply = MessageBuilder.reply(message).build();
        if (reply.op() != Message.BOOTREPLY
                || reply.xid() != message.xid()
                || !Arrays.equals(reply.chaddr(), message.chaddr())
                || !reply.hardware().equals(message.hardware())) {
            broken.add("a reply that is not for its request: " + reply);
        }
        return broken;
    }

    private static void checkIndex(Message message, List<String> broken) {
        OptionIndex index = message.index();
        int[] totals = new int[256];
        Arrays.fill(totals, -1);
        for (int at = 0; at < index.size(); at++) {
            int code = index.code(at);
            totals[code] = Math.max(totals[code], 0) + index.length(at);
            if (code == OptionCode.PAD
                    || code == OptionCode.END
                    || index.offset(at) + index.length(at) > message.length()) {
                broken.add("place " + at + " of the index");
            }
        }
        for (int code = 0; code < 256; code++) {
            if (message.has(code) != (totals[code] >= 0)) {
                broken.add("presence of option " + code);
            }
            byte[] raw = totals[code] < 0 ? null : message.raw(code);
            if (raw != null && raw.length != totals[code]) {
                broken.add("length of option " + code);
            }
        }
    }

    /** Reads every option as its own type, and a value of the message as every type there is. */
    private static void checkValues(Message message, List<String> broken) {
        boolean[] codes = codes(message.index());
        for (int code = 1; code < OptionCode.END; code++) {
            if (codes[code]) {
                Option<?> option = OptionRegistry.STANDARD.byCode(code);
                if (message.get(option) instanceof Field.Absent) {
                    broken.add("option " + code + " is there and absent");
                }
            }
        }
        OptionIndex index = message.index();
        for (int at = 0; at < Math.min(index.size(), VALUES_MAX); at++) {
            byte[] value = message.raw(index.code(at));
            if (value != null && value.length <= VALUE_BYTES_MAX) {
                for (Option<?> option : OptionRegistry.STANDARD.all()) {
                    checkValue(option, value, broken);
                }
            }
        }
    }

    /**
     * What is decoded is encoded to the same bytes. Its spelling can be read, and is spelled so
     * again; it does not tell of bits that mean nothing, such as those behind a route's prefix.
     */
    static <T> void checkValue(Option<T> option, byte[] bytes, List<String> broken) {
        if (option.type().decode(bytes) instanceof Field.Present<T> present) {
            T value = present.value();
            if (!Arrays.equals(option.type().encode(value), bytes)) {
                broken.add(option.name() + " of " + Octets.of(bytes) + " is encoded otherwise");
            }
            String text = option.type().format(value);
            try {
                String again = option.type().format(option.type().parse(text));
                if (!again.equals(text)) {
                    broken.add(option.name() + " is spelled " + text + ", then " + again);
                }
            } catch (IllegalArgumentException e) {
                broken.add(option.name() + " of " + Octets.of(bytes) + " is spelled " + e);
            }
        }
    }

    private static void checkRebuilt(Message message, int limit, List<String> broken) {
        MessageBuilder builder = MessageBuilder.copyOf(message);
        Message rebuilt = builder.build(limit);
        if (rebuilt.length() > limit) {
            broken.add(rebuilt.length() + " bytes within " + limit);
        }
        if (!message.hasOptions()) {
            return;
        }
        OptionIndex index = rebuilt.index();
        if (index.truncatedCode() >= 0
                || index.endMissing()
                || index.overloadMalformed()
                || index.overloadNested()) {
            broken.add("a flaw in what was built within " + limit);
        }
        List<Integer> omitted = builder.omitted();
        boolean[] given = codes(message.index());
        boolean[] written = codes(index);
        for (int code = 0; code < 256; code++) {
            if (code == OptionCode.OVERLOAD || (!given[code] && !written[code])) {
                continue;
            }
            byte[] expected = omitted.contains(code) ? null : message.raw(code);
            if (!Arrays.equals(expected, rebuilt.raw(code))) {
                broken.add("option " + code + " built within " + limit);
            }
        }
        boolean whole = limit == 65_507 && omitted.isEmpty();
        if (whole && !MessageBuilder.copyOf(rebuilt).build().equals(rebuilt)) {
            broken.add("a copy of a copy is different");
        }
    }

    private static boolean[] codes(OptionIndex index) {
        boolean[] codes = new boolean[256];
        for (int at = 0; at < index.size(); at++) {
            codes[index.code(at)] = true;
        }
        return codes;
    }
}
