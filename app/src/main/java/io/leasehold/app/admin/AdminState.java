package io.leasehold.app.admin;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the admin endpoint tells of a program. Asked from any thread, at any rate. */
public interface AdminState {
    /** Why it had better be started anew; null while it lives. */
    @Nullable String dead();

    /** What is missing until it can do its work, a line each; nothing when it can. */
    List<String> missing();

    /** What it has counted. */
    MetricSnapshots metrics();
}
