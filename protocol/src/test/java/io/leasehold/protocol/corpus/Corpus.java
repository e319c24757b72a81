package io.leasehold.protocol.corpus;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.ParseResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams under {@code corpus/}, with what is expected of each. Its README tells how a file
 * is written. For the tests of every room, hence in a package that no room has.
 */
public final class Corpus {
    private static final List<String> KEYS =
            List.of("row", "seen in", "shape", "sent to", "parses", "flaws", "server", "relay");

    private Corpus() {}

    /**
     * A file of the corpus.
     *
     * @param name the file's name without its ending, {@code 01-client-id-empty}
     * @param row its row in the index
     * @param shape what is wrong with it
     * @param sentTo the address it was sent to
     * @param malformed why it is no message; null when it is one
     * @param flaws {@code truncated CODE}, {@code end-missing}, {@code overload-malformed}, {@code
     *     overload-nested}
     * @param server {@code answers TYPE}, {@code drops REASON}, {@code never sees it}
     * @param relay {@code adds 82}, {@code forwards as it is}, {@code answers unicast}, {@code
     *     answers broadcast}, each with what is noted; {@code drops REASON}, {@code never sees it}
     * @param datagram its bytes
     */
    public record Case(
            String name,
            int row,
            String shape,
            Ip4Address sentTo,
            ParseResult.@Nullable Why malformed,
            List<String> flaws,
            String server,
            String relay,
            Octets datagram) {
        /** The type of the answer that is expected of a server; null for silence. */
        public @Nullable MessageType answer() {
            return server.startsWith("answers ")
                    ? MessageType.valueOf(server.substring("answers ".length()))
                    : null;
        }

        /** The names of the reasons for silence that are right; none when it is answered. */
        public List<String> drops() {
            return server.startsWith("drops ")
                    ? List.of(server.substring("drops ".length()).split(" or ", -1))
                    : List.of();
        }

        /** A copy of its bytes. */
        public byte[] bytes() {
            return datagram.toBytes();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Every file, in the order of their names. */
    public static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory(), "*.hex")) {
            for (Path file : files) {
                cases.add(read(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cases.sort(Comparator.comparing(Case::name));
        return List.copyOf(cases);
    }

    /** The corpus of this repository, looked for from the working directory upwards. */
    public static Path directory() {
        Path start = Path.of("").toAbsolutePath();
        for (Path at = start; at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve("corpus/README.md"))) {
                return at.resolve("corpus");
            }
        }
        throw new IllegalStateException("neither " + start + " nor a parent of it has a corpus");
    }

    private static Case read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName()).replace(".hex", "");
        Map<String, String> said = new HashMap<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int number = 0;
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            number++;
            if (line.startsWith("#!")) {
                int colon = line.indexOf(": ");
                String key = colon < 0 ? line : line.substring(2, colon).trim();
                if (!KEYS.contains(key) || said.put(key, line.substring(colon + 2)) != null) {
                    throw new IllegalStateException(
                            file
                                    + ":"
                                    + number
                                    + ": found \""
                                    + line
                                    + "\", expected one of "
                                    + KEYS
                                    + ", each once");
                }
            } else {
                int comment = line.indexOf('#');
                append(bytes, comment < 0 ? line : line.substring(0, comment));
            }
        }
        if (said.size() != KEYS.size()) {
            throw new IllegalStateException(
                    file + ": found " + said.keySet() + ", expected " + KEYS);
        }
        String parses = said.getOrDefault("parses", "");
        String flaws = said.getOrDefault("flaws", "");
        return new Case(
                name,
                Integer.parseInt(said.getOrDefault("row", "")),
                said.getOrDefault("shape", ""),
                Ip4Address.parse(said.getOrDefault("sent to", "")),
                parses.equals("yes") ? null : ParseResult.Why.valueOf(parses),
                flaws.equals("none") ? List.of() : List.of(flaws.split(", ", -1)),
                said.getOrDefault("server", ""),
                said.getOrDefault("relay", ""),
                Octets.of(bytes.toByteArray()));
    }

    /** Appends the bytes of a line: hexadecimal words, {@code 6162*50} for 50 times those bytes. */
    private static void append(ByteArrayOutputStream bytes, String line) {
        for (String word : line.trim().split("\\s+", -1)) {
            int star = word.indexOf('*');
            byte[] part = HexFormat.of().parseHex(star < 0 ? word : word.substring(0, star));
            int times = star < 0 ? 1 : Integer.parseInt(word.substring(star + 1));
            for (int i = 0; i < times; i++) {
                bytes.writeBytes(part);
            }
        }
    }
}
