package io.leasehold.app.bench;

/** What was counted; cleared when the warm-up is over, but for what must never happen. */
public final class Counters {
    long started;
    long full;
    long renewals;
    long releases;
    long pairs;
    long firstLeases;
    long retransmits;
    long lost;
    long naks;
    long strays;
    long malformed;
    long noClientFree;

    /** Exchanges of an open loop that were due and not begun: the generator was held up. */
    long missedStarts;

    /** How often an address was given to a client while another held it. Never cleared. */
    long heldTwice;

    final LatencyHistogram exchange = new LatencyHistogram();
    final LatencyHistogram offer = new LatencyHistogram();
    final LatencyHistogram ack = new LatencyHistogram();
    final LatencyHistogram renewal = new LatencyHistogram();

    /** By how much exchanges of an open loop were begun later than they were due. */
    final LatencyHistogram late = new LatencyHistogram();

    void clear() {
        started = 0;
        full = 0;
        renewals = 0;
        releases = 0;
        pairs = 0;
        firstLeases = 0;
        retransmits = 0;
        lost = 0;
        naks = 0;
        strays = 0;
        malformed = 0;
        noClientFree = 0;
        exchange.clear();
        offer.clear();
        ack.clear();
        renewal.clear();
        late.clear();
    }
}
