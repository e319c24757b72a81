package io.leasehold.protocol.wire;

import org.jspecify.annotations.Nullable;

/**
 * The client FQDN option, 81 (RFC 4702 §2).
 *
 * @param flags the whole octet, reserved bits included
 * @param rcode1 0 to 255; means nothing since RFC 4702
 * @param rcode2 0 to 255; means nothing since RFC 4702
 * @param encodedName the name as it is on the wire: labels where {@link #WIRE_FORMAT} is set, else
 *     ASCII with dots
 */
public record ClientFqdn(int flags, int rcode1, int rcode2, Octets encodedName) {
    /** S: the server is to update the A record. */
    public static final int SERVER_UPDATES = 1;

    /** O: the server has overridden S. */
    public static final int OVERRIDDEN = 2;

    /** E: the name is in the form of RFC 1035. */
    public static final int WIRE_FORMAT = 4;

    /** N: the server is to make no update. */
    public static final int NO_UPDATE = 8;

    static final Part<ClientFqdn> PART = new FqdnPart();

    public ClientFqdn {
        if (decode(flags, encodedName) == null) {
            throw new IllegalArgumentException(encodedName + " is not a domain name");
        }
    }

    /** With the name in the form that the flags say. */
    public static ClientFqdn of(int flags, int rcode1, int rcode2, DomainName name) {
        byte[] bytes = (flags & WIRE_FORMAT) != 0 ? name.toWire() : name.toAscii();
        return new ClientFqdn(flags, rcode1, rcode2, Octets.of(bytes));
    }

    /** The name: partial where it does not end at the root, empty where the server is to choose. */
    public DomainName name() {
        DomainName name = decode(flags, encodedName);
        if (name == null) {
            throw new IllegalStateException("a name that was checked cannot be read");
        }
        return name;
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private static @Nullable DomainName decode(int flags, Octets encoded) {
        byte[] bytes = encoded.toBytes();
        return (flags & WIRE_FORMAT) != 0
                ? DomainName.readPartial(bytes)
                : DomainName.readAscii(bytes);
    }

    /** {@code 5 0 0 host.lab.example.}: flags, both codes, and the name, with a dot at the root. */
    @Override
    public String toString() {
        DomainName name = name();
        String dot = name.absolute() && !name.isEmpty() ? "." : "";
        return (flags + " " + rcode1 + " " + rcode2 + " " + name + dot).trim();
    }

    private static final class FqdnPart extends Part<ClientFqdn> {
        private static final String FORM =
                "flags, two codes and a domain name such as 5 0 0 host.lab.example.";

        FqdnPart() {
            super("a client FQDN", "client FQDNs");
        }

        @Override
        @Nullable ClientFqdn read(Cursor cursor) {
            int flags = cursor.u8();
            int rcode1 = cursor.u8();
            int rcode2 = cursor.u8();
            Octets name = Octets.of(cursor.rest());
            return decode(flags, name) == null ? null : new ClientFqdn(flags, rcode1, rcode2, name);
        }

        @Override
        void write(OctetWriter out, ClientFqdn value) {
            out.u8(value.flags()).u8(value.rcode1()).u8(value.rcode2());
            out.octets(value.encodedName());
        }

        @Override
        ClientFqdn parse(String text) {
            Words words = new Words(text, FORM);
            return ClientFqdn.of(
                    words.number(255),
                    words.number(255),
                    words.number(255),
                    DomainName.parsePartial(words.rest()));
        }
    }
}
