package io.leasehold.protocol.capture;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.leasehold.protocol.corpus.Captures;
import io.leasehold.protocol.wire.Message;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes at all as a capture file, down to the messages in it. A build runs the seeds alone. To
 * fuzz, from the root of the repository:
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl protocol -Dtest=CaptureFuzzTest test</pre>
 */
@Tag("fuzz")
class CaptureFuzzTest {
    static List<byte[]> seeds() {
        return Captures.all().stream()
                .map(file -> Captures.bytes(String.valueOf(file.getFileName())))
                .toList();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void anyBytesAreReadToTheirEnd(byte[] file) {
        FrameDecoder decoder = new FrameDecoder();
        for (CaptureRead read : Captures.read(file)) {
            if (read instanceof CaptureRead.Frame frame
                    && decoder.decode(frame.frame()) instanceof Decoded.Udp udp) {
                Message.parse(udp.datagram().payload().toBytes());
            }
        }
    }
}
