package io.leasehold.protocol.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DNS resolvers with more about them than an address. */
public final class Resolver {
    static final Part<Selection> SELECTION = new SelectionPart();
    static final Part<Encrypted> ENCRYPTED = new EncryptedPart();

    private Resolver() {}

    /**
     * Which resolvers know which domains, option 146 (RFC 6731 §4.3).
     *
     * @param preference the whole octet; its lowest two bits are the preference
     * @param primary a resolver
     * @param secondary another; 0.0.0.0 where there is none
     * @param domains the domains and networks that they know; may be empty
     */
    public record Selection(
            int preference, Ip4Address primary, Ip4Address secondary, DomainList domains) {
        /** {@code 1 192.168.50.1 192.168.50.2 lab.example, example.net}. */
        @Override
        public String toString() {
            return (preference + " " + primary + " " + secondary + " " + domains).trim();
        }
    }

    /**
     * An encrypted resolver, one of those in option 162 (RFC 9463 §5.1).
     *
     * @param priority 0 to 65535, the lowest first
     * @param name the authentication domain name
     * @param addresses empty in the mode with a name alone
     * @param parameters service parameters as in RFC 9460 §2.2; empty where there are no addresses
     */
    public record Encrypted(
            int priority, DomainName name, List<Ip4Address> addresses, Octets parameters) {
        public Encrypted {
            addresses = List.copyOf(addresses);
            if (addresses.isEmpty() && parameters.length() > 0 || addresses.size() > 63) {
                throw new IllegalArgumentException(
                        addresses.size() + " addresses, " + parameters.length() + " bytes");
            }
        }

        /** {@code 1 dns.example 192.168.50.1 192.168.50.2 hex 00:01:00:03:02:68:32}. */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            text.append(priority).append(' ').append(name);
            for (Ip4Address address : addresses) {
                text.append(' ').append(address);
            }
            return parameters.length() == 0
                    ? text.toString()
                    : text.append(" hex ").append(parameters).toString();
        }
    }

    private static final class SelectionPart extends Part<Selection> {
        SelectionPart() {
            super("a resolver selection", "resolver selections");
        }

        @Override
        @Nullable Selection read(Cursor cursor) {
            int preference = cursor.u8();
            Ip4Address primary = cursor.address();
            Ip4Address secondary = cursor.address();
            DomainList domains = DomainList.read(cursor.rest());
            return domains == null ? null : new Selection(preference, primary, secondary, domains);
        }

        @Override
        void write(OctetWriter out, Selection value) {
            out.u8(value.preference()).address(value.primary()).address(value.secondary());
            out.bytes(value.domains().encode(false));
        }

        @Override
        Selection parse(String text) {
            Words words =
                    new Words(
                            text,
                            "a preference, two addresses and domains such as"
                                    + " 1 192.168.50.1 0.0.0.0 lab.example");
            return new Selection(
                    words.number(255),
                    words.address(),
                    words.address(),
                    DomainList.parse(words.rest()));
        }
    }

    private static final class EncryptedPart extends Part<Encrypted> {
        private static final int MAX_OCTETS = 0xffff;

        EncryptedPart() {
            super("an encrypted resolver", "encrypted resolvers");
        }

        @Override
        @Nullable Encrypted read(Cursor cursor) {
            Cursor instance = new Cursor(cursor.bytes(cursor.u16()));
            int priority = instance.u16();
            Cursor encodedName = new Cursor(instance.bytes(instance.u8()));
            DomainName name = DomainName.read(encodedName);
            if (name == null || encodedName.remaining() > 0 || instance.overrun()) {
                return null;
            }
            if (instance.remaining() == 0) {
                return new Encrypted(priority, name, List.of(), Octets.EMPTY);
            }
            int addressOctets = instance.u8();
            if (addressOctets == 0 || addressOctets % 4 != 0) {
                return null;
            }
            List<Ip4Address> addresses = new ArrayList<>();
            for (int i = 0; i < addressOctets / 4; i++) {
                addresses.add(instance.address());
            }
            Octets parameters = Octets.of(instance.rest());
            return instance.overrun() ? null : new Encrypted(priority, name, addresses, parameters);
        }

        @Override
        void write(OctetWriter out, Encrypted value) {
            byte[] name = value.name().toWire();
            OctetWriter instance = new OctetWriter();
            instance.u16(value.priority()).u8(name.length).bytes(name);
            if (!value.addresses().isEmpty()) {
                instance.u8(value.addresses().size() * 4);
                for (Ip4Address address : value.addresses()) {
                    instance.address(address);
                }
                instance.octets(value.parameters());
            }
            out.u16(instance.length()).bytes(instance.toBytes());
        }

        @Override
        Encrypted parse(String text) {
            Words words =
                    new Words(
                            text,
                            "a priority, a name, addresses and perhaps service parameters such as"
                                    + " 1 dns.example 192.168.50.1 hex 00:01:00:03:02:68:32");
            int priority = words.number(0xffff);
            DomainName name = DomainName.parse(words.next());
            List<Ip4Address> addresses = new ArrayList<>();
            Octets parameters = Octets.EMPTY;
            while (words.more()) {
                String word = words.next();
                if (word.equals("hex") && !addresses.isEmpty()) {
                    parameters = Octets.parseHex(words.next());
                    words.end(parameters);
                } else {
                    addresses.add(Ip4Address.parse(word));
                }
            }
            if (addresses.size() > 63 || parameters.length() > MAX_OCTETS - 1024) {
                throw words.wrong();
            }
            return new Encrypted(priority, name, addresses, parameters);
        }
    }
}
