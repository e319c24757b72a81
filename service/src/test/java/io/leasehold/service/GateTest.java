package io.leasehold.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GateTest {
    private final Gate gate = new Gate();
    private long now = 1_000_000;

    /** One period, in which so many came, and so many of them were refused. */
    private boolean period(int came, int refused) {
        for (int i = 0; i < came; i++) {
            gate.came(i < refused);
        }
        now += Gate.PERIOD_MILLIS;
        return gate.adjust(now);
    }

    @Test
    void staysOpenWhileAllAreAnswered() {
        assertThat(period(0, 0)).isFalse();
        assertThat(period(100_000, 0)).isFalse();
        assertThat(gate.share()).isEqualTo(Gate.OPEN);
    }

    /** Too much comes, as long as it takes to be believed. */
    private boolean flood(int came, int refused) {
        for (int i = 1; i < Gate.PATIENCE; i++) {
            period(came, refused);
        }
        return period(came, refused);
    }

    @Test
    void staysOpenWhenAPauseHeapedUpWhatCame() {
        for (int i = 1; i < Gate.PATIENCE; i++) {
            assertThat(period(10_000, 7_500)).isFalse();
        }
        assertThat(period(3_000, 0)).isFalse();
        assertThat(period(10_000, 7_500)).isFalse();
        assertThat(gate.share()).isEqualTo(Gate.OPEN);
    }

    @Test
    void letsInALittleMoreThanWasAnswered() {
        assertThat(flood(10_000, 7_500)).isTrue();

        assertThat(gate.share()).isEqualTo(0.25 * 17 / 16);
    }

    @Test
    void comesToRestWhereTheFloodIsSteady() {
        int offered = 16_000;
        int answered = 3_000;
        for (int i = 0; i < 20 * Gate.PATIENCE; i++) {
            int came = (int) (offered * gate.share());
            period(came, Math.max(0, came - answered));
        }

        assertThat(offered * gate.share()).isCloseTo(answered, within(answered / 4.0));
        assertThat(period((int) (offered * gate.share()), answered / 16)).isFalse();
    }

    @Test
    void opensAgainWhenTheFloodIsOver() {
        flood(100_000, 99_000);
        double shut = gate.share();

        assertThat(period(500, 0)).isTrue();
        assertThat(gate.share()).isGreaterThan(shut).isLessThan(Gate.OPEN);
        assertThat(period(Gate.FEW - 1, 0)).isTrue();
        assertThat(gate.share()).isEqualTo(Gate.OPEN);
    }

    @Test
    void neverShuts() {
        for (int i = 0; i < 20; i++) {
            flood(100_000, 100_000);
        }

        assertThat(gate.share()).isEqualTo(Gate.SHARE_MIN);
    }

    @Test
    void looksOncePerPeriodAlsoAfterTheClockWasSet() {
        gate.adjust(now);
        now -= 3_600_000;
        gate.moveTime(-3_600_000);

        assertThat(flood(10_000, 7_500)).isTrue();
        gate.came(true);
        assertThat(gate.adjust(now + Gate.PERIOD_MILLIS - 1)).isFalse();
    }
}
