package io.leasehold.service;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that runs, and that a test can set. */
final class SetClock implements ServiceClock {
    private final long startNanos = System.nanoTime();
    private final AtomicLong aheadMillis;
    private final AtomicLong passedMillis = new AtomicLong();

    SetClock(long wallMillis) {
        aheadMillis = new AtomicLong(wallMillis);
    }

    void set(long bySeconds) {
        aheadMillis.addAndGet(bySeconds * 1000);
    }

    /** Lets time pass, as if the host had run on meanwhile. */
    void pass(long millis) {
        passedMillis.addAndGet(millis);
    }

    @Override
    public long bootMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos) + passedMillis.get();
    }

    @Override
    public long wallMillis() {
        return bootMillis() + aheadMillis.get();
    }
}
