package io.leasehold.scratch;

import io.leasehold.protocol.wire.Field;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.Option;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.OptionIndex;
import io.leasehold.protocol.wire.OptionRegistry;
import io.leasehold.protocol.wire.ParseResult;
import java.io.IOException;

/**
 * Says of each datagram all that {@code protocol} makes of it: whether it is a message, what its
 * options are as every type there is, and how it is written again. So all of the room is in the C.
 */
public final class CodecProbe {
    private static final int[] LIMITS = {241, 300, 548, 1472, 65_507};
    private static final int VALUES_MAX = 4;
    private static final int VALUE_BYTES_MAX = 600;

    /** TeaVM's own start needs the class of this array, which is there only if it is made. */
    private static final String[] NO_ARGUMENTS = new String[0];

    private CodecProbe() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != NO_ARGUMENTS.length) {
            throw new IllegalArgumentException("the probe takes no arguments");
        }
        Records records = new Records();
        for (byte[] datagram = records.next(); datagram != null; datagram = records.next()) {
            switch (Message.parse(datagram)) {
                case ParseResult.Malformed malformed ->
                        records.put(malformed.why().name()).put32(malformed.offset());
                case ParseResult.Parsed parsed -> describe(parsed.message(), records);
            }
            records.send();
        }
    }

    private static void describe(Message message, Records records) {
        records.put(message.toString()).put(message.toBytes()).put8(message.typeCode());
        for (int limit : LIMITS) {
            MessageBuilder copy = MessageBuilder.copyOf(message);
            records.put(copy.build(limit).toBytes()).put(copy.omitted().toString());
        }
        records.put(MessageBuilder.reply(message).build().toBytes());
        OptionIndex index = message.index();
        records.put8(index.endMissing() ? 1 : 0)
                .put8(index.overloadMalformed() ? 1 : 0)
                .put8(index.overloadNested() ? 1 : 0)
                .put32(index.truncatedCode())
                .put32(index.truncatedOffset());
        int values = 0;
        for (int code = 1; code < OptionCode.END; code++) {
            describe(message.get(OptionRegistry.STANDARD.byCode(code)), records);
            byte[] value = message.raw(code);
            if (value != null && value.length <= VALUE_BYTES_MAX && values++ < VALUES_MAX) {
                for (Option<?> option : OptionRegistry.STANDARD.all()) {
                    describe(option, value, records);
                }
            }
        }
    }

    private static void describe(Field<?> field, Records records) {
        switch (field) {
            case Field.Absent<?> absent -> records.put8(0);
            case Field.Malformed<?> malformed -> records.put8(1).put(malformed.why());
            case Field.Present<?> present -> records.put8(2).put(present.value().toString());
        }
    }

    private static <T> void describe(Option<T> option, byte[] value, Records records) {
        if (option.type().decode(value) instanceof Field.Present<T> present) {
            String text = option.type().format(present.value());
            records.put(option.name()).put(option.type().encode(present.value())).put(text);
            try {
                records.put(option.type().encode(option.type().parse(text)));
            } catch (IllegalArgumentException e) {
                records.put(String.valueOf(e.getMessage()));
            }
        }
    }
}
