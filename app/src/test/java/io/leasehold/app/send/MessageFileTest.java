package io.leasehold.app.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.protocol.corpus.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageFileTest {
    @TempDir private Path directory;

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("message.hex"), text);
    }

    @Test
    void readsEveryFileOfTheCorpusAsTheTestsDo() throws IOException {
        for (Corpus.Case each : Corpus.all()) {
            Path file = Corpus.directory().resolve(each.name() + ".hex");
            assertThat(MessageFile.read(file)).as(each.name()).isEqualTo(each.bytes());
        }
    }

    @Test
    void takesBytesAsTheyAre() throws IOException {
        byte[] bytes = {1, 1, 6, 0, 'a', 'b', 0};
        Path file = Files.write(directory.resolve("message"), bytes);
        assertThat(MessageFile.read(file)).isEqualTo(bytes);
    }

    @Test
    void saysWhereAFileIsWrong() throws IOException {
        assertThatThrownBy(() -> MessageFile.read(write("0101 # op, htype\n06 0g\n")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "message.hex, line 2: found 0g, expected pairs of hexadecimal");
        assertThatThrownBy(() -> MessageFile.read(write("010")))
                .hasMessageContaining("message.hex, line 1: found 010");
        assertThatThrownBy(() -> MessageFile.read(write("")))
                .hasMessageContaining("message.hex: is empty");
    }

    @Test
    void refusesWhatIsFarTooMuch() {
        assertThatThrownBy(() -> MessageFile.read(write("00*99999")))
                .hasMessageContaining("at most 65507 bytes");
        assertThatThrownBy(() -> MessageFile.read(write("00*9999999999999999999")))
                .hasMessageContaining("at most 65507 bytes");
    }
}
