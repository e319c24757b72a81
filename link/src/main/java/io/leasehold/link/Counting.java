package io.leasehold.link;

import java.util.concurrent.atomic.AtomicLong;

/** The counters behind {@link LinkCounters}. */
final class Counting {
    final AtomicLong received = new AtomicLong();
    final AtomicLong ignored = new AtomicLong();
    final AtomicLong dropped = new AtomicLong();
    final AtomicLong shed = new AtomicLong();
    final AtomicLong sent = new AtomicLong();
    final AtomicLong sendFailures = new AtomicLong();
    final AtomicLong neighbours = new AtomicLong();
    final AtomicLong neighbourFallbacks = new AtomicLong();
    final AtomicLong pings = new AtomicLong();
    final AtomicLong pingFailures = new AtomicLong();
    final AtomicLong pingAnswers = new AtomicLong();
    final AtomicLong interfaceChanges = new AtomicLong();
    final AtomicLong socketFailures = new AtomicLong();

    LinkCounters snapshot() {
        return new LinkCounters(
                received.get(),
                ignored.get(),
                dropped.get(),
                shed.get(),
                sent.get(),
                sendFailures.get(),
                neighbours.get(),
                neighbourFallbacks.get(),
                pings.get(),
                pingFailures.get(),
                pingAnswers.get(),
                interfaceChanges.get(),
                socketFailures.get());
    }
}
