package io.leasehold.protocol.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How {@link SipServers} are read and written. */
final class SipServersPart extends Part<SipServers> {
    static final Part<SipServers> PART = new SipServersPart();

    private static final int NAMES = 0;
    private static final int ADDRESSES = 1;

    private SipServersPart() {
        super("a list of SIP servers: names or addresses", "lists of SIP servers");
    }

    @Override
    @Nullable SipServers read(Cursor cursor) {
        int encoding = cursor.u8();
        if (cursor.remaining() == 0 || encoding > ADDRESSES) {
            return null;
        }
        if (encoding == NAMES) {
            DomainList names = DomainList.read(cursor.rest());
            return names == null ? null : new SipServers.Names(names);
        }
        List<Ip4Address> addresses = new ArrayList<>();
        while (cursor.remaining() > 0) {
            addresses.add(cursor.address());
        }
        return new SipServers.Addresses(addresses);
    }

    @Override
    void write(OctetWriter out, SipServers value) {
        switch (value) {
            case SipServers.Names names -> out.u8(NAMES).bytes(names.names().encode(false));
            case SipServers.Addresses addresses -> {
                out.u8(ADDRESSES);
                for (Ip4Address address : addresses.addresses()) {
                    out.address(address);
                }
            }
        }
    }

    @Override
    SipServers parse(String text) {
        return looksLikeAddresses(text)
                ? new SipServers.Addresses(OptionTypes.ADDRESSES.parse(text))
                : new SipServers.Names(OptionTypes.DOMAIN_LIST.parse(text));
    }

    /** Digits and dots only; a dot at the end makes it names. */
    static boolean looksLikeAddresses(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != ',' && c != ' ') {
                return false;
            }
        }
        return !text.endsWith(".");
    }
}
