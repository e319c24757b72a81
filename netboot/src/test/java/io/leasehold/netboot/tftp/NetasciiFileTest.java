package io.leasehold.netboot.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.netboot.tftp.TftpFixture.Port;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Texts go over the wire with the line ends of NETASCII (RFC 1350 §1, RFC 764). */
class NetasciiFileTest {
    private final TftpFixture tftp = new TftpFixture();

    private byte[] sent(byte[] content, String options) {
        tftp.files.put("a", content);
        Port port = tftp.ask("a netascii" + options);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        if (!options.isEmpty()) {
            port.said();
            port.ack(0);
        }
        for (int last = 0; tftp.server.transfers() > 0; ) {
            for (byte[] each = port.sent.poll(); each != null; each = port.sent.poll()) {
                all.write(each, 4, each.length - 4);
                last++;
            }
            port.ack(last);
        }
        return all.toByteArray();
    }

    @Test
    void sendsLineFeedsAsCrLfAndCarriageReturnsAsCrNul() {
        byte[] text = "one\ntwo\r\nthree\r".getBytes(StandardCharsets.US_ASCII);
        assertThat(new String(sent(text, ""), StandardCharsets.US_ASCII))
                .isEqualTo("one\r\ntwo\r\0\r\nthree\r\0");
    }

    @Test
    void sendsLongTextsWithAnyBlockSize() {
        Random random = new Random(7);
        byte[] text = new byte[50_000];
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) (random.nextInt(4) == 0 ? '\n' : 'a' + i % 26);
            if (text[i] == '\n') {
                expected.write('\r');
            }
            expected.write(text[i]);
        }
        for (String options : new String[] {"", " blksize 9", " blksize 1000 windowsize 7"}) {
            assertThat(sent(text, options)).as(options).isEqualTo(expected.toByteArray());
        }
    }

    @Test
    void refusesWhatIsTooLongToBeAText() {
        tftp.files.put("a", new byte[64 * 1024 * 1024 + 1]);
        assertThat(tftp.ask("a netascii").said()).containsExactly("ERROR 0 not sent as netascii");
        assertThat(tftp.lastEvent()).contains("which is for texts of 67108864 bytes at most");
        tftp.assertNothingIsLeft();
    }
}
