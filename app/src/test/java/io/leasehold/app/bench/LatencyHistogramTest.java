package io.leasehold.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    private final LatencyHistogram histogram = new LatencyHistogram();

    @Test
    void quantilesAreWithinOnePercent() {
        for (long nanos = 1; nanos <= 1_000_000; nanos++) {
            histogram.record(nanos);
        }
        Percentage one = Percentage.withPercentage(1);
        assertThat(histogram.quantileNanos(0.5)).isCloseTo(500_000, one);
        assertThat(histogram.quantileNanos(0.99)).isCloseTo(990_000, one);
        assertThat(histogram.quantileNanos(0.999)).isCloseTo(999_000, one);
        assertThat(histogram.maxNanos()).isEqualTo(1_000_000);
    }

    @Test
    void takesAnyDuration() {
        histogram.record(Long.MAX_VALUE);
        histogram.record(-1);
        histogram.record(0);
        assertThat(histogram.count()).isEqualTo(3);
        assertThat(histogram.quantileNanos(1)).isEqualTo(Long.MAX_VALUE);
        assertThat(histogram.quantileNanos(0.5)).isZero();
    }

    @Test
    void hasNothingToSayOfNothing() {
        assertThat(histogram.quantileNanos(0.99)).isZero();
    }
}
