package io.leasehold.protocol.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client needs in order to carry one protocol over the other. */
public final class Ip6Transition {
    static final Part<SixRd> SIX_RD = new SixRdPart();
    static final Part<PortParameters> PORT_PARAMETERS = new PortParametersPart();

    private Ip6Transition() {}

    /**
     * 6rd, option 212 (RFC 5969 §7.1.1).
     *
     * @param ip4MaskBits 0 to 32: how many high bits all IPv4 addresses of the domain share
     * @param prefixBits 0 to 128; with the IPv4 bits that are left it is no more than 128
     * @param prefix the 6rd prefix
     * @param relays the border relays, at least one
     */
    public record SixRd(
            int ip4MaskBits, int prefixBits, Ip6Address prefix, List<Ip4Address> relays) {
        public SixRd {
            relays = List.copyOf(relays);
            if (!isValid(ip4MaskBits, prefixBits) || relays.isEmpty()) {
                throw new IllegalArgumentException(
                        ip4MaskBits + " and " + prefixBits + " bits, " + relays.size() + " relays");
            }
        }

        private static boolean isValid(int ip4MaskBits, int prefixBits) {
            return ip4MaskBits <= 32 && prefixBits + 32 - ip4MaskBits <= 128;
        }

        /** {@code 8 2001:db8::/32 via 192.0.2.1 192.0.2.2}. */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            text.append(ip4MaskBits).append(' ').append(prefix).append('/').append(prefixBits);
            text.append(" via");
            for (Ip4Address relay : relays) {
                text.append(' ').append(relay);
            }
            return text.toString();
        }
    }

    /**
     * The ports of a shared address, option 159 (RFC 7618 §9).
     *
     * @param offset bits before the port set identifier, 0 to 15
     * @param psidBits length of the identifier, 0 to 16
     * @param psid the identifier, in the high bits of its 16
     */
    public record PortParameters(int offset, int psidBits, int psid) {
        /** {@code 4 8 0x2900}. */
        @Override
        public String toString() {
            return offset + " " + psidBits + " 0x" + Integer.toHexString(psid);
        }
    }

    private static final class SixRdPart extends Part<SixRd> {
        private static final String FORM =
                "IPv4 mask bits, a prefix and relays such as 8 2001:db8::/32 via 192.0.2.1";

        SixRdPart() {
            super("a 6rd option", "6rd options");
        }

        @Override
        @Nullable SixRd read(Cursor cursor) {
            int ip4MaskBits = cursor.u8();
            int prefixBits = cursor.u8();
            Ip6Address prefix = new Ip6Address(cursor.u64(), cursor.u64());
            List<Ip4Address> relays = new ArrayList<>();
            do {
                relays.add(cursor.address());
            } while (cursor.remaining() > 0);
            return SixRd.isValid(ip4MaskBits, prefixBits)
                    ? new SixRd(ip4MaskBits, prefixBits, prefix, relays)
                    : null;
        }

        @Override
        void write(OctetWriter out, SixRd value) {
            out.u8(value.ip4MaskBits()).u8(value.prefixBits());
            out.u64(value.prefix().high()).u64(value.prefix().low());
            for (Ip4Address relay : value.relays()) {
                out.address(relay);
            }
        }

        @Override
        SixRd parse(String text) {
            Words words = new Words(text, FORM);
            int ip4MaskBits = words.number(32);
            String prefix = words.next();
            int slash = prefix.indexOf('/');
            words.expect("via");
            List<Ip4Address> relays = new ArrayList<>();
            do {
                relays.add(words.address());
            } while (words.more());
            if (slash < 0) {
                throw words.wrong();
            }
            int prefixBits = (int) Spelling.number(prefix.substring(slash + 1), 0, 128);
            if (!SixRd.isValid(ip4MaskBits, prefixBits)) {
                throw words.wrong();
            }
            Ip6Address address = Ip6Address.parse(prefix.substring(0, slash));
            return new SixRd(ip4MaskBits, prefixBits, address, relays);
        }
    }

    private static final class PortParametersPart extends Part<PortParameters> {
        PortParametersPart() {
            super("port parameters", "port parameters");
        }

        private static boolean isValid(PortParameters value) {
            return value.offset() <= 15 && value.offset() + value.psidBits() <= 16;
        }

        @Override
        @Nullable PortParameters read(Cursor cursor) {
            PortParameters value = new PortParameters(cursor.u8(), cursor.u8(), cursor.u16());
            return isValid(value) ? value : null;
        }

        @Override
        void write(OctetWriter out, PortParameters value) {
            out.u8(value.offset()).u8(value.psidBits()).u16(value.psid());
        }

        @Override
        PortParameters parse(String text) {
            Words words =
                    new Words(
                            text,
                            "an offset, a length (16 at most together) and a port set identifier"
                                    + " such as 4 8 0x2900");
            PortParameters value =
                    new PortParameters(words.number(15), words.number(16), words.number(0xffff));
            if (!isValid(value)) {
                throw words.wrong();
            }
            return words.end(value);
        }
    }
}
