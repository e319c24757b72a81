package io.leasehold.service;

import java.util.concurrent.TimeUnit;

/** A clock that runs, and that a test can set. */
final class SetClock implements ServiceClock {
    private final long startNanos = System.nanoTime();
    private volatile long aheadMillis;

    SetClock(long wallMillis) {
        aheadMillis = wallMillis;
    }

    void set(long bySeconds) {
        aheadMillis = aheadMillis + bySeconds * 1000;
    }

    @Override
    public long bootMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    }

    @Override
    public long wallMillis() {
        return bootMillis() + aheadMillis;
    }
}
