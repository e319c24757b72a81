package io.leasehold.server;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.OptionCode;
import java.util.HashMap;
import java.util.Map;

/**
 * Which client may use which address, by nothing but the ACKs that were sent and what clients sent
 * since: what an observer on the wire knows. Throws when two clients hold one address.
 */
final class HeldAddresses {
    private static final long INFINITE = 0xffff_ffffL;

    private final Map<Ip4Address, Holder> byAddress = new HashMap<>();

    private record Holder(String client, HardwareAddress hardware, long endMillis) {}

    private static String clientOf(Message request) {
        byte[] id = request.raw(OptionCode.CLIENT_ID);
        return id != null && id.length > 0
                ? "id " + Octets.of(id)
                : request.htype() + " " + request.hardware();
    }

    /**
     * An ACK goes out.
     *
     * @param reserved the address that is reserved for one hardware address, whatever client id it
     *     sends: there one host may hold it under two
     * @param decidedMillis when the server decided it, from which the lease counts
     */
    void acked(Message request, Message ack, Ip4Address reserved, long decidedMillis) {
        Ip4Address address = ack.yiaddr();
        if (address.isZero()) {
            return;
        }
        String client = clientOf(request);
        HardwareAddress hardware = request.hardware();
        Holder holder = byAddress.get(address);
        if (holder != null
                && !holder.client().equals(client)
                && holder.endMillis() > decidedMillis) {
            boolean sameHost = address.equals(reserved) && holder.hardware().equals(hardware);
            ReplyInvariants.require(
                    sameHost,
                    address + " is ACKed to " + client + ", and " + holder.client() + " holds it");
        }
        // A client uses one address of a wire: it leaves the one that it had.
        byAddress.values().removeIf(other -> other.client().equals(client));
        long seconds = ServerFixture.secondsIn(ack, OptionCode.LEASE_TIME);
        boolean endless = ack.type() != MessageType.ACK || seconds == INFINITE;
        byAddress.put(
                address,
                new Holder(
                        client,
                        hardware,
                        endless ? Long.MAX_VALUE : decidedMillis + seconds * 1000));
    }

    /** A client sends RELEASE or DECLINE and does not use the address from then on. */
    void left(Message request, Ip4Address address) {
        Holder holder = byAddress.get(address);
        if (holder != null && holder.client().equals(clientOf(request))) {
            byAddress.remove(address);
        }
    }

    /** The clock was set; nobody's lease is longer or shorter for it. */
    void shift(long millis) {
        byAddress.replaceAll(
                (address, holder) ->
                        new Holder(
                                holder.client(),
                                holder.hardware(),
                                holder.endMillis() == Long.MAX_VALUE
                                        ? Long.MAX_VALUE
                                        : holder.endMillis() + millis));
    }
}
