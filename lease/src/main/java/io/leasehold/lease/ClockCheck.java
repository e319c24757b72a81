package io.leasehold.lease;

import org.jspecify.annotations.Nullable;

/**
 * What the clock did while nobody ran.
 *
 * <p>On the same boot the time since boot tells: when the wall clock stands to it as it did not
 * before, somebody set it, and all records move along. After another boot nothing tells but the
 * times that were written: a clock that is before them is wrong, and the server's time stays at the
 * last one until the clock has come there, so that leases end late and never early.
 *
 * @param shiftSeconds by how much all records are to move
 * @param mark how the clock stands now, as far as it is known
 * @param markChanged true when the mark is not the stored one
 * @param wallSeconds the latest time there was, by the clock as it is now
 * @param notBeforeSeconds before which the server's time must not be; 0 when any is right
 * @param note a sentence for the operator; empty when there is nothing to say
 */
record ClockCheck(
        long shiftSeconds,
        @Nullable ClockMark mark,
        boolean markChanged,
        long wallSeconds,
        long notBeforeSeconds,
        String note) {

    /** What time since boot and wall clock may differ by without anybody having set the clock. */
    static final int TOLERANCE_SECONDS = 2;

    static ClockCheck of(
            @Nullable ClockMark stored,
            @Nullable ClockMark now,
            long storedWallSeconds,
            long nowSeconds) {
        if (stored != null && now != null && stored.bootId().equals(now.bootId())) {
            long set = now.offsetMillis() - stored.offsetMillis();
            if (Math.abs(set) <= TOLERANCE_SECONDS * 1000L) {
                return new ClockCheck(0, stored, false, storedWallSeconds, 0, "");
            }
            long shift = Math.floorDiv(set + 500, 1000L);
            String note =
                    ("the clock was set %s by %d s while the server was down;"
                                    + " all leases were moved along")
                            .formatted(shift > 0 ? "forward" : "back", Math.abs(shift));
            return new ClockCheck(shift, now, true, nowSeconds, 0, note);
        }
        ClockMark mark = now == null ? stored : now;
        if (nowSeconds < storedWallSeconds - TOLERANCE_SECONDS) {
            String note =
                    ("the clock is %d s before the time of the last change; time is taken to"
                                    + " stand still until it has come there")
                            .formatted(storedWallSeconds - nowSeconds);
            // The records are in the time that stands still, not in that of the clock.
            ClockMark still = now == null ? stored : now.shifted(storedWallSeconds - nowSeconds);
            return new ClockCheck(
                    0, still, now != null, storedWallSeconds, storedWallSeconds, note);
        }
        return new ClockCheck(0, mark, now != null, storedWallSeconds, 0, "");
    }
}
