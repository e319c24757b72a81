package io.leasehold.protocol.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts that have their length before them. */
final class FramedParts {
    static final Part<Text> URI = new Uri();
    static final Part<List<Ip4Address>> SERVER = new Server();

    private FramedParts() {}

    /** A URI behind its length of 16 bits (RFC 8572 §8.3). */
    private static final class Uri extends Part<Text> {
        Uri() {
            super("a URI", "URIs");
        }

        @Override
        @Nullable Text read(Cursor cursor) {
            int length = cursor.u16();
            return length == 0 ? null : new Text(Octets.of(cursor.bytes(length)));
        }

        @Override
        void write(OctetWriter out, Text value) {
            out.u16(value.octets().length()).octets(value.octets());
        }

        @Override
        Text parse(String text) {
            Text value = Text.parse(text);
            if (value.octets().length() == 0 || value.octets().length() > 0xffff) {
                throw Spelling.unexpected(text, "a URI such as https://boot.example/");
            }
            return value;
        }

        @Override
        String format(Text value) {
            return value.item();
        }
    }

    /** The addresses of one server behind their length in bytes (RFC 7291 §4.1). */
    private static final class Server extends Part<List<Ip4Address>> {
        private static final int ADDRESSES_MAX = 63;

        Server() {
            super("the addresses of a server", "servers, of one or several addresses each");
        }

        @Override
        @Nullable List<Ip4Address> read(Cursor cursor) {
            int octets = cursor.u8();
            if (octets == 0 || octets % 4 != 0) {
                return null;
            }
            List<Ip4Address> addresses = new ArrayList<>();
            for (int i = 0; i < octets / 4; i++) {
                addresses.add(cursor.address());
            }
            return List.copyOf(addresses);
        }

        @Override
        void write(OctetWriter out, List<Ip4Address> value) {
            out.u8(value.size() * 4);
            for (Ip4Address address : value) {
                out.address(address);
            }
        }

        @Override
        List<Ip4Address> parse(String text) {
            Words words = new Words(text, "addresses such as 192.168.50.1 192.168.50.2");
            List<Ip4Address> addresses = new ArrayList<>();
            do {
                addresses.add(words.address());
            } while (words.more() && addresses.size() < ADDRESSES_MAX);
            return words.end(List.copyOf(addresses));
        }

        @Override
        String format(List<Ip4Address> value) {
            StringBuilder text = new StringBuilder();
            for (Ip4Address address : value) {
                text.append(text.length() == 0 ? "" : " ").append(address);
            }
            return text.toString();
        }
    }
}
