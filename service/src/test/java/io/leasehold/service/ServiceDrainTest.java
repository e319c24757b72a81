package io.leasehold.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.link.Receiver;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Role;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.ParseResult;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How often the loop asks for what has come: each time is a system call or two. */
class ServiceDrainTest {
    private final Counts counts = new Counts();
    private final Service<Void> loop =
            new Service<>(
                    counts,
                    new Silent(),
                    Committer.none(),
                    new ServiceTime(new SetClock(0), 0),
                    new Faults(),
                    new StillTransport.Owner());

    /** Says so often how many came, and remembers whether it was asked to wait for them. */
    private final class Counts extends StillTransport {
        final Queue<Integer> came = new ArrayDeque<>();
        final List<Boolean> waited = new ArrayList<>();

        @Override
        public int receive(int waitMillis, Receiver receiver) {
            waited.add(waitMillis != 0);
            Integer next = came.poll();
            if (next == null) {
                loop.stop();
                return 0;
            }
            return next;
        }
    }

    private static final class Silent implements Role<Void> {
        @Override
        public Decision<Void> decide(Arrival arrival) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Decision<Void> asked(Object token, boolean answered, long nowMillis) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Faults implements ServiceEvents {
        @Override
        public void malformed(Ip4Address source, int index, ParseResult.Malformed what) {}

        @Override
        public void shed() {}

        @Override
        public void notDurable(int replies, IOException why) {}

        @Override
        public void fault(String what, @Nullable Arrival arrival, Throwable fault) {
            throw new AssertionError(what, fault);
        }

        @Override
        public void storeBusy(int replies) {}
    }

    @Test
    void asksOnceForWhatIsFew() throws Exception {
        counts.came.addAll(List.of(1, 63));
        loop.run();
        assertThat(counts.waited).containsExactly(true, true, true);
    }

    @Test
    void asksAgainWhereMoreMayBeThere() throws Exception {
        counts.came.addAll(List.of(64, 200, 3, 1));
        loop.run();
        assertThat(counts.waited).containsExactly(true, false, false, true, true);
    }
}
