package io.leasehold.protocol.capture;

/** How frames begin: the LINKTYPE values that this package reads. */
public final class LinkType {
    public static final int ETHERNET = 1;

    /** An IPv4 or IPv6 packet, without anything before it. */
    public static final int RAW = 101;

    /** What some systems wrote in place of {@link #RAW}. */
    public static final int RAW_BSD = 12;

    /** As {@link #RAW_BSD}, on OpenBSD. */
    public static final int RAW_OPENBSD = 14;

    /** Linux "cooked" capture, as of {@code tcpdump -i any}. */
    public static final int LINUX_SLL = 113;

    /** An IPv4 packet. */
    public static final int IPV4 = 228;

    /** Linux "cooked" capture with the interface's number. */
    public static final int LINUX_SLL2 = 276;

    private LinkType() {}
}
