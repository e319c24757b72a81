package io.leasehold.netboot.tftp;

/** Error codes of RFC 1350, appendix I, and RFC 2347. */
public final class TftpErrors {
    public static final int OTHER = 0;
    public static final int FILE_NOT_FOUND = 1;
    public static final int ACCESS_VIOLATION = 2;
    public static final int ILLEGAL_OPERATION = 4;
    public static final int OPTIONS_REFUSED = 8;

    private TftpErrors() {}
}
