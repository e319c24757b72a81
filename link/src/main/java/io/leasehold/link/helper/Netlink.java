package io.leasehold.link.helper;

/** Constants of the kernel's routing netlink (rtnetlink(7)). */
public final class Netlink {
    public static final int HEADER_BYTES = 16;
    public static final int SOCKADDR_BYTES = 12;

    public static final int NLMSG_ERROR = 2;
    public static final int NLMSG_DONE = 3;
    public static final int RTM_NEWLINK = 16;
    public static final int RTM_GETLINK = 18;
    public static final int RTM_NEWADDR = 20;
    public static final int RTM_GETADDR = 22;
    public static final int RTM_NEWNEIGH = 28;
    public static final int RTM_DELNEIGH = 29;
    public static final int RTM_GETNEIGH = 30;

    public static final int NLM_F_REQUEST = 1;
    public static final int NLM_F_DUMP_INTR = 0x10;
    public static final int NLM_F_REPLACE = 0x100;
    public static final int NLM_F_EXCL = 0x200;
    public static final int NLM_F_DUMP = 0x300;
    public static final int NLM_F_CREATE = 0x400;

    public static final int GROUP_LINK = 1;
    public static final int GROUP_IPV4_IFADDR = 0x10;

    public static final int IFLA_ADDRESS = 1;
    public static final int IFLA_IFNAME = 3;
    public static final int IFLA_MTU = 4;
    public static final int IFF_UP = 1;
    public static final int IFF_LOOPBACK = 8;

    public static final int IFA_ADDRESS = 1;
    public static final int IFA_LOCAL = 2;
    public static final int IFA_F_SECONDARY = 1;

    public static final int NDA_DST = 1;
    public static final int NDA_LLADDR = 2;
    public static final int NUD_REACHABLE = 2;
    public static final int NUD_PERMANENT = 0x80;

    private Netlink() {}

    /** A number of 16 bits, in the order of this processor, which is the small end first. */
    static int u16(byte[] bytes, int at) {
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
    }

    static int i32(byte[] bytes, int at) {
        return u16(bytes, at) | u16(bytes, at + 2) << 16;
    }

    /** An address, which is in the order of the network. */
    static int address(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | bytes[at + 3] & 0xff;
    }

    static void put16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >> 8);
    }

    static void put32(byte[] bytes, int at, int value) {
        put16(bytes, at, value);
        put16(bytes, at + 2, value >> 16);
    }

    static void putAddress(byte[] bytes, int at, int bits) {
        bytes[at] = (byte) (bits >> 24);
        bytes[at + 1] = (byte) (bits >> 16);
        bytes[at + 2] = (byte) (bits >> 8);
        bytes[at + 3] = (byte) bits;
    }

    public static int align(int length) {
        return (length + 3) & ~3;
    }
}
