package io.leasehold.testkit;

import io.leasehold.service.ServiceClock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is moved. Safe for use by several threads. */
final class VirtualClock implements ServiceClock {
    private final long startMillis;
    private final AtomicLong passedMillis = new AtomicLong();

    VirtualClock(Instant start) {
        this.startMillis = start.toEpochMilli();
    }

    @Override
    public long bootMillis() {
        return passedMillis.get();
    }

    @Override
    public long wallMillis() {
        return startMillis + passedMillis.get();
    }

    void moveTo(long bootMillis) {
        passedMillis.accumulateAndGet(bootMillis, Math::max);
    }
}
