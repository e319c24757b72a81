package io.leasehold.lease;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps leases through crashes and power cuts. {@link #load} is called once, first. One thread
 * submits; outcomes come on the store's own thread, in the order of submission.
 */
public interface LeaseStore extends AutoCloseable {
    /**
     * Hands over every record there is, each address once, with all shifts applied.
     *
     * @return what was found on the way that an operator should know (a torn tail cut off), a
     *     sentence each
     * @throws IOException when the data cannot be read, or is damaged in a way that must not be
     *     guessed about; the message names file and offset
     */
    List<String> load(Consumer<Lease> into) throws IOException;

    /**
     * Makes changes durable. All that waits is made durable together.
     *
     * @param settled called once with null when the changes are durable, else with what prevented
     *     it; then none of them may be taken as durable
     * @return false when too much is waiting already; then nothing was taken and {@code settled} is
     *     not called
     */
    boolean submit(List<LeaseChange> changes, Consumer<@Nullable IOException> settled);

    /** True when the store would like {@link #snapshot} soon, to keep its files small. */
    boolean snapshotDue();

    /**
     * Gives all records as they are after the changes submitted so far. The store may read and
     * write them in the background; they do not change any more.
     */
    void snapshot(Collection<Lease> all);

    /** Makes durable what waits, and ends. */
    @Override
    void close() throws IOException;
}
