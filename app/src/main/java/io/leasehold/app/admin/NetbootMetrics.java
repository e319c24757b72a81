package io.leasehold.app.admin;

import io.leasehold.app.netboot.BootCounts;
import io.leasehold.app.netboot.BootTelling;
import io.leasehold.app.netboot.NetbootProcess;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Locale;

/** What a boot service counts. */
public final class NetbootMetrics {
    private NetbootMetrics() {}

    /** All that is counted. */
    public static MetricSnapshots of(NetbootProcess process) {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        addBoots(all, process.telling());
        return all.metricSnapshot(
                        Families.byLabel(
                                "leasehold_netboot_events",
                                "Answers, silence and its reasons, and transfers.",
                                "event",
                                process.telling().counters().snapshot()))
                .metricSnapshot(Families.sockets(process.sockets()))
                .build();
    }

    /** What machines did, and how far they came. */
    static void addBoots(MetricSnapshots.Builder all, BootTelling telling) {
        for (BootCounts.Kind kind : BootCounts.Kind.values()) {
            CounterSnapshot.Builder metric =
                    CounterSnapshot.builder()
                            .name("leasehold_netboot_" + kind.label().replace('-', '_'))
                            .help(kind.help());
            String[] names = kind.labels().toArray(String[]::new);
            telling.counts()
                    .of(kind)
                    .forEach(
                            (values, count) ->
                                    metric.dataPoint(
                                            Families.point(
                                                    Labels.of(names, values.toArray(String[]::new)),
                                                    count)));
            all.metricSnapshot(metric.build());
        }
        GaugeSnapshot.Builder machines =
                GaugeSnapshot.builder()
                        .name("leasehold_netboot_machines")
                        .help("Machines of the last hour, and how far they came.");
        telling.machines()
                .forEach(
                        (phase, count) ->
                                machines.dataPoint(
                                        GaugeDataPointSnapshot.builder()
                                                .labels(
                                                        Labels.of(
                                                                "phase",
                                                                phase.name()
                                                                        .toLowerCase(Locale.ROOT)))
                                                .value((double) count)
                                                .build()));
        all.metricSnapshot(machines.build());
    }
}
