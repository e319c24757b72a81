package io.leasehold.link.helper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InterfaceReaderTest {
    private static final int EPERM = 1;

    /** Ends each table at once, with an errno or with 0. */
    private record Ending(int errno) implements HelperKernel, InterfaceReader.Visitor {
        @Override
        public int openNetlink(int groups) {
            return 3;
        }

        @Override
        public int send(int socket, byte[] from, int length) {
            return length;
        }

        @Override
        public int receive(int socket, byte[] into, boolean waits) {
            int length = Netlink.HEADER_BYTES + 4;
            Netlink.put32(into, 0, length);
            Netlink.put16(into, 4, Netlink.NLMSG_DONE);
            Netlink.put16(into, 6, 0);
            Netlink.put32(into, Netlink.HEADER_BYTES, -errno);
            return length;
        }

        @Override
        public void close(int socket) {}

        @Override
        public int readRequests(byte[] into) {
            return 0;
        }

        @Override
        public int writeAnswers(byte[] from, int length) {
            return length;
        }

        @Override
        public void begin() {}

        @Override
        public void link(int index, byte[] name, int flags, int mtu, int type, byte[] hardware) {}

        @Override
        public void address(int index, int address, int prefixBits, boolean secondary) {}
    }

    private static int read(int errno) {
        Ending kernel = new Ending(errno);
        return new InterfaceReader(kernel, 3).read(kernel);
    }

    /** Else a host whose kernel could not tell would seem to have lost its interfaces. */
    @Test
    void saysWhyTheKernelCouldNotTellATableToItsEnd() {
        assertThat(read(EPERM)).isEqualTo(-EPERM);
        assertThat(read(0)).isZero();
    }
}
