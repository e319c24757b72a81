package io.leasehold.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PeekTest {
    private static int peek(byte[] datagram) {
        byte[] buffer = new byte[datagram.length + 14];
        System.arraycopy(datagram, 0, buffer, 7, datagram.length);
        return Peek.discoverSecs(buffer, 7, datagram.length);
    }

    @Test
    void readsSecsOfADiscover() {
        assertThat(peek(Messages.bytes(Messages.DISCOVER, 1, 0))).isZero();
        assertThat(peek(Messages.bytes(Messages.DISCOVER, 1, 0x8001))).isEqualTo(0x8001);
    }

    @Test
    void leavesEveryOtherMessageToTheCodec() {
        byte[] request = Messages.bytes(Messages.REQUEST, 1, 3);
        assertThat(peek(request)).isEqualTo(Integer.MAX_VALUE);
        byte[] hostNameFirst = Messages.bytes(Messages.DISCOVER, 1, 3);
        hostNameFirst[240] = 12;
        assertThat(peek(hostNameFirst)).isEqualTo(Integer.MAX_VALUE);
        byte[] longType = Messages.bytes(Messages.DISCOVER, 1, 3);
        longType[241] = 2;
        assertThat(peek(longType)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void readsNothingBehindTheEndOfADatagram() {
        byte[] discover = Messages.bytes(Messages.DISCOVER, 1, 3);
        for (int length = 0; length < 243; length++) {
            assertThat(peek(Arrays.copyOf(discover, length))).isEqualTo(Integer.MAX_VALUE);
        }
        assertThat(peek(Arrays.copyOf(discover, 243))).isEqualTo(3);
    }
}
