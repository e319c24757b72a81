package io.leasehold.service;

import io.leasehold.link.NetworkInterface;
import java.util.List;

/** What the owner of a service does on the loop's thread. Must not block. */
public interface ServiceHooks {
    /** Called several times a second. */
    void tick(long nowMillis);

    /** Interfaces or addresses came or went. */
    void interfacesChanged(List<NetworkInterface> interfaces);
}
