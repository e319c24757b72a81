package io.leasehold.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlTest {
    @TempDir Path data = Path.of(".");

    private static final class Handler implements ControlHandler {
        @Override
        public ControlAnswer reload() {
            return ControlAnswer.refused(List.of("f:1:1: bad", "ok"), "nothing has changed");
        }

        @Override
        public ControlAnswer clear(Ip4Address address, String by) {
            return ControlAnswer.ok(
                    List.of(address + " " + by + " cleared\u001b[2J\nerror: forged"));
        }

        @Override
        public ControlAnswer status() {
            throw new IllegalStateException("broken");
        }
    }

    @Test
    void carriesRequestsAndAnswers() throws IOException {
        try (ControlServer server = ControlServer.start(data, null, new Handler())) {
            assertThat(server).isNotNull();
            assertThat(ControlClient.ask(data, "reload"))
                    .contains(
                            ControlAnswer.refused(
                                    List.of("f:1:1: bad", "ok"), "nothing has changed"));
            String user = System.getProperty("user.name");
            assertThat(ControlClient.ask(data, "clear 10.0.0.7"))
                    .contains(
                            ControlAnswer.ok(
                                    List.of(
                                            "10.0.0.7 "
                                                    + user
                                                    + " cleared\\x1b[2J\\x0aerror: forged")));
        }
    }

    @Test
    void saysWhatItDoesNotUnderstandAndGoesOn() throws IOException {
        try (ControlServer server = ControlServer.start(data, null, new Handler())) {
            assertThat(server).isNotNull();
            for (int i = 0; i < ControlServer.CONNECTIONS_MAX * 2; i++) {
                assertThat(error("clear 10.0.0.300")).contains("is not an IPv4 address");
            }
            assertThat(error("nonsense\u001b")).startsWith("found \"nonsense\\x1b\", expected");
            assertThat(error("")).startsWith("found \"\", expected");
            assertThat(error("status")).contains("broken");
        }
    }

    @Test
    void onlyItsOwnUserMayOpenTheSocket() throws IOException {
        try (ControlServer server = ControlServer.start(data, null, new Handler())) {
            assertThat(server).isNotNull();
            Path room = data.resolve("control");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(room)))
                    .isEqualTo("rwx------");
        }
        assertThat(data.resolve(ControlServer.SOCKET)).doesNotExist();
    }

    @Test
    void takesThePlaceOfASocketThatAKilledServerLeft() throws IOException {
        assertThat(ControlClient.ask(data, "status")).isEmpty();
        Path socket = data.resolve(ControlServer.SOCKET);
        Files.createDirectory(data.resolve("control"));
        try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
        assertThat(ControlClient.ask(data, "status")).isEmpty();
        try (ControlServer server = ControlServer.start(data, null, new Handler())) {
            assertThat(server).isNotNull();
            assertThat(ControlClient.ask(data, "clear 10.0.0.7")).isPresent();
        }
    }

    private String error(String request) throws IOException {
        return ControlClient.ask(data, request).orElseThrow().error();
    }
}
