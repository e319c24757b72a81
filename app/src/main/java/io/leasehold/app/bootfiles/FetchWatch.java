package io.leasehold.app.bootfiles;

import io.leasehold.netboot.watch.BootFetch;
import io.leasehold.protocol.wire.Ip4Address;

/** Hears which transfers begin and end. From several threads. */
public interface FetchWatch {
    /** Where nobody follows machines. */
    FetchWatch NONE =
            new FetchWatch() {
                @Override
                public void begun(Ip4Address from) {
                    // Nobody hears it.
                }

                @Override
                public String ended(BootFetch fetch, boolean begun) {
                    return "";
                }

                @Override
                public boolean tellsAll() {
                    return false;
                }
            };

    /** A transfer begins. */
    void begun(Ip4Address from);

    /**
     * A transfer has ended, or did not begin.
     *
     * @param begun whether {@link #begun} was told of it
     * @return whose it was, for a log line; empty where that is not known
     */
    String ended(BootFetch fetch, boolean begun);

    /** Whether it tells of transfers itself, so that no line in the log is wanted. */
    boolean tellsAll();
}
