package io.leasehold.netboot.tftp;

/** How a file's bytes go over the wire (RFC 1350 §1). */
public enum TftpMode {
    /** As they are. */
    OCTET,
    /** As text of NETASCII: lines end with CR LF. */
    NETASCII
}
