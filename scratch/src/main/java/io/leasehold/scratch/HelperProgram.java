package io.leasehold.scratch;

import io.leasehold.link.helper.Helper;
import io.leasehold.link.helper.HelperScope;
import java.io.IOException;

/**
 * The relay's neighbour helper as a program without a JVM, which would be most of what a relay
 * takes of memory. As C only: on a JVM the link has a door to the kernel of its own.
 */
public final class HelperProgram {
    /** TeaVM's own start needs the class of this array, which is there only if it is made. */
    private static final String[] NO_ARGUMENTS = new String[0];

    private HelperProgram() {}

    /**
     * Serves until standard input ends.
     *
     * @param arguments the scope, as {@link HelperScope} writes it
     */
    public static void main(String[] arguments) {
        NativeKernel kernel = new NativeKernel();
        try {
            String[] scope = arguments.length == 0 ? NO_ARGUMENTS : arguments;
            new Helper(kernel, HelperScope.parse(scope)).serve();
        } catch (IOException | IllegalArgumentException e) {
            kernel.end("leasehold: the neighbour helper ends: " + e.getMessage() + "\n");
        }
    }
}
