package io.leasehold.relay;

import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.Message;

/** Options that are one address. */
final class AddressOption {
    private AddressOption() {}

    /** The address; 0.0.0.0 when the option is not there, or of another length. */
    static int of(Message message, int code) {
        byte[] raw = message.raw(code);
        return raw != null && raw.length == 4 ? new Cursor(raw).u32() : 0;
    }
}
