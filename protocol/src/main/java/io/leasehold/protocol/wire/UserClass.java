package io.leasehold.protocol.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The user class option, 77. RFC 3004 §4 has a row of classes with a length before each; many
 * clients send one bare string instead, iPXE among them. Bytes that are not a row of lengths and
 * classes to their last one are taken for a bare string.
 *
 * @param classes at least one, none of them empty
 * @param framed true in the form of RFC 3004, false for a bare string, which is one class
 */
public record UserClass(List<Text> classes, boolean framed) {
    private static final String BARE = "bare:";

    static final OptionType<UserClass> TYPE = new UserClassType();

    public UserClass {
        classes = List.copyOf(classes);
        if (classes.isEmpty() || !framed && classes.size() > 1) {
            throw new IllegalArgumentException(classes.size() + " classes, framed: " + framed);
        }
    }

    /** {@code phones, floor-2}; a bare string has {@code bare:} before it. */
    @Override
    public String toString() {
        if (!framed) {
            return BARE + classes.get(0);
        }
        StringBuilder text = new StringBuilder();
        for (Text item : classes) {
            String spelled = item.item();
            text.append(text.length() == 0 ? "" : ", ");
            text.append(spelled.startsWith(BARE) ? "hex:" + item.octets() : spelled);
        }
        return text.toString();
    }

    private static final class UserClassType implements OptionType<UserClass> {
        @Override
        public Field<UserClass> decode(byte[] bytes) {
            if (bytes.length == 0) {
                return Spelling.malformed(bytes, description());
            }
            List<Text> classes = framed(new Cursor(bytes));
            return Field.present(
                    classes == null
                            ? new UserClass(List.of(new Text(Octets.of(bytes))), false)
                            : new UserClass(classes, true));
        }

        private static @Nullable List<Text> framed(Cursor cursor) {
            List<Text> classes = new ArrayList<>();
            while (cursor.remaining() > 0) {
                int length = cursor.u8();
                byte[] bytes = cursor.bytes(length);
                if (length == 0 || cursor.overrun()) {
                    return null;
                }
                classes.add(new Text(Octets.of(bytes)));
            }
            return classes;
        }

        @Override
        public byte[] encode(UserClass value) {
            OctetWriter out = new OctetWriter();
            for (Text item : value.classes()) {
                if (value.framed()) {
                    out.u8(item.octets().length());
                }
                out.octets(item.octets());
            }
            return out.toBytes();
        }

        @Override
        public UserClass parse(String text) {
            if (text.startsWith(BARE) && text.length() > BARE.length()) {
                return new UserClass(List.of(Text.parse(text.substring(BARE.length()))), false);
            }
            List<Text> classes = new ArrayList<>();
            for (String item : Spelling.items(text)) {
                Text value = Text.parse(item);
                if (value.octets().length() == 0 || value.octets().length() > 255) {
                    throw Spelling.unexpected(item, "a user class of 1 to 255 bytes");
                }
                classes.add(value);
            }
            if (classes.isEmpty()) {
                throw Spelling.unexpected(text, description());
            }
            return new UserClass(classes, true);
        }

        @Override
        public String format(UserClass value) {
            return value.toString();
        }

        @Override
        public String description() {
            return "a list of user classes";
        }
    }
}
