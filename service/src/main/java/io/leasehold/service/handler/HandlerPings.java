package io.leasehold.service.handler;

import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.wire.Ip4Address;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The pings of a handler, as many as may be waited for at once. */
final class HandlerPings {
    private static final int OPEN_MAX = 1024;
    private static final Duration WAIT_MAX = Duration.ofMinutes(1);

    private final boolean allowed;
    private int open;

    HandlerPings(boolean allowed) {
        this.allowed = allowed;
    }

    /** What waits for a ping. */
    @FunctionalInterface
    interface Outcome {
        /** Tells it. */
        void is(boolean answered);
    }

    /** The question to put to the network; null when too many wait already. */
    @Nullable Decision<Void> ask(
            Ip4Address address,
            int interfaceIndex,
            Ip4Address source,
            Duration within,
            Outcome then) {
        if (!allowed) {
            throw new IllegalStateException(
                    "a ping without the sockets for it: start with ServiceOptions.withPings()");
        }
        if (within.isNegative() || within.compareTo(WAIT_MAX) > 0) {
            throw new IllegalArgumentException(
                    "a ping of " + within + ", expected zero to " + WAIT_MAX);
        }
        if (open == OPEN_MAX) {
            return null;
        }
        open++;
        Outcome outcome =
                answered -> {
                    open--;
                    then.is(answered);
                };
        return new Decision.AskFirst<>(
                address, interfaceIndex, source, (int) within.toMillis(), outcome);
    }
}
