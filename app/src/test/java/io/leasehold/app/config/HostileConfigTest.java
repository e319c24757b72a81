package io.leasehold.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileConfigTest {
    private static final String SUBNET =
            "interfaces: [eth1]\nserver: {subnets: [{subnet: 10.0.0.0/8}]}\n";

    @TempDir Path directory = Path.of(".");

    @Test
    void refusesListsNestedAHundredThousandDeep() {
        assertThat(errors("[".repeat(100_000)))
                .containsExactly("f.yaml:1:34: nested deeper than 32 levels");
        assertThat(errors("server: " + "{a: ".repeat(100_000)))
                .containsExactly("f.yaml:1:134: nested deeper than 32 levels");
        assertThat(errors("- ".repeat(100_000) + "x"))
                .containsExactly("f.yaml:1:67: nested deeper than 32 levels");
    }

    @Test
    void refusesAliasesThatMultiply() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String alias = "*a" + (i - 1);
            bomb.append("a" + i + ": &a" + i + " [" + alias + (", " + alias).repeat(9) + "]\n");
        }
        assertThat(errors(bomb.toString()))
                .containsExactly("f.yaml:5:45: aliases stand for more than 100000 values");
    }

    @Test
    void takesAliasesThatSaveTyping() {
        String yaml =
                """
                interfaces: [eth1]
                server:
                  subnets:
                    - {subnet: 10.0.0.0/24, options: &o {option-224: "01"}}
                    - {subnet: 10.0.1.0/24, options: *o}
                """;
        assertThat(ConfigReader.read("f.yaml", yaml)).isInstanceOf(ConfigResult.Loaded.class);
    }

    @Test
    void showsAHundredErrorsAndCountsTheRest() {
        List<String> errors = errors(SUBNET + "nonsense: 1\n".repeat(30_000));
        assertThat(errors).hasSize(101);
        assertThat(errors.getFirst()).startsWith("f.yaml:3:1: nonsense: unknown key");
        assertThat(errors.getLast()).isEqualTo("f.yaml: and 29900 more errors");
    }

    @Test
    void saysWhyAFileCannotBeRead() throws IOException {
        assertThat(errors(directory)).containsExactly("found a directory, expected a file");
        assertThat(errors(directory.resolve("none"))).containsExactly("there is no such file");
        Path empty = Files.createFile(directory.resolve("empty"));
        assertThat(errors(empty))
                .containsExactly("the file is empty, expected keys such as interfaces and server");
        Path comment = Files.writeString(directory.resolve("comment"), "# nothing\n");
        assertThat(errors(comment))
                .containsExactly("the file is empty, expected keys such as interfaces and server");
    }

    @Test
    void saysWhichByteIsNoText() throws IOException {
        Path latin = directory.resolve("latin");
        Files.write(latin, "server:\n  caf\u00e9: 1\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(errors(latin))
                .containsExactly("2:6: found the byte 0xe9, which is not UTF-8 text");
        Path cut = directory.resolve("cut");
        Files.write(cut, new byte[] {'a', (byte) 0xe2, (byte) 0x82});
        assertThat(errors(cut))
                .containsExactly("1:2: found the byte 0xe2, which is not UTF-8 text");
        Path binary = Files.write(directory.resolve("binary"), new byte[] {'a', '\n', 0, 1});
        assertThat(errors(binary))
                .containsExactly("2:1: found the character U+0000, which YAML does not allow");
    }

    @Test
    void takesAByteOrderMarkAndWindowsLineEnds() throws IOException {
        Path file = directory.resolve("windows");
        Files.writeString(file, "\ufeff" + SUBNET.replace("\n", "\r\n"));
        assertThat(ConfigReader.read(file)).isInstanceOf(ConfigResult.Loaded.class);
    }

    @Test
    void refusesAFileThatIsHuge() throws IOException {
        Path file = directory.resolve("huge");
        byte[] line = (" ".repeat(1023) + "\n").getBytes(StandardCharsets.UTF_8);
        try (var out = Files.newOutputStream(file)) {
            for (int i = 0; i <= ConfigFile.BYTES_MAX / line.length; i++) {
                out.write(line);
            }
        }
        assertThat(errors(file)).containsExactly("the file is larger than 64 MiB");
    }

    @Test
    void neverThrowsWhateverTheTextIs() throws IOException {
        String good = ConfigErrorsTest.resource("issue.yaml");
        String bad = ConfigErrorsTest.resource("errors.golden");
        Random random = new Random(7);
        String marks = "\n\t :-[]{}\"'&*!|>#%@`,?~\\\0\u0085\u2028\ud800\ue000x0";
        for (int round = 0; round < 4_000; round++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? good : bad);
            text.setLength(1 + random.nextInt(text.length()));
            for (int edit = random.nextInt(8); edit >= 0; edit--) {
                int at = random.nextInt(text.length());
                char mark = marks.charAt(random.nextInt(marks.length()));
                if (random.nextBoolean()) {
                    text.setCharAt(at, mark);
                } else {
                    text.insert(at, mark);
                }
            }
            String yaml = text.toString();
            assertThat(ConfigReader.read("f.yaml", yaml)).as("round " + round).isNotNull();
        }
    }

    private static List<String> errors(String yaml) {
        ConfigResult result = ConfigReader.read("f.yaml", yaml);
        assertThat(result).isInstanceOf(ConfigResult.Refused.class);
        return ((ConfigResult.Refused) result).errors();
    }

    /** The errors of a file, without its name in front. */
    private static List<String> errors(Path file) {
        ConfigResult result = ConfigReader.read(file);
        assertThat(result).isInstanceOf(ConfigResult.Refused.class);
        return ((ConfigResult.Refused) result)
                .errors().stream()
                        .peek(line -> assertThat(line).startsWith(file + ":"))
                        .map(line -> line.substring(file.toString().length() + 1).strip())
                        .toList();
    }
}
