package io.leasehold.service;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a role's changes durable.
 *
 * @param <C> the change of the role
 */
@FunctionalInterface
public interface Committer<C> {
    /**
     * Takes changes to be made durable together.
     *
     * @param settled called once, on any thread: with null when they are durable, else with what
     *     prevented it
     * @return false when too much is waiting; then nothing was taken
     */
    boolean submit(List<C> changes, Consumer<@Nullable IOException> settled);

    /** The committer of a role that changes nothing. */
    static <C> Committer<C> none() {
        return (changes, settled) -> {
            settled.accept(null);
            return true;
        };
    }
}
