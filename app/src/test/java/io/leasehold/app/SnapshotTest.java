package io.leasehold.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.examples.MinimalServer;
import io.leasehold.protocol.capture.CaptureWriter;
import io.leasehold.protocol.capture.Direction;
import io.leasehold.protocol.capture.LinkType;
import io.leasehold.protocol.capture.Packets;
import io.leasehold.protocol.corpus.Captures;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.testkit.VirtualLab;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code leasehold snapshot}: what it makes compiles, passes, and fails where an answer differs.
 */
class SnapshotTest {
    private static final HardwareAddress HARDWARE = HardwareAddress.parse("52:54:00:aa:00:01");
    private static final String HANDLER = MinimalServer.class.getName();

    @TempDir private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int snapshot(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "snapshot";
        System.arraycopy(words, 0, all, 1, words.length);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
    }

    /** A capture of an exchange with the example's server, two seconds between its requests. */
    private Path capture() throws IOException {
        Path file = directory.resolve("office.pcapng");
        Message discover =
                MessageBuilder.request(HARDWARE, 0x1ea50101).type(MessageType.DISCOVER).build();
        Message request =
                MessageBuilder.request(HARDWARE, 0x1ea50101).type(MessageType.REQUEST).build();
        Message release =
                MessageBuilder.request(HARDWARE, 0x1ea50102)
                        .type(MessageType.RELEASE)
                        .ciaddr(Ip4Address.parse("192.168.1.101"))
                        .build();
        try (VirtualLab<MinimalServer> lab = VirtualLab.start(MinimalServer::new);
                CaptureWriter writer =
                        new CaptureWriter(Files.newOutputStream(file), "a test of leasehold")) {
            int number = writer.addInterface("eth0", LinkType.RAW);
            long nanos = 1_767_225_600_000_000_000L;
            for (Message each : List.of(discover, request, release)) {
                write(writer, number, nanos, each, each.ciaddr(), 68, Ip4Address.BROADCAST, 67);
                for (Outgoing answer : lab.send(each)) {
                    write(
                            writer,
                            number,
                            nanos + 1_000_000,
                            answer.message(),
                            Ip4Address.parse("192.168.1.1"),
                            67,
                            answer.destination(),
                            68);
                }
                nanos += 2_000_000_000L;
            }
        }
        return file;
    }

    private static void write(
            CaptureWriter writer,
            int number,
            long nanos,
            Message message,
            Ip4Address source,
            int port,
            Ip4Address destination,
            int toPort)
            throws IOException {
        byte[] packet = Packets.udp(source, port, destination, toPort, message.toBytes());
        writer.frame(number, nanos, Direction.UNKNOWN, packet.length, packet, 0, packet.length);
    }

    /** Compiles a test, and runs it as JUnit would. */
    private void compileAndRun(Path source, String className) throws Exception {
        compile(source);
        Path classes = directory.resolve("classes");
        try (URLClassLoader loader =
                new URLClassLoader(
                        new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            Class<?> made = loader.loadClass(className);
            var constructor = made.getDeclaredConstructor();
            constructor.setAccessible(true);
            int ran = 0;
            for (Method method : made.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class)) {
                    method.setAccessible(true);
                    method.invoke(constructor.newInstance());
                    ran++;
                }
            }
            assertThat(ran).isEqualTo(1);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof AssertionError failed) {
                throw failed;
            }
            throw e;
        }
    }

    @Test
    void makesATestThatCompilesAndPasses() throws Exception {
        Path test = directory.resolve("OfficeTest.java");
        int exit = snapshot(capture().toString(), "--out", test.toString(), "--handler", HANDLER);
        assertThat(exit).as(err.toString()).isZero();
        assertThat(Files.readString(test))
                .startsWith("// Made by leasehold snapshot from office.pcapng.\n")
                .contains("package io.leasehold.examples;")
                .contains("replay.after(Duration.ofMillis(2000));")
                .contains("// OFFER of 192.168.1.101, 52:54:00:aa:00:01")
                .contains("// RELEASE from 192.168.1.101, 52:54:00:aa:00:01: no answer");
        // Beside the handler in another module's package, so in a class loader of its own.
        Path moved = directory.resolve("other/OfficeTest.java");
        Files.createDirectories(moved.getParent());
        Files.writeString(
                moved,
                Files.readString(test)
                        .replace(
                                "package io.leasehold.examples;",
                                "import io.leasehold.examples.MinimalServer;"));
        assertThatCode(() -> compileAndRun(moved, "OfficeTest")).doesNotThrowAnyException();
    }

    @Test
    void makesATestThatFailsWhenAnAnswerDiffers() throws Exception {
        assertThat(snapshot(capture().toString(), "--handler", "Another")).isZero();
        Path test = directory.resolve("OfficeSnapshotTest.java");
        Files.writeString(test, out.toString());
        String server =
                Files.readString(
                        io.leasehold.app.docs.Page.project()
                                .resolve(
                                        "examples/src/main/java/io/leasehold/examples/MinimalServer.java"));
        Path another = directory.resolve("Another.java");
        Files.writeString(
                another,
                server.replace("package io.leasehold.examples;", "")
                        .replace("MinimalServer", "Another")
                        .replace("3600L", "60L"));
        compile(another);
        assertThatThrownBy(() -> compileAndRun(test, "OfficeSnapshotTest"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("request 1, DISCOVER xid 1ea50101 52:54:00:aa:00:01")
                .hasMessageContaining("dhcp-lease-time (51): expected 3600, found 60");
    }

    private void compile(Path source) throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        int exit =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-cp",
                                System.getProperty("java.class.path")
                                        + File.pathSeparator
                                        + classes,
                                "-proc:none",
                                "-d",
                                classes.toString(),
                                source.toString());
        assertThat(exit).isZero();
    }

    @Test
    void makesATestOfARealServersExchange() throws IOException {
        Path dora = Files.write(directory.resolve("dora.pcap"), Captures.bytes("dora.pcap"));
        assertThat(snapshot(dora.toString())).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("Replay.of(MyHandler::new, \"")
                .contains("// DISCOVER")
                .contains("// OFFER of")
                .contains("// REQUEST")
                .contains("// ACK of");
    }

    @Test
    void saysWhereADamagedCaptureStopsAndTakesWhatIsBeforeIt() throws IOException {
        byte[] whole = Files.readAllBytes(capture());
        Path cut = directory.resolve("cut.pcapng");
        Files.write(cut, java.util.Arrays.copyOf(whole, whole.length - 10));
        assertThat(snapshot(cut.toString())).as(err.toString()).isZero();
        assertThat(err.toString()).contains("cut.pcapng, byte ").contains("nothing is read behind");
        assertThat(out.toString()).contains("// OFFER of 192.168.1.101");

        Path none = Files.writeString(directory.resolve("none.pcap"), "no capture at all");
        assertThat(snapshot(none.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("found no answer of a server, so nothing to test");
    }

    @Test
    void overwritesOnlyWhatItHasMade() throws IOException {
        Path test = directory.resolve("MineTest.java");
        String capture = capture().toString();
        assertThat(snapshot(capture, "--out", test.toString())).isZero();
        assertThat(snapshot(capture, "--out", test.toString())).isZero();
        Files.writeString(test, "class MineTest {}\n");
        assertThat(snapshot(capture, "--out", test.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("so it is not overwritten");
        assertThat(Files.readString(test)).isEqualTo("class MineTest {}\n");
    }

    @Test
    void saysWhatIsWrongWithTheCommandLine() {
        assertThat(snapshot("x.pcap", "--out", "test.txt")).isEqualTo(2);
        assertThat(err.toString()).contains("--out: found \"test.txt\", expected a Java file");
        assertThat(snapshot("x.pcap", "--handler", "a-b")).isEqualTo(2);
        assertThat(err.toString()).contains("--handler: found \"a-b\", expected a class");
        assertThat(snapshot("x.pcap", "--ignore", "lease")).isEqualTo(2);
        assertThat(err.toString()).contains("--ignore: \"lease\" is neither a field");
        assertThat(snapshot("no-such-file.pcap")).isEqualTo(1);
        assertThat(err.toString()).contains("no-such-file.pcap: no such file or directory");
    }
}
