package io.leasehold.app.admin;

import io.leasehold.app.relay.LatencyBuckets;
import io.leasehold.app.relay.RelayCounters;
import io.leasehold.app.relay.RelayProcess;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.ToLongFunction;

/** What a relay counts. */
public final class RelayMetrics {
    private RelayMetrics() {}

    /** All that is counted. */
    public static MetricSnapshots of(RelayProcess process) {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        addRelays(all, process.relays().counters());
        return all.metricSnapshot(Families.sockets(process.sockets())).build();
    }

    /** What relays counted. */
    static void addRelays(MetricSnapshots.Builder all, RelayCounters counters) {
        addInterfaces(all, counters.interfaces());
        addServers(all, counters.servers());
        all.metricSnapshot(
                        Families.byLabel(
                                "leasehold_relay_incidents",
                                "What was out of the ordinary, though the message was passed on.",
                                "incident",
                                counters.incidents()))
                .metricSnapshot(
                        Families.byLabel(
                                "leasehold_relay_loop_events",
                                "Messages that were none, DISCOVERs that were shed, and faults.",
                                "event",
                                counters.others()))
                .metricSnapshot(latency(counters.latency()));
    }

    private static void addInterfaces(
            MetricSnapshots.Builder all, List<RelayCounters.InterfaceCounts> interfaces) {
        all.metricSnapshot(
                byInterface(
                        "leasehold_relay_received",
                        "Messages that came in, of clients and of servers.",
                        interfaces,
                        RelayCounters.InterfaceCounts::received));
        all.metricSnapshot(
                byInterface(
                        "leasehold_relay_relayed",
                        "Requests of an interface's clients that were passed on.",
                        interfaces,
                        RelayCounters.InterfaceCounts::relayed));
        all.metricSnapshot(
                byInterface(
                        "leasehold_relay_answered",
                        "Replies that went out to an interface's clients.",
                        interfaces,
                        RelayCounters.InterfaceCounts::answered));
        all.metricSnapshot(dropped(interfaces));
    }

    private static void addServers(
            MetricSnapshots.Builder all, List<RelayCounters.ServerCounts> servers) {
        all.metricSnapshot(
                byServer(
                        "leasehold_relay_server_relayed",
                        "Requests that were passed on to a server.",
                        servers,
                        RelayCounters.ServerCounts::relayed));
        all.metricSnapshot(
                byServer(
                        "leasehold_relay_server_answered",
                        "Replies of a server that were passed on.",
                        servers,
                        RelayCounters.ServerCounts::answered));
    }

    private static CounterSnapshot byInterface(
            String name,
            String help,
            List<RelayCounters.InterfaceCounts> interfaces,
            ToLongFunction<RelayCounters.InterfaceCounts> count) {
        CounterSnapshot.Builder metric = CounterSnapshot.builder().name(name).help(help);
        for (RelayCounters.InterfaceCounts each : interfaces) {
            metric.dataPoint(
                    Families.point(Labels.of("interface", each.name()), count.applyAsLong(each)));
        }
        return metric.build();
    }

    private static CounterSnapshot dropped(List<RelayCounters.InterfaceCounts> interfaces) {
        CounterSnapshot.Builder metric =
                CounterSnapshot.builder()
                        .name("leasehold_relay_dropped")
                        .help("Messages that came in and were not passed on.");
        for (RelayCounters.InterfaceCounts each : interfaces) {
            each.dropped()
                    .forEach(
                            (reason, count) ->
                                    metric.dataPoint(
                                            Families.point(
                                                    Labels.of(
                                                            "interface",
                                                            each.name(),
                                                            "reason",
                                                            reason),
                                                    count)));
        }
        return metric.build();
    }

    private static CounterSnapshot byServer(
            String name,
            String help,
            List<RelayCounters.ServerCounts> servers,
            ToLongFunction<RelayCounters.ServerCounts> count) {
        CounterSnapshot.Builder metric = CounterSnapshot.builder().name(name).help(help);
        for (RelayCounters.ServerCounts each : servers) {
            Labels labels =
                    Labels.of(
                            "server",
                            each.server().name(),
                            "address",
                            each.server().address() + ":" + each.server().port());
            metric.dataPoint(Families.point(labels, count.applyAsLong(each)));
        }
        return metric.build();
    }

    private static HistogramSnapshot latency(LatencyBuckets latency) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        long before = 0;
        for (LatencyBuckets.Bucket each : latency.buckets()) {
            buckets.bucket(each.upToSeconds(), each.count() - before);
            before = each.count();
        }
        return HistogramSnapshot.builder()
                .name("leasehold_relay_answer_seconds")
                .help("From a request that was passed on to the first reply to it.")
                .dataPoint(
                        HistogramDataPointSnapshot.builder()
                                .classicHistogramBuckets(buckets.build())
                                .sum(latency.sumSeconds())
                                .build())
                .build();
    }
}
