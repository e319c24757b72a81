package io.leasehold.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When exchanges of an open loop are due. */
class PacerTest {
    private static final long MILLI = 1_000_000;

    private final Pacer pacer = new Pacer(1000, 0);

    private int dueAt(long millis) {
        int due = 0;
        while (pacer.due(millis * MILLI)) {
            pacer.started();
            due++;
        }
        return due;
    }

    @Test
    void spreadsThemEvenly() {
        assertThat(dueAt(0)).isEqualTo(1);
        assertThat(dueAt(0)).isZero();
        assertThat(dueAt(1)).isEqualTo(1);
        assertThat(dueAt(3)).isEqualTo(2);
        assertThat(pacer.missed()).isZero();
    }

    @Test
    void throwsWhatItMissedAtNobody() {
        assertThat(dueAt(0)).isEqualTo(1);

        assertThat(dueAt(1000)).isEqualTo(3);

        assertThat(pacer.missed()).isEqualTo(997);
        assertThat(dueAt(1001)).isEqualTo(1);
    }
}
