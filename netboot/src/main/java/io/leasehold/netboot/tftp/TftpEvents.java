package io.leasehold.netboot.tftp;

/** Hears what a TFTP server does, for logs and counters. Called on the thread that runs it. */
public interface TftpEvents {
    /**
     * A transfer begins.
     *
     * @param path the file, under the root
     */
    void begun(TftpClient client, String path, long size);

    /** A transfer has ended. */
    void ended(TftpClient client, String path, TftpEnd end);

    /**
     * A request was answered with an ERROR.
     *
     * @param name what was asked for, as written; empty where it could not be read
     * @param code of {@link TftpErrors}
     * @param why for a log line
     */
    void refused(TftpClient client, String name, int code, String why);

    /** A datagram was not answered. */
    void ignored(TftpClient client, TftpAsk.Stray why);
}
