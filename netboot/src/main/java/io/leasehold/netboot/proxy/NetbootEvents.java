package io.leasehold.netboot.proxy;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Outgoing;
import org.jspecify.annotations.Nullable;

/** Hears what is decided, on the thread that decides. */
public interface NetbootEvents {
    /**
     * A machine is told what to boot.
     *
     * @param what the name or URL it is told; empty where it has to ask on port 4011 first, or
     *     knows its files itself
     */
    void answered(Arrival request, BootClient client, String what, Outgoing reply);

    /**
     * A message is left unanswered.
     *
     * @param client null when it is no boot client's, or was not read
     */
    void dropped(Arrival arrival, @Nullable BootClient client, NetbootDropReason reason);
}
