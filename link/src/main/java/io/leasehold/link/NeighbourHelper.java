package io.leasehold.link;

import io.leasehold.link.helper.Helper;
import io.leasehold.link.helper.HelperScope;
import java.io.IOException;
import java.lang.foreign.Arena;

/**
 * The process that makes neighbour entries for a link whose process may not: it holds CAP_NET_ADMIN
 * and nothing else, takes requests from standard input, and ends when the link's process does. A
 * JVM, where there is no program made for it.
 */
public final class NeighbourHelper {
    private NeighbourHelper() {}

    /**
     * Serves until standard input ends.
     *
     * @param arguments the scope, as {@link HelperScope} writes it
     */
    public static void main(String[] arguments) {
        try (Arena arena = Arena.ofConfined()) {
            new Helper(new LinkKernel(arena), HelperScope.parse(arguments)).serve();
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("leasehold: the neighbour helper ends: " + e.getMessage());
            System.exit(1);
        }
    }
}
