package io.leasehold.server;

import io.leasehold.lease.ClientKey;
import io.leasehold.protocol.wire.Ip4Address;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Addresses held for clients that were offered them, or that are being pinged. In memory only: an
 * OFFER promises nothing that a restart could break. Bounded: the oldest hold goes when there are
 * too many.
 */
final class Offers {
    /** More clients than this between OFFER and REQUEST is an attack; the oldest are forgotten. */
    static final int OFFERS_MAX = 262_144;

    private final Map<Ip4Address, Offer> byAddress = new LinkedHashMap<>();
    private final Map<ClientKey, Offer> byClient = new HashMap<>();

    /**
     * An address held for a client.
     *
     * @param asking true while a ping waits for its answer
     */
    record Offer(Ip4Address address, ClientKey client, long endMillis, boolean asking) {}

    /** The hold of a client; null when it has none or it has ended. */
    @Nullable Offer of(ClientKey client, long nowMillis) {
        Offer offer = byClient.get(client);
        return offer == null || offer.endMillis() <= nowMillis ? null : offer;
    }

    /** True when an address is held for a client other than the given one. */
    boolean heldForOther(Ip4Address address, ClientKey client, long nowMillis) {
        Offer offer = byAddress.get(address);
        return offer != null && offer.endMillis() > nowMillis && !offer.client().equals(client);
    }

    void hold(Offer offer, long nowMillis) {
        forget(offer.client());
        Offer former = byAddress.remove(offer.address());
        if (former != null) {
            byClient.remove(former.client(), former);
        }
        byAddress.put(offer.address(), offer);
        byClient.put(offer.client(), offer);
        dropOldest(nowMillis);
    }

    void forget(ClientKey client) {
        Offer offer = byClient.remove(client);
        if (offer != null) {
            byAddress.remove(offer.address(), offer);
        }
    }

    /** Moves all ends, when the clock was set. */
    void shift(long millis) {
        byAddress.replaceAll((address, offer) -> shifted(offer, millis));
        byClient.replaceAll((client, offer) -> shifted(offer, millis));
    }

    private static Offer shifted(Offer offer, long millis) {
        return new Offer(
                offer.address(), offer.client(), offer.endMillis() + millis, offer.asking());
    }

    int size() {
        return byAddress.size();
    }

    /**
     * Takes away what is over the bound, and up to two ended holds from the old end, so that none
     * stays for good.
     */
    private void dropOldest(long nowMillis) {
        int dropped = 0;
        Iterator<Offer> oldest = byAddress.values().iterator();
        while (dropped < 2 && oldest.hasNext()) {
            Offer offer = oldest.next();
            if (byAddress.size() <= OFFERS_MAX && offer.endMillis() > nowMillis) {
                return;
            }
            oldest.remove();
            byClient.remove(offer.client(), offer);
            dropped++;
        }
    }
}
