package io.leasehold.scratch;

import io.leasehold.link.helper.HelperKernel;
import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** What netlink takes of the kernel, as C. */
final class NativeKernel implements HelperKernel {
    private static final int INPUT = 0;
    private static final int OUTPUT = 1;
    private static final int ERROR = 2;

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int EINTR = 4;
    private static final int SOCKADDR_BYTES = 12;

    @Override
    public int openNetlink(int groups) {
        int socket = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0);
        if (socket < 0) {
            return -errno();
        }
        byte[] address = new byte[SOCKADDR_BYTES];
        address[0] = AF_NETLINK;
        for (int i = 0; i < 4; i++) {
            address[8 + i] = (byte) (groups >> 8 * i);
        }
        // As a pointer to anything, which C takes for one to a socket's address: to octets it does
        // not.
        Address anything = Address.fromLong(Address.ofData(address).toLong());
        return bind(socket, anything, SOCKADDR_BYTES) < 0 ? -errno() : socket;
    }

    @Override
    public int send(int socket, byte[] from, int length) {
        return result(send(socket, Address.ofData(from), length, MSG_DONTWAIT));
    }

    @Override
    public int receive(int socket, byte[] into, boolean waits) {
        Address to = Address.ofData(into);
        return result(recv(socket, to, into.length, waits ? 0 : MSG_DONTWAIT));
    }

    @Override
    public void close(int socket) {
        closeDescriptor(socket);
    }

    @Override
    public int readRequests(byte[] into) {
        int length;
        do {
            length = result(read(INPUT, Address.ofData(into), into.length));
        } while (length == -EINTR);
        return length;
    }

    @Override
    public int writeAnswers(byte[] from, int length) {
        return result(write(OUTPUT, Address.ofData(from), length));
    }

    /** Says why on standard error, and ends with 1. */
    void end(String why) {
        byte[] text = new byte[why.length()];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) why.charAt(i);
        }
        // Who does not hear it sees that the helper is gone.
        int unheard = write(ERROR, Address.ofData(text), text.length);
        exit(unheard < 0 ? 2 : 1);
    }

    private static int result(int value) {
        return value < 0 ? -errno() : value;
    }

    private static int errno() {
        return errnoPlace().getInt();
    }

    @Import(name = "__errno_location")
    @Include("errno.h")
    private static native Address errnoPlace();

    @Import(name = "socket")
    @Include("sys/socket.h")
    private static native int socket(int domain, int type, int protocol);

    @Import(name = "bind")
    @Include("sys/socket.h")
    private static native int bind(int socket, Address address, int length);

    @Import(name = "send")
    @Include("sys/socket.h")
    private static native int send(int socket, Address from, int length, int flags);

    @Import(name = "recv")
    @Include("sys/socket.h")
    private static native int recv(int socket, Address into, int length, int flags);

    @Import(name = "read")
    @Include("unistd.h")
    private static native int read(int descriptor, Address into, int length);

    @Import(name = "write")
    @Include("unistd.h")
    private static native int write(int descriptor, Address from, int length);

    @Import(name = "close")
    @Include("unistd.h")
    private static native int closeDescriptor(int descriptor);

    @Import(name = "exit")
    @Include("stdlib.h")
    private static native void exit(int status);
}
