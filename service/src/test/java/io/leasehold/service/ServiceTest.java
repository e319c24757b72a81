package io.leasehold.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The loop over real sockets on the loopback interface. */
class ServiceTest {
    private final LoopFixture loop = new LoopFixture();

    @AfterEach
    void end() throws Exception {
        loop.close();
    }

    @Test
    void sendsAReplyThatNeedsNoCommitAtOnce() throws Exception {
        loop.run();
        loop.send(LoopFixture.REPLY);

        assertThat(loop.receive()).isEqualTo(LoopFixture.REPLY);
        assertThat(loop.taken()).isEmpty();
    }

    @Test
    void sendsAnAckOnlyWhenItsChangeIsDurable() throws Exception {
        loop.holdOutcomes = true;
        loop.run();
        loop.send(LoopFixture.COMMIT);
        loop.await(() -> loop.taken().size() == 1);
        loop.send(LoopFixture.REPLY);
        assertThat(loop.receive()).isEqualTo(LoopFixture.REPLY);
        assertThat(loop.role.settled).isEmpty();

        loop.settleHeld(null);

        assertThat(loop.receive()).isEqualTo(LoopFixture.COMMIT);
        loop.await(() -> loop.role.settled.contains("put 2 true"));
    }

    @Test
    void sendsNoAckWhoseChangeIsNotDurable() throws Exception {
        loop.failure = new IOException("journal-00000001.log: No space left on device");
        loop.run();
        loop.send(LoopFixture.COMMIT);
        loop.await(() -> loop.role.settled.contains("put 2 false"));
        loop.send(LoopFixture.REPLY);

        assertThat(loop.receive()).isEqualTo(LoopFixture.REPLY);
        assertThat(loop.events.told)
                .containsExactly("not durable 1: journal-00000001.log: No space left on device");
    }

    /** Its client has asked again, and the address may be another's by now. */
    @Test
    void sendsNoAckThatWaitedTooLongForTheDisk() throws Exception {
        loop.holdOutcomes = true;
        loop.run();
        loop.send(LoopFixture.COMMIT);
        loop.await(() -> loop.taken().size() == 1);
        loop.clock.pass(Outbox.REPLY_WAITS_MILLIS_MAX + 1);

        loop.settleHeld(null);

        loop.await(() -> loop.role.settled.contains("put 2 true"));
        loop.send(LoopFixture.REPLY);
        assertThat(loop.receive()).isEqualTo(LoopFixture.REPLY);
        assertThat(loop.events.told).containsExactly("store busy 1");
    }

    @Test
    void letsGoWhatItsOwnerSendsAfterTheEnd() throws Exception {
        loop.run();
        loop.send(LoopFixture.REPLY);
        assertThat(loop.receive()).isEqualTo(LoopFixture.REPLY);
        Arrival arrival = loop.role.arrivals.getFirst();
        loop.loop.stop();
        loop.service().join();

        if (loop.role.decide(arrival) instanceof Decision.Reply<String> last) {
            loop.loop.send(last.outgoing());
        }
        loop.loop.finish();

        assertThat(loop.receive()).isEqualTo(LoopFixture.REPLY);
    }

    @Test
    void sendsNoAckWhenTheStoreHasTooMuchWaiting() throws Exception {
        loop.refusals.set(1);
        loop.run();
        loop.send(LoopFixture.COMMIT);
        loop.await(() -> loop.role.settled.contains("put 2 false"));
        loop.send(LoopFixture.REPLY);

        assertThat(loop.receive()).isEqualTo(LoopFixture.REPLY);
        assertThat(loop.events.told).containsExactly("store busy 1");
        loop.send(LoopFixture.COMMIT);
        assertThat(loop.receive()).isEqualTo(LoopFixture.COMMIT);
    }

    @Test
    void goesOnAfterAMessageThatTheRoleStumblesOver() throws Exception {
        loop.run();
        for (int i = 0; i < 50; i++) {
            loop.send(LoopFixture.STUMBLE);
            loop.send(LoopFixture.STUMBLE_DEEPLY);
        }
        loop.send(LoopFixture.REPLY);

        assertThat(loop.receive()).isEqualTo(LoopFixture.REPLY);
        loop.await(() -> loop.events.told.size() == 100);
        assertThat(loop.events.told)
                .contains(
                        "fault deciding about a message 666: IllegalStateException",
                        "fault deciding about a message 667: StackOverflowError");
        assertThat(loop.service().isAlive()).isTrue();
    }

    @Test
    void goesOnAfterFaultsOfTaskTickAndStore() throws Exception {
        loop.tickFaults.set(1);
        loop.submitFaults.set(1);
        loop.run();
        loop.loop.execute(
                () -> {
                    throw new IllegalStateException("a task of the owner's");
                });
        loop.send(LoopFixture.COMMIT);
        loop.await(() -> loop.role.settled.contains("put 2 false"));
        loop.send(LoopFixture.COMMIT);

        assertThat(loop.receive()).isEqualTo(LoopFixture.COMMIT);
        loop.await(() -> loop.events.told.size() == 3);
        assertThat(loop.events.told)
                .containsExactlyInAnyOrder(
                        "fault running a task -: IllegalStateException",
                        "fault doing what is done from time to time -: IllegalStateException",
                        "fault handing changes to the store -: IllegalStateException");
    }

    @Test
    void givesTheStoreWhatWasDecidedBeforeAStepFirst() throws Exception {
        loop.run();
        loop.loop.execute(
                () -> {
                    loop.loop.commit("decided before");
                    loop.steps.add(loop.loop.stepTime(5, "shift 5"));
                    loop.loop.commit("decided after");
                });

        loop.await(() -> loop.taken().size() == 3);
        assertThat(loop.taken())
                .containsExactly(
                        List.of("decided before"), List.of("shift 5"), List.of("decided after"));
        assertThat(loop.steps).containsExactly(true);
    }

    @Test
    void movesTimeOnlyWhenTheStoreHasTakenTheStep() throws Exception {
        loop.run();
        loop.refusals.set(2);
        loop.followClock = true;
        long before = loop.clock.wallMillis();

        loop.clock.set(3600);

        loop.await(() -> loop.steps.contains(true));
        assertThat(loop.steps).containsExactly(false, false, true);
        assertThat(loop.taken()).containsExactly(List.of("shift 3600"));
        loop.send(LoopFixture.REPLY);
        assertThat(loop.receive()).isEqualTo(LoopFixture.REPLY);
        Arrival arrival = loop.role.arrivals.getLast();
        assertThat(arrival.nowMillis()).isGreaterThanOrEqualTo(before + 3_600_000);
    }

    @Test
    void keepsTheTimeWhileTheStoreDoesNotTakeTheStep() throws Exception {
        loop.run();
        loop.refusals.set(Integer.MAX_VALUE);
        loop.followClock = true;
        long before = loop.clock.wallMillis();

        loop.clock.set(3600);

        loop.await(() -> loop.steps.size() >= 2);
        loop.send(LoopFixture.REPLY);
        assertThat(loop.receive()).isEqualTo(LoopFixture.REPLY);
        assertThat(loop.role.arrivals.getLast().nowMillis()).isLessThan(before + 3_600_000);
        assertThat(loop.steps).doesNotContain(true);
    }

    @Test
    void tellsTheStoreOfAStepOnceThoughItFails() throws Exception {
        loop.failure = new IOException("disk full");
        loop.run();
        loop.followClock = true;

        loop.clock.set(-3600);

        loop.await(() -> loop.steps.contains(true));
        loop.awaitTicks(3);
        assertThat(loop.steps).containsExactly(true);
        assertThat(loop.taken()).containsExactly(List.of("shift -3600"));
    }

    @Test
    void handsOverWhatWasDecidedWhenItStops() throws Exception {
        loop.run();
        loop.loop.execute(
                () -> {
                    loop.loop.commit("the last word");
                    loop.loop.stop();
                });
        loop.service().join(10_000);

        assertThat(loop.service().isAlive()).isFalse();
        assertThat(loop.taken()).containsExactly(List.of("the last word"));
    }

    @Test
    void leavesOutDiscoversBeforeTheyCostAnythingWhileMoreComeThanAreAnswered() throws Exception {
        int answeredLater = 3;
        loop.role.millisForEach = 1;
        loop.run();
        while (loop.counters().shed() == 0) {
            loop.send(Messages.DISCOVER, LoopFixture.REPLY);
        }
        assertThat(loop.events.told).contains("shed");

        loop.role.millisForEach = 0;
        while (loop.receive() != answeredLater) {
            loop.send(Messages.DISCOVER, answeredLater);
        }
    }
}
