package io.leasehold.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.role.Arrival;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private final Backlog backlog = new Backlog();

    private boolean discover(int xid, int secs) {
        return backlog.addDiscover(Messages.arrival(Messages.DISCOVER, xid, secs));
    }

    private List<Integer> discoversLeft() {
        List<Integer> xids = new ArrayList<>();
        for (Arrival one = backlog.nextDiscover(); one != null; one = backlog.nextDiscover()) {
            xids.add(one.message().xid());
        }
        return xids;
    }

    @Test
    void answersTheClientsFirstThatHaveWaitedLongest() {
        discover(1, 0);
        discover(2, 12);
        discover(3, 1);
        discover(4, 5);
        discover(5, 0xffff);

        assertThat(discoversLeft()).containsExactly(2, 5, 4, 3, 1);
        assertThat(backlog.isEmpty()).isTrue();
    }

    @Test
    void shedsADiscoverOfTheClientsThatBeganLast() {
        for (int xid = 1; xid <= Backlog.DISCOVERS_MAX; xid++) {
            assertThat(discover(xid, xid == 500 ? 0 : 20)).isFalse();
        }

        assertThat(discover(2000, 20)).isTrue();

        assertThat(discoversLeft())
                .hasSize(Backlog.DISCOVERS_MAX)
                .contains(2000)
                .doesNotContain(500);
    }

    @Test
    void neverShedsARequest() {
        for (int xid = 1; xid <= 3 * Backlog.DISCOVERS_MAX; xid++) {
            backlog.addUrgent(Messages.arrival(Messages.REQUEST, xid, 0));
            discover(xid, 20);
        }

        for (int xid = 1; xid <= 3 * Backlog.DISCOVERS_MAX; xid++) {
            Arrival next = backlog.nextUrgent();
            assertThat(next).isNotNull();
            assertThat(next.message().xid()).isEqualTo(xid);
        }
        assertThat(discoversLeft()).hasSize(Backlog.DISCOVERS_MAX);
    }

    @Test
    void refusesUnreadOnlyWhatWouldBeShedAtOnce() {
        for (int xid = 1; xid < Backlog.DISCOVERS_MAX; xid++) {
            discover(xid, 0);
        }
        assertThat(backlog.refuses(0)).isFalse();

        discover(Backlog.DISCOVERS_MAX, 0);

        assertThat(backlog.refuses(0)).isTrue();
        assertThat(backlog.refuses(1)).isFalse();
        assertThat(backlog.refuses(Integer.MAX_VALUE)).isFalse();
    }

    @Test
    void refusesANewClientWhenAllOthersHaveWaitedLonger() {
        for (int xid = 1; xid <= Backlog.DISCOVERS_MAX; xid++) {
            discover(xid, 20);
        }
        assertThat(backlog.refuses(0)).isTrue();
        // One that says later in its options what it is gets here, and is then the one that goes.
        assertThat(discover(2000, 0)).isTrue();
        assertThat(discoversLeft()).hasSize(Backlog.DISCOVERS_MAX).doesNotContain(2000);
    }

    @Test
    void movesWhatWaitsWhenTimeMoves() {
        backlog.addUrgent(Messages.arrival(Messages.REQUEST, 1, 0));
        discover(2, 0);
        discover(3, 7);

        backlog.moveTime(-3_600_000);

        Arrival request = backlog.nextUrgent();
        assertThat(request).isNotNull();
        assertThat(request.nowMillis()).isEqualTo(1_000_000 - 3_600_000);
        Arrival discover = backlog.nextDiscover();
        assertThat(discover).isNotNull();
        assertThat(discover.message().xid()).isEqualTo(3);
        assertThat(discover.nowMillis()).isEqualTo(1_000_000 - 3_600_000);
        assertThat(discoversLeft()).containsExactly(2);
    }
}
