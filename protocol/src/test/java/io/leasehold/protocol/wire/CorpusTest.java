package io.leasehold.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.corpus.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every packet of the corpus, through the codec. */
class CorpusTest {
    static List<Corpus.Case> all() {
        return Corpus.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aDatagramParsesAsItsFileSays(Corpus.Case bad) {
        ParseResult result = Message.parse(bad.bytes());
        switch (result) {
            case ParseResult.Malformed malformed ->
                    assertThat(malformed.why()).isEqualTo(bad.malformed());
            case ParseResult.Parsed parsed -> {
                assertThat(bad.malformed()).isNull();
                assertThat(flaws(parsed.message().index())).hasSameElementsAs(bad.flaws());
            }
        }
    }

    private static List<String> flaws(OptionIndex index) {
        List<String> flaws = new ArrayList<>();
        for (int code = 0; code < 256; code++) {
            if (index.isTruncated(code)) {
                flaws.add("truncated " + code);
            }
        }
        if (index.endMissing()) {
            flaws.add("end-missing");
        }
        if (index.overloadMalformed()) {
            flaws.add("overload-malformed");
        }
        if (index.overloadNested()) {
            flaws.add("overload-nested");
        }
        return flaws;
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatParsesIsTheSameBytesAgainAndEveryOptionCanBeRead(Corpus.Case bad) {
        if (Message.parse(bad.bytes()) instanceof ParseResult.Parsed parsed) {
            Message message = parsed.message();
            assertThat(message.toBytes()).isEqualTo(bad.bytes());
            assertThat(message.toString()).contains(Integer.toHexString(message.xid()));
            assertThat(CodecInvariants.broken(message)).isEmpty();
        }
    }

    /** A file on its own tells nobody that it is there. */
    @Test
    void everyFileIsInTheIndexAndSaysTheSameThere() throws IOException {
        List<String> lines = Files.readAllLines(Corpus.directory().resolve("README.md"));
        Set<Integer> rows = new HashSet<>();
        for (Corpus.Case bad : Corpus.all()) {
            rows.add(bad.row());
            assertThat(bad.name()).startsWith(String.format("%02d-", bad.row()));
            String server = bad.server();
            String relay = bad.relay();
            if (bad.malformed() != null) {
                assertThat(server).isEqualTo("never sees it");
                assertThat(relay).isEqualTo("never sees it");
                server += ": " + bad.malformed();
                relay += ": " + bad.malformed();
            } else {
                assertThat(bad.answer() != null || !bad.drops().isEmpty()).as(bad.name()).isTrue();
            }
            String link = "[" + bad.name() + ".hex](" + bad.name() + ".hex)";
            String start = "| " + bad.row() + " | ";
            String end = " | " + link + " | " + bad.shape() + " | " + server + " | " + relay + " |";
            assertThat(lines)
                    .as(bad.name())
                    .anyMatch(line -> line.startsWith(start) && line.endsWith(end));
        }
        assertThat(lines.stream().filter(line -> line.contains(".hex](")))
                .hasSameSizeAs(Corpus.all());
        for (int row = 1; row <= 38; row++) {
            boolean elsewhere = row == 10 || row == 27 || row == 31 || row == 32;
            assertThat(rows.contains(row)).as("row " + row).isEqualTo(!elsewhere);
        }
    }
}
