package io.leasehold.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LoopCallsTest {
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();

    @Test
    void doesNotDoLaterWhatWasSaidToHaveFailed() {
        LoopCalls busy = new LoopCalls(tasks::add, 10);

        assertThatThrownBy(
                        () ->
                                busy.call(
                                        () -> {
                                            done.add("late");
                                            return "";
                                        }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not answer");
        tasks.forEach(Runnable::run);

        assertThat(done).isEmpty();
    }

    @Test
    void handsOverWhatATaskComesTo() throws IOException {
        LoopCalls idle =
                new LoopCalls(
                        task -> {
                            task.run();
                            return true;
                        },
                        10);

        assertThat(idle.call(() -> "done")).isEqualTo("done");
        assertThat(idle.<String>callLater(answer -> answer.complete("later"))).isEqualTo("later");
        assertThatThrownBy(
                        () ->
                                idle.call(
                                        () -> {
                                            throw new IllegalStateException("a fault");
                                        }))
                .hasMessage("the server failed: java.lang.IllegalStateException: a fault");
    }
}
