package io.leasehold.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EthernetFramesTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void putsHeadersAndChecksumsAroundAMessage() {
        byte[] frame = new byte[64];
        byte[] message = {1, 2, 3, 4, 5};
        int length =
                EthernetFrames.write(
                        frame,
                        message,
                        message.length,
                        0x024c_0000_0001L,
                        EthernetFrames.BROADCAST_HARDWARE,
                        0,
                        68,
                        -1,
                        67);
        assertThat(HEX.formatHex(frame, 0, length))
                .isEqualTo(
                        "ffffffffffff" // to everyone
                                + "024c00000001" // from the client
                                + "0800" // IPv4
                                + "4500" // version 4, five words of header
                                + "0021" // 20 + 8 + 5 bytes
                                + "00000000" // not a fragment
                                + "4011" // TTL 64, UDP
                                + "7acd" // header checksum
                                + "00000000" // from nobody yet
                                + "ffffffff" // to everyone
                                + "0044" // from port 68
                                + "0043" // to port 67
                                + "000d" // 8 + 5 bytes
                                + "f647" // UDP checksum with the pseudo header
                                + "0102030405");
    }

    @Test
    void checksumsVerify() {
        byte[] frame = new byte[342];
        byte[] message = new byte[300];
        new Random(77).nextBytes(message);
        EthernetFrames.write(
                frame, message, 300, 0x024c_0000_004dL, 5, 0x0a010203, 68, 0x0a000001, 67);
        assertThat(onesComplement(frame, 14, 20, 0)).isEqualTo(0xffff);
        int pseudo = 0x0a01 + 0x0203 + 0x0a00 + 0x0001 + 17 + 308;
        assertThat(onesComplement(frame, 34, 308, pseudo)).isEqualTo(0xffff);
        assertThat(Arrays.copyOfRange(frame, 42, 342)).isEqualTo(message);
    }

    @Test
    void answersArp() {
        byte[] frame = new byte[42];
        EthernetFrames.writeArpReply(
                frame, 0x024c_0000_0001L, 0x0a010203, 0x5254_00aa_0001L, 0x0a000001);
        assertThat(HEX.formatHex(frame))
                .isEqualTo(
                        "525400aa0001" // to who asked
                                + "024c00000001" // from the client
                                + "0806" // ARP
                                + "0001080006040002" // Ethernet, IPv4, a reply
                                + "024c000000010a010203" // the client has its address
                                + "525400aa00010a000001"); // who asked
    }

    @Test
    void asksByArp() {
        byte[] frame = new byte[42];
        EthernetFrames.writeArpRequest(frame, 0x024c_0000_0001L, 0x0a010203, 0x0a000001);
        assertThat(HEX.formatHex(frame))
                .isEqualTo(
                        "ffffffffffff" // to everyone
                                + "024c00000001" // from the client
                                + "0806" // ARP
                                + "0001080006040001" // Ethernet, IPv4, a request
                                + "024c000000010a010203" // who asks
                                + "0000000000000a000001"); // who is asked for
    }

    private static int onesComplement(byte[] bytes, int offset, int length, int start) {
        int sum = start;
        for (int i = 0; i < length; i += 2) {
            sum += (bytes[offset + i] & 0xff) << 8 | bytes[offset + i + 1] & 0xff;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }
}
