package io.leasehold.relay;

import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.OptionCode;

/** A hash of who a client is. The same in every relay, so that they agree on a client's server. */
final class ClientHash {
    private ClientHash() {}

    /** Of the hardware address; of the client id where there is none. */
    static long of(Message message) {
        long hash = message.htype();
        int length = message.hlen();
        for (int i = 0; i < length; i++) {
            hash = step(hash, message.chaddrOctet(i));
        }
        byte[] id = length == 0 ? message.raw(OptionCode.CLIENT_ID) : null;
        if (id != null) {
            for (byte octet : id) {
                hash = step(hash, octet & 0xff);
            }
        }
        return mix(hash);
    }

    private static long step(long hash, int octet) {
        return (hash ^ octet) * 0x9e3779b97f4a7c15L + 0x632be59bd9b4e019L;
    }

    /** Spreads every bit over all others. */
    static long mix(long value) {
        long mixed = value;
        mixed = (mixed ^ mixed >>> 32) * 0xd6e8feb86659fd93L;
        mixed = (mixed ^ mixed >>> 29) * 0xa0761d6478bd642fL;
        return mixed ^ mixed >>> 32;
    }
}
