package io.leasehold.link.helper;

/** What netlink takes of the kernel. A negative result is an errno. */
public interface HelperKernel {
    int EEXIST = 17;
    int EBADMSG = 74;

    /**
     * Opens a socket for the kernel's routing netlink.
     *
     * @param groups what it is told without asking, 0 for nothing
     */
    int openNetlink(int groups);

    /** Sends to the kernel, which has done what it is asked for when this returns. */
    int send(int socket, byte[] from, int length);

    /**
     * Takes the next answer.
     *
     * @param waits false to have EAGAIN where there is none
     */
    int receive(int socket, byte[] into, boolean waits);

    void close(int socket);

    /** Waits for requests; 0 at the end of them. */
    int readRequests(byte[] into);

    int writeAnswers(byte[] from, int length);
}
