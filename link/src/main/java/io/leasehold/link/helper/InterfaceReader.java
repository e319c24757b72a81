package io.leasehold.link.helper;

import java.util.Arrays;

/** Asks the kernel for all interfaces and their addresses. */
public final class InterfaceReader {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int ATTEMPTS_MAX = 5;
    private static final int LINK_BODY_BYTES = 16;
    private static final int ADDRESS_BODY_BYTES = 8;
    private static final int AF_INET = 2;
    private static final int CHANGED = 1;

    /** Told of what there is. */
    public interface Visitor {
        /** What was told before is not to be used: it changed while it was read. */
        void begin();

        /**
         * An interface.
         *
         * @param name as the kernel has it, octets
         * @param hardware none where the kernel tells none
         */
        void link(int index, byte[] name, int flags, int mtu, int hardwareType, byte[] hardware);

        /** An address of the interface with that index. */
        void address(int index, int bits, int prefixBits, boolean secondary);
    }

    private final HelperKernel kernel;
    private final int socket;
    private final byte[] buffer = new byte[BUFFER_BYTES];

    /**
     * @param socket of netlink
     */
    public InterfaceReader(HelperKernel kernel, int socket) {
        this.kernel = kernel;
        this.socket = socket;
    }

    /** Reads all; 0, or a negative errno. */
    public int read(Visitor visitor) {
        for (int attempt = 1; ; attempt++) {
            visitor.begin();
            // The kernel says when the table changed while it was read; then it is read again.
            int links = ask(Netlink.RTM_GETLINK, 0, visitor);
            int addresses = links < 0 ? links : ask(Netlink.RTM_GETADDR, AF_INET, visitor);
            if (addresses < 0 || links + addresses == 0 || attempt == ATTEMPTS_MAX) {
                return Math.min(addresses, 0);
            }
        }
    }

    /** Reads one table: 0, {@link #CHANGED} when it changed meanwhile, or a negative errno. */
    private int ask(int type, int family, Visitor visitor) {
        int length = Netlink.HEADER_BYTES + LINK_BODY_BYTES;
        Arrays.fill(buffer, 0, length, (byte) 0);
        Netlink.put32(buffer, 0, length);
        Netlink.put16(buffer, 4, type);
        Netlink.put16(buffer, 6, Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP);
        buffer[Netlink.HEADER_BYTES] = (byte) family;
        int result = kernel.send(socket, buffer, length);
        int changed = 0;
        while (result >= 0) {
            result = kernel.receive(socket, buffer, true);
            for (int at = 0; at + Netlink.HEADER_BYTES <= result; ) {
                int size = Netlink.i32(buffer, at);
                int kind = Netlink.u16(buffer, at + 4);
                if (size < Netlink.HEADER_BYTES || size > result - at) {
                    return -HelperKernel.EBADMSG;
                }
                if ((Netlink.u16(buffer, at + 6) & Netlink.NLM_F_DUMP_INTR) != 0) {
                    changed = CHANGED;
                }
                int end = at + size;
                if (kind == Netlink.NLMSG_DONE) {
                    boolean told = size >= Netlink.HEADER_BYTES + 4;
                    int errno = told ? Netlink.i32(buffer, at + Netlink.HEADER_BYTES) : 0;
                    return errno < 0 ? errno : changed;
                }
                if (kind == Netlink.NLMSG_ERROR) {
                    return Netlink.i32(buffer, at + Netlink.HEADER_BYTES);
                }
                take(kind, at + Netlink.HEADER_BYTES, end, visitor);
                at += Netlink.align(size);
            }
        }
        return result;
    }

    private void take(int kind, int body, int end, Visitor visitor) {
        if (kind == Netlink.RTM_NEWLINK && end - body >= LINK_BODY_BYTES) {
            takeLink(body, end, visitor);
        } else if (kind == Netlink.RTM_NEWADDR && end - body >= ADDRESS_BODY_BYTES) {
            takeAddress(body, end, visitor);
        }
    }

    private void takeLink(int body, int end, Visitor visitor) {
        byte[] name = {'?'};
        byte[] hardware = {};
        int mtu = 0;
        for (int at = body + LINK_BODY_BYTES; at + 4 <= end; ) {
            int length = Netlink.u16(buffer, at);
            if (length < 4 || length > end - at) {
                break;
            }
            switch (Netlink.u16(buffer, at + 2)) {
                case Netlink.IFLA_IFNAME ->
                        name = Arrays.copyOfRange(buffer, at + 4, at + length - 1);
                case Netlink.IFLA_MTU -> mtu = Netlink.i32(buffer, at + 4);
                case Netlink.IFLA_ADDRESS ->
                        hardware = Arrays.copyOfRange(buffer, at + 4, at + length);
                default -> {
                    // The kernel tells much more about an interface than DHCP needs.
                }
            }
            at += Netlink.align(length);
        }
        int type = Netlink.u16(buffer, body + 2);
        int flags = Netlink.i32(buffer, body + 8);
        visitor.link(Netlink.i32(buffer, body + 4), name, flags, mtu, type, hardware);
    }

    private void takeAddress(int body, int end, Visitor visitor) {
        int local = 0;
        for (int at = body + ADDRESS_BODY_BYTES; at + 8 <= end; ) {
            int length = Netlink.u16(buffer, at);
            if (length < 4 || length > end - at) {
                break;
            }
            int type = Netlink.u16(buffer, at + 2);
            // On a point-to-point interface IFA_ADDRESS is the other end.
            if (type == Netlink.IFA_LOCAL || type == Netlink.IFA_ADDRESS && local == 0) {
                local = Netlink.address(buffer, at + 4);
            }
            at += Netlink.align(length);
        }
        boolean secondary = (buffer[body + 2] & Netlink.IFA_F_SECONDARY) != 0;
        visitor.address(Netlink.i32(buffer, body + 4), local, buffer[body + 1], secondary);
    }
}
