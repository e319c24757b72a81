package io.leasehold.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinkClockTest {
    private final LinkClock clock = new LinkClock();

    @Test
    void bootClockGoesOnAndNeverBack() {
        long first = clock.bootMillis();
        assertThat(first).isPositive();
        assertThat(clock.bootMillis()).isGreaterThanOrEqualTo(first);
    }

    @Test
    void bootIdIsTheSameWithinABoot() throws Exception {
        assertThat(clock.bootId()).hasSize(36).isEqualTo(clock.bootId());
    }
}
