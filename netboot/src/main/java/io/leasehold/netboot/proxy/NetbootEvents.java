package io.leasehold.netboot.proxy;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Outgoing;
import org.jspecify.annotations.Nullable;

/** Hears what is decided, on the thread that decides. */
public interface NetbootEvents {
    /** A machine is told what to boot. */
    void answered(Arrival request, BootClient client, BootTold told, Outgoing reply);

    /**
     * A message is left unanswered.
     *
     * @param client null when it is no boot client's, or was not read
     */
    void dropped(Arrival arrival, @Nullable BootClient client, NetbootDropReason reason);
}
