package io.leasehold.app.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.app.control.ControlAnswer;
import io.leasehold.app.control.ControlClient;
import io.leasehold.app.control.ControlHandler;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where relays answer commands. */
final class RelayControlTest {
    @TempDir private Path directory;

    private record Named(String name) implements ControlHandler {
        @Override
        public ControlAnswer reload() {
            return ControlAnswer.ok(List.of());
        }

        @Override
        public ControlAnswer clear(Ip4Address address, String by) {
            return ControlAnswer.ok(List.of());
        }

        @Override
        public ControlAnswer status() {
            return ControlAnswer.ok(List.of(name));
        }
    }

    @Test
    void answersInADirectoryThatItMakesUntilItEnds() throws IOException {
        Path data = directory.resolve("run/relay");
        try (Closeable first = RelayControl.answer(data, null, new Named("first"))) {
            assertThat(first).isNotNull();
            assertThat(ControlClient.ask(data, "status"))
                    .contains(ControlAnswer.ok(List.of("first")));
        }
        assertThat(ControlClient.ask(data, "status")).isEmpty();
    }

    @Test
    void leavesADirectoryToWhomAnswersThere() throws IOException {
        try (Closeable first = RelayControl.answer(directory, null, new Named("first"))) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> RelayControl.answer(directory, null, new Named("second")))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "cannot answer commands in "
                                    + directory
                                    + ": another server or relay does; --data takes another"
                                    + " directory");
            assertThat(ControlClient.ask(directory, "status"))
                    .contains(ControlAnswer.ok(List.of("first")));
        }
    }

    @Test
    void answersNowhereUnlessToldWhere() throws IOException {
        RelayControl.answer(null, null, new Named("nobody")).close();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void relaysWhereNoSocketCanBeMade() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        RelayControl.answer(file, null, new Named("nobody")).close();
        assertThat(file).isRegularFile();
    }
}
