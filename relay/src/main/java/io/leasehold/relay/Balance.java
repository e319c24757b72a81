package io.leasehold.relay;

import java.util.List;

/**
 * Which of several servers get a request.
 *
 * @param on each client has one server, by a hash of its hardware address; when that stops
 *     answering, the next. Off, every request goes to every server
 * @param canaries servers that get a share of the clients of their own, and no others
 */
public record Balance(boolean on, List<Canary> canaries) {
    /** Every request goes to every server. */
    public static final Balance OFF = new Balance(false, List.of());

    /**
     * A server that is tried out.
     *
     * @param server its name, {@link RelayServer#name}
     * @param percent its share of the clients, 0 to 100
     */
    public record Canary(String server, int percent) {
        public Canary {
            Bounds.requireWithin(percent, 0, 100, "the percentage of canary " + server);
        }
    }

    public Balance {
        canaries = List.copyOf(canaries);
        int sum = 0;
        for (Canary canary : canaries) {
            sum += canary.percent();
            Bounds.requireWithin(sum, 0, 100, "the percentages of all canaries together");
        }
        if (!on && !canaries.isEmpty()) {
            throw new IllegalArgumentException(
                    "canary " + canaries.get(0).server() + " needs servers to be balanced");
        }
    }
}
