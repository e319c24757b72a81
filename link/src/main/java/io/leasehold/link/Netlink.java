package io.leasehold.link;

/** Constants of the kernel's routing netlink (rtnetlink(7)). */
final class Netlink {
    static final int HEADER_BYTES = 16;
    static final int SOCKADDR_BYTES = 12;

    static final int NLMSG_ERROR = 2;
    static final int NLMSG_DONE = 3;
    static final int RTM_NEWLINK = 16;
    static final int RTM_GETLINK = 18;
    static final int RTM_NEWADDR = 20;
    static final int RTM_GETADDR = 22;
    static final int RTM_NEWNEIGH = 28;
    static final int RTM_DELNEIGH = 29;

    static final int NLM_F_REQUEST = 1;
    static final int NLM_F_DUMP_INTR = 0x10;
    static final int NLM_F_REPLACE = 0x100;
    static final int NLM_F_DUMP = 0x300;
    static final int NLM_F_CREATE = 0x400;

    static final int GROUP_LINK = 1;
    static final int GROUP_IPV4_IFADDR = 0x10;

    static final int IFLA_ADDRESS = 1;
    static final int IFLA_IFNAME = 3;
    static final int IFLA_MTU = 4;
    static final int IFF_UP = 1;
    static final int IFF_LOOPBACK = 8;

    static final int IFA_ADDRESS = 1;
    static final int IFA_LOCAL = 2;
    static final int IFA_F_SECONDARY = 1;

    static final int NDA_DST = 1;
    static final int NDA_LLADDR = 2;
    static final int NUD_REACHABLE = 2;

    private Netlink() {}

    static int align(int length) {
        return (length + 3) & ~3;
    }
}
