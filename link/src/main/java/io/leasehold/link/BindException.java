package io.leasehold.link;

import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;

/** A socket could not be bound; {@link Link} makes a sentence of it. */
final class BindException extends IOException {
    private static final long serialVersionUID = 1;

    final int errno;

    BindException(Ip4Address address, int errno) {
        super(address + ": " + Abi.errorText(errno));
        this.errno = errno;
    }
}
