package io.leasehold.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A socket here takes the place of the service manager's; systemd itself hears it in a lab test.
 */
class NotifyTest {
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment state = Kernel.newState(arena);
    private final int fd = Kernel.socket(state, Abi.AF_UNIX, Abi.SOCK_DGRAM, 0);

    @TempDir private Path directory;

    @AfterEach
    void close() {
        Kernel.close(state, fd);
        arena.close();
    }

    private void listenAt(String name) {
        MemorySegment address = Objects.requireNonNull(Notify.address(arena, name));
        assertThat(Kernel.bind(state, fd, address)).isZero();
    }

    private String received() {
        MemorySegment into = arena.allocate(256);
        int length = Kernel.receive(state, fd, into, Abi.MSG_DONTWAIT);
        assertThat(length).isPositive();
        byte[] bytes = into.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void tellsAManagerThatListensAtAPath() {
        String path = directory.resolve("notify").toString();
        listenAt(path);
        assertThat(Notify.send(path, "READY=1\nSTATUS=ready on eth1")).isNull();
        assertThat(received()).isEqualTo("READY=1\nSTATUS=ready on eth1");
    }

    @Test
    void tellsAManagerThatListensAtAnAbstractName() {
        String name = "@leasehold-test-" + ProcessHandle.current().pid();
        listenAt(name);
        assertThat(Notify.send(name, "STOPPING=1")).isNull();
        assertThat(received()).isEqualTo("STOPPING=1");
    }

    @Test
    void saysWhyAManagerCannotBeTold() {
        assertThat(Notify.send(directory.resolve("none").toString(), "READY=1")).contains("ENOENT");
        for (String none : new String[] {"", "/", "name", "vsock:2:1234", "/" + "x".repeat(107)}) {
            assertThat(Notify.send(none, "READY=1")).as(none).contains("neither a path");
        }
    }
}
