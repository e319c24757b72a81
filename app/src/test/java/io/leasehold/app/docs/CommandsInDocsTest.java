package io.leasehold.app.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.leasehold.app.ParsedCommand;
import io.leasehold.app.lab.LabException;
import io.leasehold.app.lab.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every command line that the pages show can be typed. None of them is run. */
class CommandsInDocsTest {
    private static final List<String> PACKAGE = List.of("./leasehold", "package");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|[^\\s'\"]+");

    @TestFactory
    Stream<DynamicTest> everyCommandShownCanBeTyped() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Page.Block block : Page.blocks("sh")) {
            for (String line : block.lines()) {
                List<String> words = words(line);
                if (!words.isEmpty()) {
                    tests.add(DynamicTest.dynamicTest(block + " " + line, () -> check(words)));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(10);
        return tests.stream();
    }

    @Test
    void findsACommandThatIsNone() {
        assertThatCode(() -> check(words("sudo ./leasehold serve --nonsense")))
                .hasMessageContaining("--nonsense");
        assertThatCode(() -> check(words("./leasehold package --nonsense")))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("--nonsense");
        assertThatCode(() -> check(words("./no-such-program"))).isInstanceOf(AssertionError.class);
    }

    private static void check(List<String> words) {
        boolean sudo = words.getFirst().equals("sudo");
        List<String> command = sudo ? words.subList(1, words.size()) : words;
        String program = command.getFirst();
        if (command.subList(0, Math.min(2, command.size())).equals(PACKAGE)) {
            // The launcher's own, which the program does not know; with --help it only reads.
            Shell.must(inCheckout(command));
        } else if (program.equals("./leasehold") || program.equals("leasehold")) {
            ParsedCommand.parse(command.subList(1, command.size()).toArray(new String[0]));
        } else if (program.startsWith("./") || program.startsWith("bench/")) {
            Path file = Page.project().resolve(program);
            assertThat(Files.isExecutable(file)).as(program).isTrue();
        } else {
            assertThat(program)
                    .as("a program that the pages may show")
                    .isIn("nft", "java", "ip", "udhcpc", "mvn");
        }
    }

    private static List<String> inCheckout(List<String> command) {
        List<String> all = new ArrayList<>(command);
        all.set(0, Page.project().resolve("leasehold").toString());
        all.add("--help");
        return all;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find() && !matcher.group().startsWith("#")) {
            String quoted = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            words.add(quoted != null ? quoted : matcher.group());
        }
        return words;
    }
}
