package io.leasehold.app.admin;

import io.leasehold.app.netboot.BootTelling;
import io.leasehold.app.serve.ServerProcess;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a server tells of itself, and of the relays and the boot service beside it. */
public record ServerState(ServerProcess process) implements AdminState {
    @Override
    public @Nullable String dead() {
        return process.dead();
    }

    @Override
    public List<String> missing() {
        return process.problems();
    }

    @Override
    public MetricSnapshots metrics() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        all.metricSnapshot(leases())
                .metricSnapshot(
                        Families.byLabel(
                                "leasehold_server_events",
                                "Answers, silence and its reasons.",
                                "event",
                                process.counted()))
                .metricSnapshot(Families.sockets(process.sockets()));
        if (process.relays().isAny()) {
            RelayState.addRelays(all, process.relays().counters());
        }
        BootTelling booting = process.boots().telling();
        if (booting != null) {
            NetbootState.addBoots(all, booting);
        }
        return all.build();
    }

    private GaugeSnapshot leases() {
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
