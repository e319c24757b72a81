package io.leasehold.link;

import io.leasehold.link.helper.HelperKernel;
import io.leasehold.link.helper.HelperRecord;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Constants of Linux's socket interface, the same on x86_64 and aarch64. */
final class Abi {
    static final ValueLayout.OfInt INT_NETWORK =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfShort SHORT_NETWORK =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    static final int AF_UNIX = 1;
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int AF_NETLINK = 16;
    static final int AF_PACKET = 17;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_RAW = 3;
    static final int SOCK_CLOEXEC = 0x80000;

    static final int SOL_IP = 0;
    static final int IP_MTU_DISCOVER = 10;
    static final int IP_PMTUDISC_DONT = 0;
    static final int IP_PKTINFO = 8;
    static final int IP_MTU = 14;
    static final int SOL_UDP = 17;
    static final int UDP_SEGMENT = 103;

    static final int SOL_SOCKET = 1;
    static final int SO_REUSEADDR = 2;
    static final int SO_TYPE = 3;
    static final int SO_BROADCAST = 6;
    static final int SO_SNDBUF = 7;
    static final int SO_RCVBUF = 8;
    static final int SO_RCVTIMEO = 20;
    static final int SO_SNDTIMEO = 21;
    static final int SO_BINDTODEVICE = 25;
    static final int SO_ATTACH_FILTER = 26;
    static final int SO_DETACH_FILTER = 27;
    static final int SO_SNDBUFFORCE = 32;
    static final int SO_RCVBUFFORCE = 33;
    static final int SO_TIMESTAMPNS = 35;
    static final int SO_BINDTOIFINDEX = 62;
    static final int SO_RXQ_OVFL = 40;

    static final int SOL_IPV6 = 41;
    static final int IPV6_V6ONLY = 26;
    static final int SOL_RAW = 255;
    static final int ICMP_FILTER = 1;
    static final int IPPROTO_ICMP = 1;

    static final int SOL_PACKET = 263;
    static final int PACKET_ADD_MEMBERSHIP = 1;
    static final int PACKET_STATISTICS = 6;
    static final int PACKET_AUXDATA = 8;
    static final int PACKET_IGNORE_OUTGOING = 23;
    static final int PACKET_MR_PROMISC = 1;
    static final int PACKET_OUTGOING = 4;
    static final int TP_STATUS_CSUMNOTREADY = 8;
    static final int TP_STATUS_VLAN_VALID = 0x10;
    static final int TP_STATUS_VLAN_TPID_VALID = 0x40;
    static final int ARPHRD_LOOPBACK = 772;

    static final int MSG_DONTROUTE = 4;
    static final int MSG_TRUNC = 0x20;
    static final int MSG_DONTWAIT = 0x40;

    static final int POLLIN = 1;
    static final int EPOLLIN = 1;
    static final int EPOLL_CLOEXEC = 0x80000;
    static final int EPOLL_CTL_ADD = 1;
    static final int EFD_NONBLOCK = 0x800;
    static final int EFD_CLOEXEC = 0x80000;

    static final int PROT_READ = 1;
    static final int PROT_WRITE = 2;
    static final int MAP_PRIVATE = 2;
    static final int MAP_ANONYMOUS = 0x20;

    static final int CLOCK_BOOTTIME = 7;

    static final int F_SETFD = 2;
    static final int FD_CLOEXEC = 1;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;

    static final int PR_SET_NO_NEW_PRIVS = 38;
    static final int SECCOMP_SET_MODE_FILTER = 1;
    static final int SECCOMP_FILTER_FLAG_TSYNC = 1;
    static final int SECCOMP_FILTER_FLAG_SPEC_ALLOW = 4;
    static final int SECCOMP_RET_ALLOW = 0x7fff0000;
    static final int BPF_RET = 6;

    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EPIPE = 32;
    static final int ENODEV = 19;
    static final int EADDRINUSE = 98;
    static final int EADDRNOTAVAIL = 99;
    static final int ENOBUFS = 105;
    static final int ECONNREFUSED = 111;

    // Behind the kernel's own, the largest of which is 4095, and the helper's.
    static final int HELPER_IS_LATE = 4097;
    static final int HELPER_IS_GONE = 4098;

    static final int SOCKADDR_IN_BYTES = 16;

    private Abi() {}

    /** Writes a {@code sockaddr_in}. */
    static void putSocketAddress(MemorySegment at, long offset, int addressBits, int port) {
        at.set(ValueLayout.JAVA_SHORT_UNALIGNED, offset, (short) AF_INET);
        at.set(SHORT_NETWORK, offset + 2, (short) port);
        at.set(INT_NETWORK, offset + 4, addressBits);
    }

    /**
     * What an errno means, as a log line tells it.
     *
     * @param errno with either sign
     */
    static String errorText(int errno) {
        return switch (Math.abs(errno)) {
            case EPERM -> "not permitted (EPERM)";
            case ENOENT -> "no such entry (ENOENT)";
            case EAGAIN -> "buffer full (EAGAIN)";
            case EACCES -> "permission denied (EACCES)";
            case 16 -> "busy (EBUSY)";
            case HelperKernel.EEXIST ->
                    "an administrator made one for another hardware address (EEXIST)";
            case ENODEV -> "no such device (ENODEV)";
            case 22 -> "the source is no address of this host, or the call is wrong (EINVAL)";
            case 23 -> "too many open files in the system (ENFILE)";
            case 24 -> "too many open files (EMFILE)";
            case HelperKernel.EBADMSG -> "an answer that makes no sense (EBADMSG)";
            case 90 -> "message too long (EMSGSIZE)";
            case EADDRINUSE -> "address in use (EADDRINUSE)";
            case EADDRNOTAVAIL -> "no address of this host (EADDRNOTAVAIL)";
            case 100 -> "interface is down (ENETDOWN)";
            case 101 -> "no route (ENETUNREACH)";
            case ENOBUFS -> "no buffer space, or a table is full (ENOBUFS)";
            case ECONNREFUSED -> "nobody listens there (ECONNREFUSED)";
            case 113 -> "no route to the host (EHOSTUNREACH)";
            case HelperRecord.REFUSED -> "the helper refused it: no client of a served network";
            case HELPER_IS_LATE -> "the helper did not answer in time";
            case HELPER_IS_GONE -> "the helper has ended";
            default -> "errno " + Math.abs(errno);
        };
    }
}
