package io.leasehold.app.bootfiles;

import io.leasehold.netboot.files.FileLookup;
import org.jspecify.annotations.Nullable;

/** Files that are made when they are asked for over HTTP. Safe for use by several threads. */
public interface MadeFiles {
    /** None are. */
    MadeFiles NONE = (name, query, client, server) -> null;

    /**
     * Makes a file; it may take as long as whoever is asked for it.
     *
     * @param name the path of the URL, decoded
     * @param query of the URL; empty without one
     * @param client the address that asks
     * @param server the address that was asked
     * @return null when nothing is made under this name, so that it is looked for under the root
     */
    @Nullable FileLookup open(String name, String query, String client, String server);
}
