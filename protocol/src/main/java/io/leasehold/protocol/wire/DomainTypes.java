package io.leasehold.protocol.wire;

import org.jspecify.annotations.Nullable;

/** Domain names in the form of RFC 1035, alone and in lists. */
final class DomainTypes {
    static final Part<DomainName> NAME = new NamePart();
    static final OptionType<DomainList> PLAIN_LIST = new DomainListType(false);
    static final OptionType<DomainList> COMPRESSED_LIST = new DomainListType(true);

    private DomainTypes() {}

    private static final class NamePart extends Part<DomainName> {
        NamePart() {
            super("a domain name", "domain names");
        }

        @Override
        @Nullable DomainName read(Cursor cursor) {
            return DomainName.read(cursor);
        }

        @Override
        void write(OctetWriter out, DomainName value) {
            out.bytes(value.toWire());
        }

        @Override
        DomainName parse(String text) {
            if (text.isEmpty()) {
                throw Spelling.unexpected(text, "a domain name such as lab.example");
            }
            return DomainName.parse(text);
        }
    }

    /** Compression is understood in every list, and written only where its RFC has it. */
    private static final class DomainListType implements OptionType<DomainList> {
        private final boolean compressed;

        DomainListType(boolean compressed) {
            this.compressed = compressed;
        }

        @Override
        public Field<DomainList> decode(byte[] bytes) {
            DomainList value = bytes.length == 0 ? null : DomainList.read(bytes);
            return value == null ? Spelling.malformed(bytes, description()) : Field.present(value);
        }

        @Override
        public byte[] encode(DomainList value) {
            return value.encode(compressed);
        }

        @Override
        public DomainList parse(String text) {
            DomainList value = DomainList.parse(text);
            if (value.names().isEmpty()) {
                throw Spelling.unexpected(text, description());
            }
            return value;
        }

        @Override
        public String format(DomainList value) {
            return value.toString();
        }

        @Override
        public String description() {
            return "a list of domain names";
        }
    }
}
