package io.leasehold.protocol.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * The Internet storage name service, option 83 (RFC 4174 §2).
 *
 * @param functions 16 bits (§2.1)
 * @param domainAccess 16 bits: who may use discovery domains (§2.2)
 * @param administration 16 bits (§2.3)
 * @param security 32 bits (§2.4)
 * @param servers the primary server, then the others
 */
public record InternetStorage(
        int functions,
        int domainAccess,
        int administration,
        long security,
        List<Ip4Address> servers) {
    static final Part<InternetStorage> PART = new InternetStoragePart();

    public InternetStorage {
        servers = List.copyOf(servers);
    }

    /** {@code 1 0 0 0 192.168.50.1 192.168.50.2}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(functions).append(' ').append(domainAccess).append(' ');
        text.append(administration).append(' ').append(security);
        for (Ip4Address server : servers) {
            text.append(' ').append(server);
        }
        return text.toString();
    }

    private static final class InternetStoragePart extends Part<InternetStorage> {
        InternetStoragePart() {
            super("an iSNS option", "iSNS options");
        }

        @Override
        InternetStorage read(Cursor cursor) {
            int functions = cursor.u16();
            int domainAccess = cursor.u16();
            int administration = cursor.u16();
            long security = cursor.u32() & 0xffff_ffffL;
            List<Ip4Address> servers = new ArrayList<>();
            do {
                servers.add(cursor.address());
            } while (cursor.remaining() > 0);
            return new InternetStorage(functions, domainAccess, administration, security, servers);
        }

        @Override
        void write(OctetWriter out, InternetStorage value) {
            out.u16(value.functions()).u16(value.domainAccess()).u16(value.administration());
            out.u32(value.security());
            for (Ip4Address server : value.servers()) {
                out.address(server);
            }
        }

        @Override
        InternetStorage parse(String text) {
            Words words = new Words(text, "four bit fields and addresses such as 1 0 0 0 10.0.0.1");
            int functions = words.number(0xffff);
            int domainAccess = words.number(0xffff);
            int administration = words.number(0xffff);
            long security = words.number(0xffff_ffffL);
            List<Ip4Address> servers = new ArrayList<>();
            do {
                servers.add(words.address());
            } while (words.more());
            return new InternetStorage(functions, domainAccess, administration, security, servers);
        }
    }
}
