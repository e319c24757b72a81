package io.leasehold.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.control.ControlAnswer;
import io.leasehold.app.control.ControlHandler;
import io.leasehold.app.control.ControlServer;
import io.leasehold.app.leases.HostJournal;
import io.leasehold.app.leases.StoppedJournal;
import io.leasehold.lease.ClientKey;
import io.leasehold.lease.Journal;
import io.leasehold.lease.JournalReader;
import io.leasehold.lease.Lease;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeasesCommandTest {
    private static final String LEASES =
            """
            {"address":"10.0.0.7","state":"bound","client-id":"01:02","hardware-type":1,\
            "hardware":"52:54:00:aa:00:01","host-name":"=evil\\u001b[2J","starts":\
            "2026-01-01T00:00:00Z","ends":"never","agent-information":"01:01:61",\
            "server-id":"10.0.0.1"}
            {"address":"10.0.0.8","state":"expired","hardware-type":1,\
            "hardware":"52:54:00:aa:00:02","host-name":"old","starts":\
            "2001-01-01T00:00:00Z","ends":"2001-01-02T00:00:00Z","agent-information":"",\
            "server-id":"10.0.0.1"}
            {"address":"10.0.1.9","state":"declined","hardware-type":1,"hardware":"",\
            "host-name":"","starts":"2026-01-01T00:00:00Z","ends":"never",\
            "agent-information":"","server-id":"0.0.0.0"}
            """;

    @TempDir Path directory = Path.of(".");
    private Path data = Path.of(".");
    private Path file = Path.of(".");
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void importLeases() throws IOException {
        data = Files.createDirectory(directory.resolve("data"));
        file = Files.writeString(directory.resolve("leases"), LEASES);
        assertThat(run("--import", file.toString())).as(err.toString()).isZero();
    }

    @Test
    void exportsTheVeryBytesThatWereImported() throws IOException {
        Path exported = directory.resolve("exported");
        assertThat(run("--export", exported.toString())).isZero();
        assertThat(exported).hasContent(LEASES);
    }

    @Test
    void showsNoControlCharacterOfAStranger() {
        for (String[] form : new String[][] {{}, {"--json"}, {"--csv"}}) {
            assertThat(run(form)).isZero();
            assertThat(out.toString()).contains("evil").doesNotContain("\u001b");
        }
        assertThat(out.toString()).contains(",\"'=evil");
    }

    /** It asked when the ping was answered; the address is another host's. */
    @Test
    void namesNoClientOfAnAddressInConflict() throws IOException {
        Lease asked =
                new Lease(
                        Ip4Address.parse("10.0.2.2"),
                        new ClientKey.ById(Octets.parseHex("01525400aa0009")),
                        HardwareAddress.parse("52:54:00:aa:00:09"),
                        Lease.State.CONFLICT,
                        1_000_000_000,
                        Lease.FOREVER,
                        "",
                        Octets.EMPTY,
                        Ip4Address.ZERO);
        StoppedJournal.add(data, List.of(asked));
        for (String[] form : new String[][] {{}, {"--json"}, {"--csv"}, {"--export", "-"}}) {
            assertThat(run(form)).isZero();
            assertThat(out.toString()).contains("10.0.2.2").doesNotContain("00:09");
        }
        assertThat(found("--hardware", "52:54:00:aa:00:09")).isEmpty();
        Files.writeString(file, out.toString());
        assertThat(run("--export", file.toString())).isZero();
        assertThat(run("--import", file.toString())).as(err.toString()).isZero();
    }

    @Test
    void everyFormHasTheSameNamesAndStates() throws IOException {
        assertThat(run("--csv")).isZero();
        List<String> csv = out.toString().lines().toList();
        assertThat(run("--export", "-")).isZero();
        List<String> exported = out.toString().lines().toList();
        assertThat(run("--json")).isZero();
        assertThat(out.toString().replaceAll("(?m)[\\[\\],]$\\R", ""))
                .isEqualToIgnoringNewLines(String.join("", exported));
        assertThat(LEASES)
                .contains(csv.getFirst().replaceAll("client-hardware(-type)?,", "").split(","));
        assertThat(exported.get(1)).contains("\"state\":\"expired\"");
        assertThat(csv.get(1))
                .isEqualTo(
                        "10.0.0.7,bound,01:02,,,1,52:54:00:aa:00:01,\"'=evil\\x1b[2J\","
                                + "2026-01-01T00:00:00Z,never,01:01:61,10.0.0.1");
        assertThat(csv.get(2)).startsWith("10.0.0.8,expired,,,,1,52:54:00:aa:00:02,");
    }

    @Test
    void refusesLeasesThatCannotBe() throws IOException {
        String good = LEASES.lines().toList().get(1);
        Map<String, String> wrong = new LinkedHashMap<>();
        for (String address :
                List.of("0.0.0.0", "0.1.2.3", "127.0.0.1", "224.0.0.9", "240.0.0.1")) {
            wrong.put(
                    good.replace("10.0.0.8", address),
                    "address: found \""
                            + address
                            + "\", expected an address that a client can have");
        }
        wrong.put(
                good.replace("2001-01-02", "2000-12-31"),
                "ends: found \"2000-12-31T00:00:00Z\", expected no time before it starts");
        wrong.put(
                good.replace("52:54:00:aa:00:02", ""),
                "hardware: found none, and no client-id: expected the client that has the address");
        wrong.put(
                good.replace("\"old\"", "\"o\",\"host-name\":\"p\""),
                "\"host-name\" is given twice");
        wrong.put(
                good + " x",
                "not JSON from character "
                        + (good.length() + 2)
                        + " on: expected one lease and nothing else");
        Files.writeString(file, String.join("\n", wrong.keySet()) + "\n");
        assertThat(run("--import", file.toString())).isEqualTo(1);
        List<String> expected = new ArrayList<>();
        wrong.values()
                .forEach(why -> expected.add(file + ":" + (expected.size() + 1) + ": " + why));
        expected.add("leasehold: nothing was imported");
        assertThat(err.toString().lines()).containsExactlyElementsOf(expected);
    }

    @Test
    void findsTheLeasesThatAreMeant() {
        assertThat(found("--state", "expired")).containsExactly("10.0.0.8");
        assertThat(found("--state", "declined")).containsExactly("10.0.1.9");
        assertThat(found("--hardware", "52:54:00:aa:00:01")).containsExactly("10.0.0.7");
        assertThat(found("--client-id", "0102")).containsExactly("10.0.0.7");
        assertThat(found("--address", "10.0.0.0/24")).containsExactly("10.0.0.7", "10.0.0.8");
        assertThat(found("--address", "10.0.0.8")).containsExactly("10.0.0.8");
        assertThat(found("--host-name", "O*d")).containsExactly("10.0.0.8");
        assertThat(found("--active")).containsExactly("10.0.0.7", "10.0.1.9");
        assertThat(run("--state", "gone")).isEqualTo(2);
        assertThat(run("--address", "10.0.0.300")).isEqualTo(2);
    }

    @Test
    void importsNothingWhenOneLineIsWrong() throws IOException {
        String good = LEASES.lines().findFirst().orElseThrow().replace("10.0.0.7", "10.0.9.9");
        String bad =
                good
                        + "\nnonsense\n"
                        + good
                        + "\n"
                        + good.replace("bound", "gone").replace("10.0.9.9", "10.0.9.8")
                        + "\n"
                        + "[".repeat(5000)
                        + "\n{\"address\":\"10.0.9.7\",\"colour\":1}\n";
        Files.writeString(file, bad);
        assertThat(run("--import", file.toString())).isEqualTo(1);
        List<String> lines = err.toString().lines().toList();
        assertThat(lines).hasSize(6);
        assertThat(lines.get(0)).startsWith(file + ":2: not JSON");
        assertThat(lines.get(1)).isEqualTo(file + ":3: address: 10.0.9.9 is in line 1 already");
        assertThat(lines.get(2)).startsWith(file + ":4: state: found \"gone\", expected bound");
        assertThat(lines.get(3)).startsWith(file + ":5: not JSON");
        assertThat(lines.get(4)).isEqualTo(file + ":6: \"colour\" is no part of a lease");
        assertThat(lines.get(5)).isEqualTo("leasehold: nothing was imported");
        assertThat(JournalReader.read(data).leases()).hasSize(3);
    }

    @Test
    void clearsADeclinedAddressAndNoOther() throws IOException {
        assertThat(run("--clear", "10.0.0.7")).isEqualTo(1);
        assertThat(err.toString()).contains("10.0.0.7 is bound");
        assertThat(run("--clear", "10.0.1.9")).isZero();
        assertThat(JournalReader.read(data).leases())
                .extracting(Lease::address)
                .containsExactly(Ip4Address.parse("10.0.0.7"), Ip4Address.parse("10.0.0.8"));
        assertThat(run("--clear", "10.0.1.9")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no record of 10.0.1.9");
    }

    @Test
    void leavesTheJournalOfARunningServerToIt() throws IOException {
        ControlHandler handler =
                new ControlHandler() {
                    @Override
                    public ControlAnswer reload() {
                        return ControlAnswer.refused(List.of("f.yaml:1:1: bad"), "as it was");
                    }

                    @Override
                    public ControlAnswer clear(Ip4Address address, String by) {
                        return ControlAnswer.refused(List.of(), address + " is the server's");
                    }

                    @Override
                    public ControlAnswer status() {
                        return ControlAnswer.ok(List.of());
                    }
                };
        try (ControlServer server = ControlServer.start(data, null, handler)) {
            assertThat(server).isNotNull();
            assertThat(run("--import", file.toString())).isEqualTo(1);
            assertThat(err.toString()).contains("a server runs on " + data);
            assertThat(run("--clear", "10.0.1.9")).isEqualTo(1);
            assertThat(err.toString()).contains("10.0.1.9 is the server's");
            assertThat(program("reload", "--data", data.toString())).isEqualTo(1);
            assertThat(err.toString()).contains("f.yaml:1:1: bad").contains("as it was");
        }
        assertThat(program("reload", "--data", data.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("no server runs on");
    }

    @Test
    void saysWhereThereIsNoJournal() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        Path none = directory.resolve("none");
        Path written = directory.resolve("written");
        for (String[] what :
                new String[][] {
                    {}, {"--json"}, {"--export", written.toString()}, {"--clear", "10.0.1.9"}
                }) {
            data = empty;
            assertThat(run(what)).isEqualTo(1);
            assertThat(err.toString())
                    .isEqualToIgnoringNewLines(
                            "leasehold: no journal in "
                                    + empty
                                    + ": expected the data directory of a server");
            data = none;
            assertThat(run(what)).isEqualTo(1);
            assertThat(err.toString()).contains(none + ": no such directory");
        }
        assertThat(empty).isEmptyDirectory();
        assertThat(none).doesNotExist();
        assertThat(written).doesNotExist();
    }

    @Test
    void aServerThatNeverGaveALeaseHasAJournal() throws IOException {
        data = directory.resolve("new");
        try (Journal journal = HostJournal.open(data)) {
            journal.load(lease -> {});
            assertThat(run()).isZero();
        }
        assertThat(run("--json")).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("[]");
    }

    @Test
    void refusesAFilterWhereThereIsNothingToFilter() {
        assertThat(run("--clear", "10.0.1.9", "--active")).isEqualTo(2);
        assertThat(err.toString()).contains("--active", "nothing with --clear");
        assertThat(run("--import", file.toString(), "--address", "10.0.1.0/24")).isEqualTo(2);
        assertThat(err.toString()).contains("--address", "nothing with --import");
    }

    private List<String> found(String... filter) {
        assertThat(run(filter)).as(err.toString()).isZero();
        return out.toString().lines().skip(1).map(line -> line.replaceAll(" .*", "")).toList();
    }

    private int run(String... more) {
        String[] args = new String[more.length + 3];
        args[0] = "leases";
        args[1] = "--data";
        args[2] = data.toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return program(args);
    }

    private int program(String... args) {
        out = new StringWriter();
        err = new StringWriter();
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
