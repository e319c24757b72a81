package io.leasehold.app.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.run.Counters;
import io.leasehold.netboot.files.BootFile;
import io.leasehold.netboot.files.FileLookup;
import io.leasehold.netboot.proxy.BootAction;
import io.leasehold.netboot.proxy.BootMatch;
import io.leasehold.netboot.proxy.BootRule;
import io.leasehold.netboot.proxy.NetbootConfig;
import io.leasehold.netboot.script.KernelScript;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptMakerTest {
    private static final String MACHINE = "mac=52:54:00:77:01:00&arch=x64";

    /** For an answer that comes: a loaded machine is no failure. */
    private static final int LONG_MILLIS = 30_000;

    /** For one that does not. */
    private static final int SHORT_MILLIS = 300;

    private final Counters counters = new Counters();
    @TempDir private Path root;

    private ScriptMaker maker(BootAction... actions) {
        List<BootRule> rules =
                Arrays.stream(actions).map(each -> new BootRule(BootMatch.ALL, each)).toList();
        return new ScriptMaker(root, new NetbootConfig(rules, null, 8080), counters);
    }

    private static BootAction.Backend backend(String url, int millis, @Nullable String fallback) {
        return new BootAction.Backend(url, millis, fallback, Map.of());
    }

    private static @Nullable FileLookup open(ScriptMaker maker, String name, String query) {
        return maker.open(name, query, "10.0.0.9", "10.0.0.1");
    }

    private static String text(@Nullable FileLookup found) throws IOException {
        if (!(found instanceof FileLookup.Found(BootFile file))) {
            throw new AssertionError("expected a script, found " + found);
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
        file.read(bytes, 0);
        return new String(bytes.array(), StandardCharsets.UTF_8);
    }

    private String asked(BootAction.Backend action) throws IOException {
        try (ScriptMaker maker = maker(action)) {
            return text(open(maker, "/backend.ipxe", "rule=1&" + MACHINE));
        }
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(root.resolve(name), text);
    }

    @Test
    void fillsATemplateForTheMachineOfItsUrlByTheValuesOfItsRule() throws IOException {
        write(
                "a.ipxe",
                "#!ipxe\n${role} ${mac} ${arch} ${ip} ${next-server} ${uuid} ${hostname}\n");
        ScriptMaker maker =
                maker(
                        new BootAction.Template("a.ipxe", Map.of("role", "one")),
                        new BootAction.Template("a.ipxe", Map.of("role", "two")));

        assertThat(text(open(maker, "/a.ipxe", "rule=2&" + MACHINE)))
                .isEqualTo(
                        "#!ipxe\n"
                                + "two 52:54:00:77:01:00 x64 10.0.0.9 10.0.0.1 ${uuid}"
                                + " ${hostname}\n");
        assertThat(text(open(maker, "//a.ipxe", ""))).startsWith("#!ipxe\none ${mac} ${arch} 10.");
        assertThat(text(open(maker, "/a.ipxe", "rule=9"))).startsWith("#!ipxe\none ");
    }

    @Test
    void leavesAllOtherNamesToTheRoot() throws IOException {
        write("backend.ipxe", "#!ipxe\n");
        ScriptMaker maker = maker(new BootAction.Template("a.ipxe", Map.of()));

        assertThat(open(maker, "/b.ipxe", "rule=1")).isNull();
        assertThat(open(maker, "/backend.ipxe", "rule=1")).isNull();
        assertThat(open(maker, "/../a.ipxe", "rule=1")).isNull();
    }

    @Test
    void refusesAUrlWhoseNamesWouldBeCommands() throws IOException {
        write("a.ipxe", "#!ipxe\nset host ${hostname}\n");
        ScriptMaker maker = maker(new BootAction.Template("a.ipxe", Map.of()));

        assertThat(open(maker, "/a.ipxe", "hostname=x%0asanboot%20http://evil/"))
                .isEqualTo(new FileLookup.Refused("the query's hostname is no host name"));
    }

    @Test
    void readsNoTemplateThatIsNotThereOrIsNone() throws IOException {
        write("big.ipxe", "#!ipxe\n" + "#".repeat(1024 * 1024));
        ScriptMaker maker =
                maker(
                        new BootAction.Template("none.ipxe", Map.of()),
                        new BootAction.Template("big.ipxe", Map.of()));

        assertThat(open(maker, "/none.ipxe", "")).isInstanceOf(FileLookup.Missing.class);
        assertThat(open(maker, "/big.ipxe", ""))
                .isEqualTo(
                        new FileLookup.Failed(
                                "a template of 1048583 bytes, expected 1048576 at most"));
    }

    @Test
    void doesByOtherRulesOnceTheyAreOthers() throws IOException {
        write("a.ipxe", "${role}");
        ScriptMaker maker = maker(new BootAction.Template("a.ipxe", Map.of("role", "one")));
        maker.configure(
                new NetbootConfig(
                        List.of(
                                new BootRule(
                                        BootMatch.ALL,
                                        new BootAction.Template(
                                                "a.ipxe", Map.of("role", "other")))),
                        null,
                        8080));

        assertThat(text(open(maker, "/a.ipxe", "rule=1"))).isEqualTo("other");
    }

    @Test
    void asksForTheMachineAndBootsTheKernelOfTheAnswer() throws IOException {
        String answer = "{\"kernel\": \"vmlinuz\", \"initrd\": [\"a\", \"b\"], \"cmdline\": \"q\"}";
        try (UserServer server = UserServer.of("200 OK", "", answer)) {
            assertThat(asked(backend(server.url() + "/boot", LONG_MILLIS, null)))
                    .contains("kernel --name kernel vmlinuz initrd=initrd0 initrd=initrd1 q\n")
                    .contains("initrd --name initrd1 b\n");
            assertThat(server.asked)
                    .containsExactly(
                            "GET /boot?arch=x64&ip=10.0.0.9&mac=52:54:00:77:01:00"
                                    + "&next-server=10.0.0.1 HTTP/1.1");
        }
        assertThat(counters.snapshot()).containsEntry("backend-answered", 1L);
    }

    @Test
    void asksAsAnApiOfPixiecoreIsAsked() throws IOException {
        try (UserServer server = UserServer.of("200 OK", "", "{\"kernel\": \"http://k/\"}")) {
            assertThat(asked(backend(server.url() + "/v1/boot/${mac}", LONG_MILLIS, null)))
                    .contains("kernel --name kernel http://k/\n");
            assertThat(server.asked).containsExactly("GET /v1/boot/52:54:00:77:01:00 HTTP/1.1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#!ipxe\necho own\n",
                "{\"script\": \"#!ipxe\\necho own\\n\"}",
                "{\"script\": \"#!ipxe\\necho own\\n\", \"x\": 1}"
            })
    void takesAScriptAsItIs(String answer) throws IOException {
        try (UserServer server = UserServer.of("200 OK", "", answer)) {
            assertThat(asked(backend(server.url(), LONG_MILLIS, null)))
                    .isEqualTo("#!ipxe\necho own\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"404 Not Found", "204 No Content"})
    void bootsFromItsOwnDiskWhomTheServerDoesNotKnow(String status) throws IOException {
        write("rescue.ipxe", "rescue");
        try (UserServer server = UserServer.of(status, "", "")) {
            assertThat(asked(backend(server.url(), LONG_MILLIS, "rescue.ipxe")))
                    .isEqualTo(KernelScript.LOCAL);
        }
        assertThat(counters.snapshot()).containsEntry("backend-nothing", 1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "null",
                "{}",
                "{\"kernel\": 1}",
                "{\"kernel\": null}",
                "{\"kernel\": \"k\", \"initrd\": [null]}",
                "{\"kernel\": \"k\", \"initrd\": {}}",
                "{\"kernel\": \"k\", \"cmdline\": [\"a\"]}",
                "{\"kernel\": \"k\", \"cmdline\": \"a\\nshell\"}",
                "{\"kernel\": \"k\", \"message\": \"a\\u000dshell\"}",
                "{\"kernel\": \"k x\"}",
                "{\"kernel\": \"k\", \"kernel\": \"l\"}",
                "{\"kernel\": \"k\"} {}",
                "{\"script\": \"echo\"}",
                "{\"script\": \"#!ipxe\", \"kernel\": \"k\"}",
                "{\"kernel\": \"k\""
            })
    void givesTheFallbackForAnAnswerThatIsNone(String answer) throws IOException {
        write("rescue.ipxe", "rescue ${mac}");
        try (UserServer server = UserServer.of("200 OK", "", answer)) {
            assertThat(asked(backend(server.url(), LONG_MILLIS, "rescue.ipxe")))
                    .isEqualTo("rescue 52:54:00:77:01:00");
        }
        assertThat(counters.snapshot()).containsEntry("backend-failed", 1L);
    }

    @Test
    void followsNoRedirect() throws IOException {
        try (UserServer other = UserServer.of("200 OK", "", "#!ipxe\nother")) {
            String location = "Location: " + other.url() + "\r\n";
            try (UserServer server = UserServer.of("302 Found", location, "")) {
                assertThat(asked(backend(server.url(), LONG_MILLIS, null)))
                        .isEqualTo(KernelScript.LOCAL);
            }
            assertThat(other.asked).isEmpty();
        }
    }

    @Test
    void readsNoMoreOfAnAnswerThanItMayHave() throws IOException {
        String most = "#!ipxe\n" + "#".repeat(Backend.ANSWER_BYTES_MAX - 7);
        try (UserServer server = UserServer.of("200 OK", "", most)) {
            assertThat(asked(backend(server.url(), LONG_MILLIS, null))).isEqualTo(most);
        }
        try (UserServer server = UserServer.of("200 OK", "", most + "#")) {
            assertThat(asked(backend(server.url(), LONG_MILLIS, null)))
                    .isEqualTo(KernelScript.LOCAL);
        }
    }

    /** It never says how long it is, and never ends. */
    @Test
    void readsNoAnswerWithoutAnEnd() throws IOException {
        UserServer.Conduct endless =
                out -> {
                    out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        out.write(new byte[8192]);
                    }
                };
        try (UserServer server = new UserServer(endless)) {
            assertThat(asked(backend(server.url(), LONG_MILLIS, null)))
                    .isEqualTo(KernelScript.LOCAL);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n#!ip"})
    void waitsNoLongerThanItMayForAServerThatHangs(String begun) throws IOException {
        write("rescue.ipxe", "rescue");
        CountDownLatch never = new CountDownLatch(1);
        UserServer.Conduct hangs =
                out -> {
                    out.write(begun.getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    never.await();
                };
        try (UserServer server = new UserServer(hangs)) {
            assertThat(asked(backend(server.url(), SHORT_MILLIS, "rescue.ipxe")))
                    .isEqualTo("rescue");
        }
        never.countDown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n#"})
    void givesTheFallbackWhereTheConnectionIsCutOrSaysNothing(String said) throws IOException {
        write("rescue.ipxe", "rescue");
        UserServer.Conduct cuts = out -> out.write(said.getBytes(StandardCharsets.US_ASCII));
        try (UserServer server = new UserServer(cuts)) {
            assertThat(asked(backend(server.url(), LONG_MILLIS, "rescue.ipxe")))
                    .isEqualTo("rescue");
        }
    }

    @Test
    void bootsFromTheDiskWhereNobodyAnswersAndNoFallbackIsThere() throws IOException {
        try (Socket taken = new Socket()) {
            // Its port is nobody else's, and nobody listens there.
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String url = "http://127.0.0.1:" + taken.getLocalPort();
            assertThat(asked(backend(url, LONG_MILLIS, "none.ipxe"))).isEqualTo(KernelScript.LOCAL);
        }
    }
}
