package io.leasehold.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimitTest {
    private long millis = 1_000_000;

    private int passed(RateLimit limit, int events) {
        int passed = 0;
        for (int i = 0; i < events; i++) {
            passed += limit.pass() ? 1 : 0;
        }
        return passed;
    }

    @Test
    void letsABurstPassAndThenSoManyASecond() {
        RateLimit limit = new RateLimit(() -> millis, 5, 20);
        assertThat(passed(limit, 100)).isEqualTo(20);

        millis += 1_000;
        assertThat(passed(limit, 100)).isEqualTo(5);
        millis += 199;
        assertThat(passed(limit, 100)).isZero();
        millis += 1;
        assertThat(passed(limit, 100)).isEqualTo(1);
        millis += 3_600_000;
        assertThat(passed(limit, 100)).isEqualTo(20);
    }

    @Test
    void countsWhatItHoldsBack() {
        RateLimit limit = new RateLimit(() -> millis, 1, 2);
        passed(limit, 10);

        assertThat(limit.takeHeld()).isEqualTo(8);
        assertThat(limit.takeHeld()).isZero();
    }

    @Test
    void letsOnePassEachTimeSoManySecondsAreOver() {
        RateLimit limit = RateLimit.every(() -> millis, 10);
        assertThat(passed(limit, 50)).isEqualTo(1);

        millis += 9_990;
        assertThat(passed(limit, 50)).isZero();
        millis += 20;
        assertThat(passed(limit, 50)).isEqualTo(1);
        millis += 600_000;
        assertThat(passed(limit, 50)).isEqualTo(1);
    }
}
