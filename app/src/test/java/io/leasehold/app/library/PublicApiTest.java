package io.leasehold.app.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.docs.Page;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The library's modules: what they export stays, and nothing comes with them. What was added is
 * written into {@code api} by {@code -Dtest=PublicApiTest -Dapi.write=true}.
 */
class PublicApiTest {
    private static final Pattern DEPENDENCY =
            Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
    private static final Pattern GROUP = Pattern.compile("<groupId>(.*?)</groupId>");
    private static final Pattern SCOPE = Pattern.compile("<scope>(.*?)</scope>");

    private static Path classes(String module) {
        return Page.project().resolve(module).resolve("target/classes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"protocol", "link", "lease", "service", "testkit"})
    void keepsWhatItExported(String module) throws Exception {
        Path file = Page.project().resolve("api").resolve(module + ".txt");
        List<String> now = PublicApi.of(classes(module));
        assertThat(now).hasSizeGreaterThan(20);
        if (Boolean.getBoolean("api.write")) {
            Files.write(file, now);
        }
        assertThat(PublicApi.broken(Files.readAllLines(file), now))
                .as(
                        "what programs that use %s lose; where that is meant, write %s anew"
                                + " (-Dapi.write=true) and say so in the commit",
                        module, file)
                .isEmpty();
    }

    @Test
    void findsWhatIsGoneAndWhatWouldHaveToBeWritten() {
        List<String> before =
                List.of(
                        "a.B: public abstract interface a.B of null []",
                        "a.B: public abstract void a.B.c()",
                        "a.B: public default void a.B.d()");
        List<String> now =
                List.of(
                        "a.B: public abstract interface a.B of null []",
                        "a.B: public abstract int a.B.c()",
                        "a.B: public default void a.B.d()",
                        "a.B: public default void a.B.e()",
                        "a.C: public abstract void a.C.f()");
        assertThat(PublicApi.broken(before, before)).isEmpty();
        assertThat(PublicApi.broken(before, now))
                .containsExactly(
                        "gone or changed: a.B: public abstract void a.B.c()",
                        "to be written besides: a.B: public abstract int a.B.c()");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "protocol",
                "relay",
                "lease",
                "server",
                "netboot",
                "link",
                "service",
                "testkit"
            })
    void needsNothingButTheJdkWhenItRuns(String module) throws IOException {
        ModuleDescriptor descriptor = PublicApi.descriptor(classes(module));
        assertThat(descriptor.name()).isEqualTo("io.leasehold." + module);
        assertThat(descriptor.requires())
                .filteredOn(
                        each ->
                                !each.modifiers()
                                        .contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .allMatch(
                        each ->
                                each.name().startsWith("io.leasehold.")
                                        || each.name().startsWith("java."));
        String pom = Files.readString(Page.project().resolve(module).resolve("pom.xml"));
        assertThat(foreign(pom)).isEmpty();
        String parent = Files.readString(Page.project().resolve("pom.xml"));
        String shared =
                parent.replaceAll("(?s)<dependencyManagement>.*?</dependencyManagement>", "");
        assertThat(foreign(shared)).isEmpty();
    }

    /** The groups of dependencies that would come with a module. */
    private static List<String> foreign(String pom) {
        return DEPENDENCY
                .matcher(pom)
                .results()
                .map(result -> result.group(1))
                .filter(each -> !List.of("test", "provided").contains(first(SCOPE, each)))
                .map(each -> first(GROUP, each))
                .filter(group -> !group.equals("io.leasehold"))
                .toList();
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
