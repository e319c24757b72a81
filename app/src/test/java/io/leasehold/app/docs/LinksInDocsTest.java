package io.leasehold.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a page links to is there: the file, and the heading in it. */
class LinksInDocsTest {
    private static final Pattern LINK = Pattern.compile("\\[[^]]+]\\(([^)]+)\\)");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (Page page : Page.all()) {
            for (String line : page.prose()) {
                Matcher matcher = LINK.matcher(line);
                while (matcher.find()) {
                    links++;
                    if (!leadsSomewhere(page, matcher.group(1))) {
                        dead.add(page.file() + ": " + matcher.group(1));
                    }
                }
            }
        }
        assertThat(links).isGreaterThan(10);
        assertThat(dead).isEmpty();
    }

    @Test
    void findsADeadLink() throws IOException {
        Page page = Page.read("README.md");
        assertThat(leadsSomewhere(page, "docs/no-such-page.md")).isFalse();
        assertThat(leadsSomewhere(page, "docs/server.md#no-such-heading")).isFalse();
        assertThat(leadsSomewhere(page, "docs/server.md#the-journal")).isTrue();
    }

    private static boolean leadsSomewhere(Page page, String link) throws IOException {
        if (link.startsWith("https://")) {
            return true;
        }
        int hash = link.indexOf('#');
        String name = hash < 0 ? link : link.substring(0, hash);
        Path file = name.isEmpty() ? page.file() : page.file().resolveSibling(name);
        if (!Files.exists(file)) {
            return false;
        }
        return hash < 0 || anchors(Files.readAllLines(file)).contains(link.substring(hash + 1));
    }

    private static List<String> anchors(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(line -> line.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
                .toList();
    }
}
