package io.leasehold.lease;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Octets;

/**
 * Who a client is (RFC 2131 §4.2): its client id where it sends one, else its hardware type and
 * address. The two kinds are never equal, whatever their bytes.
 */
public sealed interface ClientKey {
    /**
     * A client that sends option 61.
     *
     * @param value the option's bytes, at least one
     */
    record ById(Octets value) implements ClientKey {
        public ById {
            if (value.length() == 0) {
                throw new IllegalArgumentException("a client id of no bytes identifies nobody");
            }
        }

        @Override
        public String toString() {
            return "id " + value;
        }
    }

    /**
     * A client that sends no option 61.
     *
     * @param value its hardware type and address
     */
    record ByHardware(HardwareAddress value) implements ClientKey {
        @Override
        public String toString() {
            return value.toString();
        }
    }
}
