package io.leasehold.protocol.wire;

/** Options whose value is all of its bytes. */
final class RestTypes {
    static final OptionType<Octets> OCTETS = new OctetsType();
    static final OptionType<Text> TEXT = new TextType();
    static final OptionType<Boolean> FLAG = new FlagType();

    private RestTypes() {}

    private static final class OctetsType implements OptionType<Octets> {
        @Override
        public Field<Octets> decode(byte[] bytes) {
            return Field.present(Octets.of(bytes));
        }

        @Override
        public byte[] encode(Octets value) {
            return value.toBytes();
        }

        @Override
        public Octets parse(String text) {
            String pairs = text.trim();
            return Octets.parseHex(pairs.startsWith("0x") ? pairs.substring(2) : pairs);
        }

        @Override
        public String format(Octets value) {
            return value.toString();
        }

        @Override
        public String description() {
            return "hexadecimal pairs such as 01:52:54";
        }
    }

    /** RFC 2132 gives each of its strings a minimum length of one. */
    private static final class TextType implements OptionType<Text> {
        @Override
        public Field<Text> decode(byte[] bytes) {
            return bytes.length == 0
                    ? Spelling.malformed(bytes, description())
                    : Field.present(new Text(Octets.of(bytes)));
        }

        @Override
        public byte[] encode(Text value) {
            return value.octets().toBytes();
        }

        @Override
        public Text parse(String text) {
            Text value = Text.parse(text);
            if (value.octets().length() == 0) {
                throw Spelling.unexpected(text, description());
            }
            return value;
        }

        @Override
        public String format(Text value) {
            return value.toString();
        }

        @Override
        public String description() {
            return "a text of at least one character";
        }
    }

    /** An option that says all by being there (RFC 4039 §4). */
    private static final class FlagType implements OptionType<Boolean> {
        @Override
        public Field<Boolean> decode(byte[] bytes) {
            return bytes.length == 0
                    ? Field.present(Boolean.TRUE)
                    : Spelling.malformed(bytes, "an option without a value");
        }

        @Override
        public byte[] encode(Boolean value) {
            if (!value) {
                throw new IllegalArgumentException("a flag that is off is not sent");
            }
            return new byte[0];
        }

        @Override
        public Boolean parse(String text) {
            if (!text.trim().isEmpty() && !NumberParts.BOOLEAN.parse(text.trim())) {
                throw Spelling.unexpected(text, "true; leave the option out to turn it off");
            }
            return Boolean.TRUE;
        }

        @Override
        public String format(Boolean value) {
            return "true";
        }

        @Override
        public String description() {
            return "true (the option has no value)";
        }
    }
}
