package io.leasehold.app.control;

import io.leasehold.protocol.wire.Ip4Address;
import java.util.List;

/**
 * What a running server or relay does when it is asked. Called on the control server's own threads.
 */
public interface ControlHandler {
    /** Reads the configuration anew; refused with its errors when it is not to be used. */
    ControlAnswer reload();

    /**
     * Frees a declined address, or one that answered a ping; refused when it is neither.
     *
     * @param by the user who asks
     */
    ControlAnswer clear(Ip4Address address, String by);

    /** Says how the server does, a line each. */
    ControlAnswer status();

    /**
     * The first line of each status.
     *
     * @param problems what keeps clients from their leases
     */
    static String ready(List<String> problems) {
        return "ready " + (problems.isEmpty() ? "yes" : "no, " + String.join("; ", problems));
    }
}
