package io.leasehold.app.run;

/** The time for what is logged often: reading it costs no system call. */
public final class HostClock {
    private HostClock() {}

    /** Milliseconds since some moment; only differences say something. */
    public static long runningMillis() {
        return System.nanoTime() / 1_000_000;
    }
}
