package io.leasehold.app.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a run measured, as text for people and as a flat map for programs.
 *
 * @param plan what was run
 * @param counters what was counted
 * @param seconds how long was measured
 * @param exchangesWithWarmup full exchanges, pairs and renewals since the start, warm-up and end
 *     included
 * @param busyShare which share of one processor the generator itself used, 0 to 1
 * @param holders how many clients held an address at the end
 * @param trouble what could not be sent, and why; empty when all could
 */
public record Results(
        Plan plan,
        Counters counters,
        double seconds,
        long exchangesWithWarmup,
        double busyShare,
        int holders,
        String trouble) {

    private static final double BUSY_SHARE_WARN = 0.95;

    public boolean addressHeldTwice() {
        return counters.heldTwice > 0;
    }

    /** Whether clients asked, and no server ever said a word. */
    public boolean unanswered() {
        long asked = counters.started + counters.retransmits + counters.lost;
        long answers =
                exchangesWithWarmup
                        + counters.offer.count()
                        + counters.ack.count()
                        + counters.naks
                        + counters.strays
                        + counters.malformed;
        return asked > 0 && answers == 0;
    }

    /** Full exchanges, pairs and renewals a second. */
    public double exchangesPerSecond() {
        return perSecond(counters.full + counters.renewals + counters.pairs);
    }

    private double perSecond(long count) {
        return seconds <= 0 ? 0 : count / seconds;
    }

    public String text() {
        StringBuilder out = new StringBuilder();
        line(
                out,
                "%,.0f exchanges/s over %.1f s: %,d full, %,d renewals, %,d releases, %,d pairs",
                exchangesPerSecond(),
                seconds,
                counters.full,
                counters.renewals,
                counters.releases,
                counters.pairs);
        line(out, "%-22s %10s %10s %10s %10s", "", "p50", "p99", "p99.9", "max");
        row(out, "DISCOVER to ACK", counters.exchange);
        row(out, "DISCOVER to OFFER", counters.offer);
        row(out, "REQUEST to ACK", counters.ack);
        row(out, "renewal", counters.renewal);
        line(
                out,
                "lost %,d (given up after %d retries), sent again %,d, NAK %,d, stray replies %,d,"
                        + " malformed %,d",
                counters.lost,
                plan.retries(),
                counters.retransmits,
                counters.naks,
                counters.strays,
                counters.malformed);
        line(
                out,
                "%,d of %,d clients got their first lease in this time; %,d hold one now",
                counters.firstLeases,
                plan.clients(),
                holders);
        openLoop(out);
        line(out, "generator: %.0f%% of one processor", busyShare * 100);
        if (busyShare > BUSY_SHARE_WARN) {
            line(out, "the generator was at its own limit: the server may be faster than this");
        }
        if (!trouble.isEmpty()) {
            line(out, "%s", trouble);
        }
        line(
                out,
                addressHeldTwice()
                        ? "AN ADDRESS WAS HELD BY TWO CLIENTS, %,d times"
                        : "no address was held by two clients",
                counters.heldTwice);
        return out.toString();
    }

    private void openLoop(StringBuilder out) {
        if (!plan.openLoop()) {
            return;
        }
        row(out, "begun late by", counters.late);
        line(out, "offered %,.0f/s of %,.0f/s", perSecond(counters.started), plan.rate());
        if (counters.noClientFree > 0 || counters.missedStarts > 0) {
            line(
                    out,
                    "not offered: %,d for want of a client that was not busy, %,d because the"
                            + " generator was held up",
                    counters.noClientFree,
                    counters.missedStarts);
        }
    }

    private static void row(StringBuilder out, String name, LatencyHistogram times) {
        if (times.count() > 0) {
            line(
                    out,
                    "%-22s %10s %10s %10s %10s",
                    name,
                    duration(times.quantileNanos(0.5)),
                    duration(times.quantileNanos(0.99)),
                    duration(times.quantileNanos(0.999)),
                    duration(times.maxNanos()));
        }
    }

    private static String duration(long nanos) {
        if (nanos < 1_000_000) {
            return String.format(Locale.ROOT, "%.0f µs", nanos / 1e3);
        }
        return nanos < 1_000_000_000
                ? String.format(Locale.ROOT, "%.2f ms", nanos / 1e6)
                : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** Names and numbers; durations in microseconds, rates by the second. */
    public Map<String, Number> values() {
        Map<String, Number> values = new LinkedHashMap<>();
        values.put("exchanges_per_second", rounded(exchangesPerSecond()));
        values.put("seconds", rounded(seconds));
        values.put("exchanges_with_warmup", exchangesWithWarmup);
        values.put("offered_per_second", rounded(perSecond(counters.started)));
        values.put("full", counters.full);
        values.put("renewals", counters.renewals);
        values.put("releases", counters.releases);
        values.put("pairs", counters.pairs);
        values.put("first_leases", counters.firstLeases);
        values.put("holders", holders);
        put(values, "exchange", counters.exchange);
        put(values, "offer", counters.offer);
        put(values, "ack", counters.ack);
        put(values, "renewal", counters.renewal);
        put(values, "late", counters.late);
        values.put("lost", counters.lost);
        values.put("retransmits", counters.retransmits);
        values.put("naks", counters.naks);
        values.put("strays", counters.strays);
        values.put("malformed", counters.malformed);
        values.put("no_client_free", counters.noClientFree);
        values.put("missed_starts", counters.missedStarts);
        values.put("generator_busy", rounded(busyShare));
        values.put("held_twice", counters.heldTwice);
        return values;
    }

    private static void put(Map<String, Number> values, String name, LatencyHistogram times) {
        values.put(name + "_p50_us", times.quantileNanos(0.5) / 1000);
        values.put(name + "_p99_us", times.quantileNanos(0.99) / 1000);
        values.put(name + "_p999_us", times.quantileNanos(0.999) / 1000);
        values.put(name + "_max_us", times.maxNanos() / 1000);
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
