package io.leasehold.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every counter that {@code leasehold status} shows of a server is told on an operator's page. */
class CountersInDocsTest {
    private static final Pattern COUNTER =
            Pattern.compile("(?:counters\\.(?:add|counter)|all\\.put)\\(\\s*\"([a-z-]+)\"");
    private static final List<String> ROOMS = List.of("serve", "run", "scripts", "netboot");

    @Test
    void tellsEveryCounterThereIs() throws IOException {
        String pages =
                String.join("\n", Page.read("docs/server.md").lines())
                        + String.join("\n", Page.read("docs/netboot.md").lines());
        int found = 0;
        for (String room : ROOMS) {
            Path sources = Page.project().resolve("app/src/main/java/io/leasehold/app/" + room);
            try (Stream<Path> files = Files.list(sources)) {
                for (Path file : files.toList()) {
                    Matcher counter = COUNTER.matcher(Files.readString(file));
                    while (counter.find()) {
                        found++;
                        // What ends in a hyphen has a reason or a kind behind it.
                        String name =
                                counter.group(1) + (counter.group(1).endsWith("-") ? "…" : "");
                        assertThat(pages).as("%s of %s", name, file).contains("`" + name + "`");
                    }
                }
            }
        }
        assertThat(found).isGreaterThan(20);
    }
}
