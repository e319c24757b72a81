package io.leasehold.app.ports;

import java.io.Serial;

/** The rules cannot be set here; the message is one line that says why. */
final class PortsException extends Exception {
    @Serial private static final long serialVersionUID = 1;

    PortsException(String message) {
        super(message);
    }
}
