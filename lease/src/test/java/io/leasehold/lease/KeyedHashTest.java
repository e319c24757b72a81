package io.leasehold.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Octets;
import org.junit.jupiter.api.Test;

class KeyedHashTest {
    /** Computed by another implementation of SipHash-1-3, with a key of zeros. */
    @Test
    void isSipHashOfKindAndOctets() {
        KeyedHash hash = new KeyedHash(0, 0);
        assertThat(hash.of(id(1, 2, 3, 4, 5, 6, 7))).isEqualTo(0xead411e67ebe2eeaL);
        assertThat(hash.of(id(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19)))
                .isEqualTo(0x639e355ae68c0100L);
        assertThat(hash.of(id(255))).isEqualTo(0xda5735e7144b8d9fL);
        assertThat(
                        hash.of(
                                new ClientKey.ByHardware(
                                        HardwareAddress.of(1, new byte[] {2, 0, 0, 0, 0, 9}))))
                .isEqualTo(0x872e66270a76c794L);
    }

    @Test
    void differsBetweenSeeds() {
        assertThat(new KeyedHash(1).of(id(1))).isNotEqualTo(new KeyedHash(2).of(id(1)));
        assertThat(new KeyedHash(1).of(1)).isNotEqualTo(new KeyedHash(2).of(1));
    }

    private static ClientKey id(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return new ClientKey.ById(Octets.of(bytes));
    }
}
