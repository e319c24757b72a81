package io.leasehold.server;

import io.leasehold.lease.ClientKey;
import io.leasehold.protocol.wire.Ip4Address;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Addresses held for clients that were offered them, or that are being pinged. In memory only: an
 * OFFER promises nothing that a restart could break. Bounded: the oldest hold goes when there are
 * too many.
 *
 * <p>Where nothing else is free an address is offered to a second client (RFC 2131 §3.1: it need
 * not be reserved). Both may have it then, and the first REQUEST gets it.
 */
final class Offers {
    /** More clients than this between OFFER and REQUEST is an attack; the oldest are forgotten. */
    static final int OFFERS_MAX = 262_144;

    /** How many holds of a queue are looked at for one that may be taken over. */
    private static final int LOOKS_MAX = 256;

    /** All, the oldest first. */
    private final Map<Key, Offer> byClient = new LinkedHashMap<>();

    /** The youngest of each address. */
    private final Map<Ip4Address, Offer> byAddress = new HashMap<>();

    /** The keys of {@link #byAddress}, the oldest offer first; none is empty. */
    private final Map<Queue, Set<Ip4Address>> queues = new HashMap<>();

    private final ToIntFunction<ClientKey> hash;
    private @Nullable Key latest;

    /**
     * @param hash of an identity, with collisions that nobody can choose: strangers fill this
     */
    Offers(ToIntFunction<ClientKey> hash) {
        this.hash = hash;
    }

    private record Key(ClientKey client, int hash) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key(ClientKey otherClient, int otherHash)
                    && hash == otherHash
                    && client.equals(otherClient);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** What may be taken over by the same clients, so that no other hold stands before it. */
    private record Queue(String network, boolean known) {}

    /** All that is asked in one decision is asked of the same client: its hash is made once. */
    private Key key(ClientKey client) {
        Key known = latest;
        if (known == null || known.client() != client) {
            known = new Key(client, hash.applyAsInt(client));
            latest = known;
        }
        return known;
    }

    /**
     * An address held for a client.
     *
     * @param network the name of the network in which it is offered
     * @param known true for a client with a reservation or a record
     * @param asking true while a ping waits for its answer
     */
    record Offer(
            Ip4Address address,
            ClientKey client,
            String network,
            boolean known,
            long endMillis,
            boolean asking) {
        private Offer shifted(long millis) {
            return new Offer(address, client, network, known, endMillis + millis, asking);
        }

        private Queue queue() {
            return new Queue(network, known);
        }
    }

    /** The hold of a client; null when it has none or it has ended. */
    @Nullable Offer of(ClientKey client, long nowMillis) {
        Offer offer = byClient.get(key(client));
        return offer == null || offer.endMillis() <= nowMillis ? null : offer;
    }

    /** True when an address is held for other clients, and not for the given one. */
    boolean heldForOther(Ip4Address address, ClientKey client, long nowMillis) {
        Offer offer = byAddress.get(address);
        if (offer == null || offer.endMillis() <= nowMillis || offer.client().equals(client)) {
            return false;
        }
        Offer own = of(client, nowMillis);
        return own == null || !own.address().equals(address);
    }

    /**
     * The address whose last offer is the oldest, of those in a network that are wanted; null when
     * none of the first {@value #LOOKS_MAX} is. A stranger takes over from strangers alone: the
     * last addresses may be kept from both. A known client does so too while it can.
     */
    @Nullable Ip4Address oldest(String network, boolean known, Predicate<Ip4Address> wanted) {
        Ip4Address found = oldest(new Queue(network, false), wanted);
        return found == null && known ? oldest(new Queue(network, true), wanted) : found;
    }

    private @Nullable Ip4Address oldest(Queue queue, Predicate<Ip4Address> wanted) {
        Iterator<Ip4Address> addresses = queues.getOrDefault(queue, Set.of()).iterator();
        for (int looks = 0; looks < LOOKS_MAX && addresses.hasNext(); looks++) {
            Ip4Address address = addresses.next();
            if (wanted.test(address)) {
                return address;
            }
        }
        return null;
    }

    void hold(Offer offer, long nowMillis) {
        forget(offer.client());
        byClient.put(key(offer.client()), offer);
        withdraw(offer.address());
        byAddress.put(offer.address(), offer);
        queues.computeIfAbsent(offer.queue(), queue -> new LinkedHashSet<>()).add(offer.address());
        dropOldest(nowMillis);
    }

    void forget(ClientKey client) {
        Offer offer = byClient.remove(key(client));
        if (offer != null) {
            free(offer);
        }
    }

    /** Holds an address for nobody any longer; whoever was offered it may still ask for it. */
    void withdraw(Ip4Address address) {
        Offer offer = byAddress.get(address);
        if (offer != null) {
            free(offer);
        }
    }

    private void free(Offer offer) {
        Set<Ip4Address> queue = queues.get(offer.queue());
        if (queue != null && byAddress.remove(offer.address(), offer)) {
            queue.remove(offer.address());
            if (queue.isEmpty()) {
                queues.remove(offer.queue());
            }
        }
    }

    /** Moves all ends, when the clock was set. */
    void shift(long millis) {
        byAddress.replaceAll((address, offer) -> offer.shifted(millis));
        byClient.replaceAll((key, offer) -> offer.shifted(millis));
    }

    int size() {
        return byClient.size();
    }

    /**
     * Takes away what is over the bound, and up to two ended holds from the old end, so that none
     * stays for good.
     */
    private void dropOldest(long nowMillis) {
        int dropped = 0;
        Iterator<Offer> oldest = byClient.values().iterator();
        while (dropped < 2 && oldest.hasNext()) {
            Offer offer = oldest.next();
            if (byClient.size() <= OFFERS_MAX && offer.endMillis() > nowMillis) {
                return;
            }
            oldest.remove();
            free(offer);
            dropped++;
        }
    }
}
