package io.leasehold.protocol.wire;

import org.jspecify.annotations.Nullable;

/**
 * The virtual subnet (VPN) that a client belongs to: option 221 and sub-option 151 of 82 (RFC 6607
 * §3.5).
 *
 * @param type {@link #ASCII}, {@link #VPN_ID}, {@link #GLOBAL} or another
 * @param information what the type wants
 */
public record VirtualSubnet(int type, Octets information) {
    /** The information is an ASCII identifier. */
    public static final int ASCII = 0;

    /** The information is the seven octets of a VPN-ID (RFC 2685). */
    public static final int VPN_ID = 1;

    /** The global, default VPN; there is no information. */
    public static final int GLOBAL = 255;

    static final Part<VirtualSubnet> PART = new VirtualSubnetPart();

    private static final int VPN_ID_OCTETS = 7;

    private static boolean isValid(int type, int octets) {
        return switch (type) {
            case VPN_ID -> octets == VPN_ID_OCTETS;
            case GLOBAL -> octets == 0;
            default -> true;
        };
    }

    /** {@code 1 00:00:5e:00:00:00:07}: the type in decimal, the information in hexadecimal. */
    @Override
    public String toString() {
        return (type + " " + information).trim();
    }

    private static final class VirtualSubnetPart extends Part<VirtualSubnet> {
        VirtualSubnetPart() {
            super("a virtual subnet", "virtual subnets");
        }

        @Override
        @Nullable VirtualSubnet read(Cursor cursor) {
            int type = cursor.u8();
            Octets information = Octets.of(cursor.rest());
            return isValid(type, information.length())
                    ? new VirtualSubnet(type, information)
                    : null;
        }

        @Override
        void write(OctetWriter out, VirtualSubnet value) {
            out.u8(value.type()).octets(value.information());
        }

        @Override
        VirtualSubnet parse(String text) {
            Words words = new Words(text, "a virtual subnet such as 1 00:00:5e:00:00:00:07");
            int type = words.number(255);
            Octets information = Octets.parseHex(words.rest());
            if (!isValid(type, information.length())) {
                throw words.wrong();
            }
            return new VirtualSubnet(type, information);
        }
    }
}
