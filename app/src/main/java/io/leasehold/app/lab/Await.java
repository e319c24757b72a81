package io.leasehold.app.lab;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits, with a bound, for what other programs do in their own time. */
public final class Await {
    private static final Duration STEP = Duration.ofMillis(50);

    private Await() {}

    /** True as soon as the condition holds, false when it does not within the bound. */
    public static boolean within(Duration bound, BooleanSupplier condition) {
        long deadline = System.nanoTime() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
        return true;
    }

    /**
     * Returns when the condition holds.
     *
     * @throws LabException when it does not within the bound; the message is computed then
     */
    public static void until(Duration bound, BooleanSupplier condition, Supplier<String> message) {
        if (!within(bound, condition)) {
            throw new LabException(message.get() + " (waited " + bound.toSeconds() + " s)");
        }
    }
}
