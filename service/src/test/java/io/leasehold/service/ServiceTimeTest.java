package io.leasehold.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServiceTimeTest {
    private long boot = 5_000;
    private long wall = 1_700_000_000_000L;

    private final ServiceClock clock =
            new ServiceClock() {
                @Override
                public long bootMillis() {
                    return boot;
                }

                @Override
                public long wallMillis() {
                    return wall;
                }
            };

    private void pass(long millis) {
        boot += millis;
        wall += millis;
    }

    @Test
    void runsWithTheBootClock() {
        ServiceTime time = new ServiceTime(clock, 0);
        assertThat(time.nowMillis()).isEqualTo(wall);

        boot += 250;

        assertThat(time.nowMillis()).isEqualTo(wall + 250);
    }

    @Test
    void doesNotMoveByItselfWhenTheClockIsSet() {
        ServiceTime time = new ServiceTime(clock, 0);
        long before = time.nowMillis();

        wall += 3_600_000;

        assertThat(time.stepSeconds()).isEqualTo(3600);
        assertThat(time.stepSeconds()).isEqualTo(3600);
        assertThat(time.nowMillis()).isEqualTo(before);
        time.move(3600);
        assertThat(time.nowMillis()).isEqualTo(wall);
        assertThat(time.stepSeconds()).isZero();
    }

    @Test
    void followsAClockThatIsSetBack() {
        ServiceTime time = new ServiceTime(clock, 0);

        wall -= 86_400_000;

        assertThat(time.stepSeconds()).isEqualTo(-86_400);
        time.move(-86_400);
        assertThat(time.nowMillis()).isEqualTo(wall);
    }

    @Test
    void ignoresWhatIsNoMoreThanDrift() {
        ServiceTime time = new ServiceTime(clock, 0);

        wall += 1_499;
        assertThat(time.stepSeconds()).isZero();
        wall -= 2 * 1_499;
        assertThat(time.stepSeconds()).isZero();
        wall += 1_499 + 2_000;
        assertThat(time.stepSeconds()).isEqualTo(2);
    }

    @Test
    void doesNotFollowAClockThatIsBehindTheLastRecord() {
        // A machine without a battery begins in 1970: its leases are from later.
        long lastRecord = wall;
        wall = 7_000;
        ServiceTime time = new ServiceTime(clock, lastRecord);
        assertThat(time.nowMillis()).isEqualTo(lastRecord);

        pass(60_000);
        assertThat(time.stepSeconds()).isZero();
        assertThat(time.nowMillis()).isEqualTo(lastRecord + 60_000);

        // Then somebody tells it the time.
        wall = lastRecord + 600_000;
        assertThat(time.stepSeconds()).isEqualTo(540);
        time.move(540);

        // From here on it is believed, also backwards.
        wall = lastRecord - 3_600_000;
        assertThat(time.stepSeconds()).isEqualTo(-4200);
    }
}
