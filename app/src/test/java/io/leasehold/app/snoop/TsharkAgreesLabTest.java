package io.leasehold.app.snoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.capture.CaptureRead;
import io.leasehold.protocol.capture.Datagram;
import io.leasehold.protocol.capture.Decoded;
import io.leasehold.protocol.capture.FrameDecoder;
import io.leasehold.protocol.corpus.Captures;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.ParseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every field that tshark finds in our captures and in the corpus is what is found here; where it
 * is not, it is named, with who is right by the RFC.
 */
@Tag("lab")
class TsharkAgreesLabTest {
    @TempDir private Path directory = Path.of("");

    private record Ours(Datagram datagram, ParseResult result) {}

    private static Map<Integer, Ours> read(Path file) throws IOException {
        Map<Integer, Ours> ours = new TreeMap<>();
        Map<Integer, FrameDecoder> decoders = new HashMap<>();
        int number = 0;
        for (CaptureRead read : Captures.read(Files.readAllBytes(file))) {
            if (read instanceof CaptureRead.Frame frame) {
                number++;
                FrameDecoder decoder =
                        decoders.computeIfAbsent(
                                frame.frame().source().number(), any -> new FrameDecoder());
                if (decoder.decode(frame.frame()) instanceof Decoded.Udp(Datagram datagram)) {
                    byte[] payload = datagram.payload().toBytes();
                    ours.put(number, new Ours(datagram, Message.parse(payload)));
                }
            }
        }
        return ours;
    }

    private List<String> differences(Path file) throws IOException {
        Map<Integer, Ours> ours = read(file);
        Map<Integer, Pdml.Tree> theirs = Pdml.read(file, directory);
        List<String> differences = new ArrayList<>();
        assertThat(theirs).isNotEmpty();
        int compared = 0;
        for (Map.Entry<Integer, Ours> entry : ours.entrySet()) {
            String at = file.getFileName() + " " + entry.getKey() + " ";
            Pdml.Tree packet = theirs.remove(entry.getKey());
            boolean message = entry.getValue().result() instanceof ParseResult.Parsed;
            if (packet == null || !message) {
                if (message || packet != null) {
                    differences.add(at + "is a message: tshark " + (packet != null));
                }
                continue;
            }
            Message parsed = ((ParseResult.Parsed) entry.getValue().result()).message();
            TsharkComparison comparison =
                    new TsharkComparison(packet, entry.getValue().datagram(), parsed);
            comparison.differences().forEach(each -> differences.add(at + each));
            compared += comparison.compared();
        }
        theirs.keySet().forEach(each -> differences.add(file + " " + each + " only tshark"));
        assertThat(compared).isGreaterThan(30 * ours.size());
        return differences;
    }

    @Test
    void agreesOnEveryFieldOfEveryCapture() throws IOException {
        List<String> differences = new ArrayList<>();
        for (Path file : Captures.all()) {
            differences.addAll(differences(file));
        }
        assertThat(KnownDifferences.unknown(KnownDifferences.OF_CAPTURES, differences)).isEmpty();
    }

    /** Every shape of bad input: what can be read of it is what tshark reads. */
    @Test
    void agreesOnEveryFieldOfTheCorpus() throws IOException {
        List<String> differences =
                differences(CorpusSnoopTest.write(directory.resolve("corpus.pcapng")));
        assertThat(KnownDifferences.unknown(KnownDifferences.OF_CORPUS, differences)).isEmpty();
    }
}
