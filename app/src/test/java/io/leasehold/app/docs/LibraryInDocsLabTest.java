package io.leasehold.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.Lab;
import io.leasehold.app.lab.LabProcess;
import io.leasehold.app.lab.Shell;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The commands by which the library's page lets its reader try the first server. */
@Tag("lab")
class LibraryInDocsLabTest {
    private static final Duration START_WAIT_MAX = Duration.ofMinutes(1);
    private static final String IN_SHOP = "ip netns exec shop ";

    @Test
    void theCommandsOfThePageLeadToTheLeaseThatItSpeaksOf() {
        Page page = Page.read("docs/library.md");
        List<String> commands =
                page.blocks().stream()
                        .filter(block -> block.text().contains("ip netns add shop"))
                        .flatMap(block -> block.lines().stream())
                        .map(line -> line.replaceFirst("^sudo ", ""))
                        .toList();
        assertThat(commands).hasSizeGreaterThan(6);
        String said = "";
        try (Lab lab = Lab.open()) {
            Host shop = lab.host("shop");
            Host guest = lab.host("guest");
            for (String command : commands) {
                if (command.startsWith(IN_SHOP + "java ")) {
                    LabProcess server =
                            shop.start("java", List.of("sh", "-c", "exec " + program(command)));
                    server.awaitLine(
                            line -> line.contains("serving port 67"), "its port", START_WAIT_MAX);
                } else if (!command.startsWith("ip netns add ")) { // which the lab has done
                    said =
                            Shell.must(
                                    "sh",
                                    "-c",
                                    command.replaceAll("\\bshop\\b", shop.namespace())
                                            .replaceAll("\\bguest\\b", guest.namespace())
                                            .replace("udhcpc ", "udhcpc -s /bin/true -t 8 "));
                }
            }
        }
        String lease = "lease of 10.77.0.101 obtained from 10.77.0.1, lease time 3600";
        assertThat(said).contains(lease);
        assertThat(String.join(" ", page.lines())).contains(lease);
    }

    /** With the classes of this build in place of jars that are not made yet. */
    private static String program(String command) {
        String library =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> entry.matches(".*/(protocol|lease|link|service)/.*"))
                        .collect(Collectors.joining(File.pathSeparator));
        assertThat(command).contains("'app/target/lib/*'", " examples/src/");
        return command.substring(IN_SHOP.length())
                .replaceFirst("java ", System.getProperty("java.home") + "/bin/java ")
                .replace("'app/target/lib/*'", "'" + library + "'")
                .replace(" examples/src/", " " + Page.project().resolve("examples/src") + "/");
    }
}
