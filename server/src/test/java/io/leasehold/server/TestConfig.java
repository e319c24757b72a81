package io.leasehold.server;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.Option;
import io.leasehold.server.config.ClientClass;
import io.leasehold.server.config.OptionSet;
import io.leasehold.server.config.Pool;
import io.leasehold.server.config.Reservation;
import io.leasehold.server.config.ServerConfig;
import io.leasehold.server.config.Settings;
import io.leasehold.server.config.SharedNetwork;
import io.leasehold.server.config.Subnet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The configuration of {@link ServerFixture}, with what a test wants otherwise. */
final class TestConfig {
    long leaseSeconds = 3600;
    long minLeaseSeconds = 60;
    long maxLeaseSeconds = 86_400;
    long t1Seconds;
    long t2Seconds;
    int pingCheckMillis;
    int offerHoldSeconds = 30;
    boolean authoritative = true;
    boolean matchClientId = true;
    boolean rapidCommit;
    boolean bootp;
    int knownSharePercent;
    Ip4Address nextServer = Ip4Address.ZERO;
    String bootFile = "";
    Pool pool = ServerFixture.pool("192.168.50.100", "192.168.50.199");
    final List<Reservation> reservations = new ArrayList<>();
    final List<ClientClass> classes = new ArrayList<>();
    final List<Subnet> sameWire = new ArrayList<>();
    private final Map<Integer, Octets> global = new LinkedHashMap<>();
    private final Map<Integer, Octets> options = new LinkedHashMap<>();

    static <T> OptionSet set(Option<T> option, T value) {
        return new OptionSet(Map.of(option.code(), encode(option, value)));
    }

    private static <T> Octets encode(Option<T> option, T value) {
        return Octets.of(option.type().encode(value));
    }

    /** An option for every subnet. */
    <T> TestConfig global(Option<T> option, T value) {
        global.put(option.code(), encode(option, value));
        return this;
    }

    /** An option of the subnets. */
    <T> TestConfig option(Option<T> option, T value) {
        options.put(option.code(), encode(option, value));
        return this;
    }

    TestConfig option(int code, int... octets) {
        byte[] value = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            value[i] = (byte) octets[i];
        }
        options.put(code, Octets.of(value));
        return this;
    }

    TestConfig reserve(Reservation.Key key, String address) {
        reservations.add(new Reservation(key, Ip4Address.parse(address), "", OptionSet.EMPTY));
        return this;
    }

    TestConfig pool(String first, String last) {
        pool = ServerFixture.pool(first, last);
        return this;
    }

    Settings settings() {
        return new Settings(
                leaseSeconds,
                minLeaseSeconds,
                maxLeaseSeconds,
                t1Seconds,
                t2Seconds,
                pingCheckMillis,
                offerHoldSeconds,
                3600,
                authoritative,
                matchClientId,
                rapidCommit,
                bootp,
                knownSharePercent,
                nextServer,
                bootFile);
    }

    /** One more subnet on the wire of 192.168.50.0/24, with these settings and options. */
    TestConfig onSameWire(String network, String first, String last) {
        sameWire.add(subnet(network, ServerFixture.pool(first, last), List.of()));
        return this;
    }

    /** The same, with an option of its own. */
    TestConfig onSameWire(String network, String first, String last, int code, byte... value) {
        sameWire.add(
                new Subnet(
                        Ip4Network.parse(network),
                        List.of(ServerFixture.pool(first, last)),
                        List.of(),
                        settings(),
                        new OptionSet(Map.of(code, Octets.of(value)))));
        return this;
    }

    /** The same, of one address, which is reserved. */
    TestConfig onSameWireReserved(String network, Reservation.Key key, String address) {
        Pool one = ServerFixture.pool(address, address);
        sameWire.add(
                subnet(
                        network,
                        one,
                        List.of(
                                new Reservation(
                                        key, Ip4Address.parse(address), "", OptionSet.EMPTY))));
        return this;
    }

    private Subnet subnet(String network, Pool pool, List<Reservation> reservations) {
        return new Subnet(
                Ip4Network.parse(network),
                List.of(pool),
                reservations,
                settings(),
                new OptionSet(options));
    }

    ServerConfig build() {
        List<Subnet> local = new ArrayList<>();
        local.add(subnet("192.168.50.0/24", pool, reservations));
        local.addAll(sameWire);
        return new ServerConfig(
                List.of(
                        new SharedNetwork("local", local),
                        new SharedNetwork(
                                "relayed",
                                List.of(
                                        subnet(
                                                "10.20.0.0/16",
                                                ServerFixture.pool("10.20.1.0", "10.20.255.254"),
                                                relayedReservations)))),
                classes,
                new OptionSet(global));
    }

    final List<Reservation> relayedReservations = new ArrayList<>();

    TestConfig reserveRelayed(Reservation.Key key, String address) {
        relayedReservations.add(
                new Reservation(key, Ip4Address.parse(address), "", OptionSet.EMPTY));
        return this;
    }

    ServerFixture start() {
        return new ServerFixture(build());
    }
}
