package io.leasehold.app.bootfiles;

import io.leasehold.link.LinkException;
import io.leasehold.link.NetworkInterface;
import io.leasehold.protocol.wire.Ip4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Whether a datagram came to an address of this host, on an interface that is served. What came to
 * a broadcast address is not answered (RFC 1123 §4.2.3.5). Safe for use by several threads.
 */
final class ServedAddresses {
    /** Interfaces come and go; they are looked at again at most so often. */
    private static final int LOOK_MILLIS = 1000;

    private final List<String> names;
    private final LongSupplier millis;
    private List<NetworkInterface> all = List.of();
    private long lookedMillis = Long.MIN_VALUE / 2;

    /**
     * @param names of the interfaces served; none stands for all
     */
    ServedAddresses(List<String> names, LongSupplier millis) {
        this.names = List.copyOf(names);
        this.millis = millis;
    }

    /** Whether a datagram that came by an interface to an address is to be answered. */
    boolean has(int interfaceIndex, Ip4Address destination) {
        return test(() -> known(interfaceIndex, destination));
    }

    /** Whether an address that somebody connected to is that of an interface served. */
    boolean hasLocal(InetAddress local) {
        if (names.isEmpty()) {
            return true;
        }
        byte[] octets = local.getAddress();
        return octets.length == Integer.BYTES
                && test(() -> isServed(Ip4Address.of(ByteBuffer.wrap(octets).getInt())));
    }

    private synchronized boolean test(BooleanSupplier question) {
        if (question.getAsBoolean()) {
            return true;
        }
        long now = millis.getAsLong();
        if (now - lookedMillis < LOOK_MILLIS) {
            return false;
        }
        lookedMillis = now;
        try {
            all = NetworkInterface.all();
        } catch (LinkException e) {
            System.getLogger("leasehold.files").log(System.Logger.Level.ERROR, e.getMessage());
        }
        return question.getAsBoolean();
    }

    private boolean isServed(Ip4Address local) {
        return all.stream()
                .filter(each -> names.contains(each.name()))
                .flatMap(each -> each.addresses().stream())
                .anyMatch(each -> each.address().equals(local));
    }

    private boolean known(int interfaceIndex, Ip4Address destination) {
        boolean served = false;
        boolean ours = false;
        for (NetworkInterface each : all) {
            served |=
                    each.index() == interfaceIndex
                            && (names.isEmpty() || names.contains(each.name()));
            ours |= each.addresses().stream().anyMatch(at -> at.address().equals(destination));
        }
        return served && (ours || destination.bits() >>> 24 == 127);
    }
}
