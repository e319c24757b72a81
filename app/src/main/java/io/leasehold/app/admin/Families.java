package io.leasehold.app.admin;

import io.leasehold.app.run.LinkCounts;
import io.leasehold.link.LinkCounters;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counters as Prometheus takes them. */
final class Families {
    private Families() {}

    static CounterSnapshot byLabel(
            String name, String help, String label, Map<String, Long> counts) {
        CounterSnapshot.Builder metric = CounterSnapshot.builder().name(name).help(help);
        counts.forEach((value, count) -> metric.dataPoint(point(Labels.of(label, value), count)));
        return metric.build();
    }

    static CounterDataPointSnapshot point(Labels labels, long count) {
        return CounterDataPointSnapshot.builder().labels(labels).value((double) count).build();
    }

    /** What the sockets counted, and how often no neighbour entry could be made. */
    static CounterSnapshot sockets(LinkCounters counters) {
        return sockets(List.of(counters));
    }

    /** The same, of several sets of sockets together. */
    static CounterSnapshot sockets(List<LinkCounters> counters) {
        Map<String, Long> sums = new TreeMap<>();
        for (LinkCounters each : counters) {
            LinkCounts.byName(each).forEach((name, count) -> sums.merge(name, count, Long::sum));
        }
        return byLabel(
                "leasehold_socket_events",
                "Datagrams, neighbour entries and replies that were broadcast for want of one.",
                "event",
                sums);
    }
}
