package io.leasehold.app.admin;

import io.leasehold.app.netboot.BootTelling;
import io.leasehold.app.serve.ServerProcess;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** What a server counts, and the relays and the boot service beside it. */
public final class ServerMetrics {
    private ServerMetrics() {}

    /** All that is counted. */
    public static MetricSnapshots of(ServerProcess process) {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        all.metricSnapshot(leases(process))
                .metricSnapshot(
                        Families.byLabel(
                                "leasehold_server_events",
                                "Answers, silence and its reasons.",
                                "event",
                                process.counted()))
                .metricSnapshot(Families.sockets(process.sockets()));
        if (process.relays().isAny()) {
            RelayMetrics.addRelays(all, process.relays().counters());
        }
        BootTelling booting = process.boots().telling();
        if (booting != null) {
            NetbootMetrics.addBoots(all, booting);
        }
        return all.build();
    }

    private static GaugeSnapshot leases(ServerProcess process) {
        GaugeSnapshot.Builder metric =
                GaugeSnapshot.builder()
                        .name("leasehold_leases")
                        .help("Leases on record, and how many of them are in each state.");
        Map<String, Integer> counts;
        try {
            counts = process.leaseCounts();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        counts.forEach(
                (state, count) ->
                        metric.dataPoint(
                                GaugeDataPointSnapshot.builder()
                                        .labels(Labels.of("state", state.replace(' ', '-')))
                                        .value((double) count)
                                        .build()));
        return metric.build();
    }
}
