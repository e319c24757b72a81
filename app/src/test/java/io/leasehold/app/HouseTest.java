package io.leasehold.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The table of rooms: which may use which. Change it here and in the text together, and say why.
 */
class HouseTest {
    private static final Map<String, List<String>> MAY_USE =
            Map.ofEntries(
                    Map.entry("protocol", List.of()),
                    Map.entry("relay", List.of("protocol")),
                    Map.entry("lease", List.of("protocol")),
                    Map.entry("server", List.of("protocol", "lease")),
                    Map.entry("netboot", List.of("protocol")),
                    Map.entry("link", List.of("protocol")),
                    Map.entry("service", List.of("protocol", "link", "lease")),
                    Map.entry("testkit", List.of("protocol", "link", "service")),
                    Map.entry(
                            "app",
                            List.of(
                                    "protocol",
                                    "relay",
                                    "lease",
                                    "server",
                                    "netboot",
                                    "link",
                                    "service")),
                    Map.entry("examples", List.of("protocol", "link", "service")),
                    Map.entry("scratch", List.of("protocol", "relay")));

    /** The tests of another room are a jar by the time that all is built. */
    private static final ImportOption NO_TESTS =
            location ->
                    ImportOption.Predefined.DO_NOT_INCLUDE_TESTS.includes(location)
                            && !location.contains("-tests.jar");

    private static final JavaClasses HOUSE =
            new ClassFileImporter().withImportOption(NO_TESTS).importPackages("io.leasehold");

    @Test
    void seesTheRoomsItSpeaksOf() {
        assertThat(HOUSE).hasSizeGreaterThan(100);
        assertThat(HOUSE.containPackage("io.leasehold.protocol.wire")).isTrue();
        assertThat(HOUSE.containPackage("io.leasehold.lease")).isTrue();
        assertThat(HOUSE.containPackage("io.leasehold.link")).isTrue();
    }

    @Test
    void eachRoomUsesOnlyTheRoomsBelowIt() {
        for (String room : MAY_USE.keySet()) {
            List<String> others = new ArrayList<>();
            for (String other : MAY_USE.keySet()) {
                boolean allowed =
                        other.equals(room) || MAY_USE.getOrDefault(room, List.of()).contains(other);
                if (!allowed) {
                    others.add("io.leasehold." + other + "..");
                }
            }
            if (!others.isEmpty()) {
                check(
                        noClasses()
                                .that()
                                .resideInAPackage("io.leasehold." + room + "..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(others.toArray(new String[0])));
            }
        }
    }

    /** Its classes are not on this path, so that the program can be built without TeaVM. */
    @Test
    void scratchIsGivenOnlyTheRoomsItMayUse() throws IOException {
        List<String> given = new ArrayList<>();
        String pom = Files.readString(Path.of("../scratch/pom.xml"));
        Matcher rooms = Pattern.compile("<artifactId>leasehold-(\\w+)</artifactId>").matcher(pom);
        while (rooms.find()) {
            given.add(rooms.group(1));
        }
        List<String> allowed = new ArrayList<>(MAY_USE.getOrDefault("scratch", List.of()));
        allowed.add("scratch");
        assertThat(given).contains("protocol", "relay").isSubsetOf(allowed);
    }

    @Test
    void onlyLinkTouchesTheKernel() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("io.leasehold.link..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("java.lang.foreign.."));
    }

    /** Since it is made a program without a JVM as well, in scratch. */
    @Test
    void theNeighbourHelperIsPlainJava() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("io.leasehold.link.helper..")
                        .should()
                        .dependOnClassesThat()
                        .resideOutsideOfPackages(
                                "io.leasehold.link.helper..",
                                "io.leasehold.protocol.wire..",
                                "java.lang",
                                "java.lang.invoke",
                                "java.io",
                                "java.util",
                                "java.nio.charset",
                                "org.jspecify.."));
    }

    @Test
    void onlyLinkAndAppLookAtTheClock() {
        for (String method : List.of("currentTimeMillis", "nanoTime")) {
            check(
                    noClasses()
                            .that()
                            .resideOutsideOfPackages("io.leasehold.link..", "io.leasehold.app..")
                            .should()
                            .callMethod(System.class, method));
        }
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages("io.leasehold.link..", "io.leasehold.app..")
                        .should()
                        .callMethod(Instant.class, "now"));
    }

    @Test
    void thePacketPathHasNoStreams() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage("io.leasehold.protocol..", "io.leasehold.relay..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("java.util.stream..", "java.lang.reflect.."));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(HOUSE);
    }
}
