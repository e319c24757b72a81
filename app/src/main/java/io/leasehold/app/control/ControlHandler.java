package io.leasehold.app.control;

import io.leasehold.protocol.wire.Ip4Address;

/** What a running server does when it is asked. Called on the control server's own threads. */
public interface ControlHandler {
    /** Reads the configuration anew; refused with its errors when it is not to be used. */
    ControlAnswer reload();

    /** Frees a declined address, or one that answered a ping; refused when it is neither. */
    ControlAnswer clear(Ip4Address address);

    /** Says how the server does, a line each. */
    ControlAnswer status();
}
