package io.leasehold.protocol.wire;

import org.jspecify.annotations.Nullable;

/** Addresses, pairs of them, routes. */
final class AddressParts {
    static final Part<Ip4Address> ADDRESS = new Address();
    static final Part<AddressPair> PAIR = new Pair();
    static final Part<Route> ROUTE = new RoutePart();
    static final Part<Ip6Address> IP6 = new Address6();

    private AddressParts() {}

    private static final class Address extends Part<Ip4Address> {
        Address() {
            super("an IPv4 address", "IPv4 addresses");
        }

        @Override
        Ip4Address read(Cursor cursor) {
            return cursor.address();
        }

        @Override
        void write(OctetWriter out, Ip4Address value) {
            out.address(value);
        }

        @Override
        Ip4Address parse(String text) {
            return Ip4Address.parse(text);
        }
    }

    private static final class Pair extends Part<AddressPair> {
        Pair() {
            super("a pair of IPv4 addresses", "pairs of IPv4 addresses");
        }

        @Override
        AddressPair read(Cursor cursor) {
            return new AddressPair(cursor.address(), cursor.address());
        }

        @Override
        void write(OctetWriter out, AddressPair value) {
            out.address(value.first()).address(value.second());
        }

        @Override
        AddressPair parse(String text) {
            Words words = new Words(text, "a pair of IPv4 addresses such as 10.1.1.1 192.168.50.1");
            return words.end(new AddressPair(words.address(), words.address()));
        }
    }

    /** RFC 3442: the prefix length, the significant octets of the destination, the router. */
    private static final class RoutePart extends Part<Route> {
        private static final String FORM = "a route such as 10.0.0.0/8 via 192.168.50.1";

        RoutePart() {
            super("a classless route", "classless routes");
        }

        @Override
        @Nullable Route read(Cursor cursor) {
            int prefixBits = cursor.u8();
            if (prefixBits > 32) {
                return null;
            }
            int bits = 0;
            int octets = Route.significantOctets(prefixBits);
            for (int i = 0; i < octets; i++) {
                bits |= cursor.u8() << 24 - i * 8;
            }
            return new Route(Ip4Address.of(bits), prefixBits, cursor.address());
        }

        @Override
        void write(OctetWriter out, Route value) {
            out.u8(value.prefixBits());
            int octets = Route.significantOctets(value.prefixBits());
            for (int i = 0; i < octets; i++) {
                out.u8(value.destination().bits() >>> 24 - i * 8 & 255);
            }
            out.address(value.router());
        }

        @Override
        Route parse(String text) {
            Words words = new Words(text, FORM);
            String destination = words.next();
            words.expect("via");
            Ip4Address router = words.address();
            if (destination.equals("default")) {
                return words.end(Route.to(Ip4Network.containing(Ip4Address.ZERO, 0), router));
            }
            return words.end(Route.to(Ip4Network.parse(destination), router));
        }
    }

    private static final class Address6 extends Part<Ip6Address> {
        Address6() {
            super("an IPv6 address", "IPv6 addresses");
        }

        @Override
        Ip6Address read(Cursor cursor) {
            return new Ip6Address(cursor.u64(), cursor.u64());
        }

        @Override
        void write(OctetWriter out, Ip6Address value) {
            out.u64(value.high()).u64(value.low());
        }

        @Override
        Ip6Address parse(String text) {
            return Ip6Address.parse(text);
        }
    }
}
