package io.leasehold.server;

import static io.leasehold.server.ServerFixture.ONE;
import static io.leasehold.server.ServerFixture.TWO;
import static io.leasehold.server.ServerFixture.asking;
import static io.leasehold.server.ServerFixture.codes;
import static io.leasehold.server.ServerFixture.message;
import static io.leasehold.server.ServerFixture.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.LeaseChange;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.wire.DomainList;
import io.leasehold.protocol.wire.DomainName;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.Options;
import io.leasehold.protocol.wire.Route;
import io.leasehold.protocol.wire.Text;
import io.leasehold.server.config.ClientClass;
import io.leasehold.server.config.OptionSet;
import io.leasehold.server.config.Reservation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which configured options a client gets, and in what order. */
class ReplyOptionsTest {
    private static final int DNS = 6;
    private static final int DOMAIN_NAME = 15;
    private static final int NTP = 42;
    private static final int[] ROUTER = {192, 168, 50, 1};

    private static TestConfig configured() {
        return new TestConfig()
                .option(OptionCode.ROUTERS, ROUTER)
                .option(DNS, 9, 9, 9, 9)
                .option(DOMAIN_NAME, 'l', 'a', 'b');
    }

    private static TestConfig withRoutes() {
        return configured()
                .option(OptionCode.STATIC_ROUTES, 10, 0, 0, 0, 192, 168, 50, 1)
                .option(
                        Options.CLASSLESS_STATIC_ROUTE,
                        List.of(
                                Route.to(Ip4Network.parse("10.0.0.0/8"), ServerFixture.SERVER),
                                Route.to(Ip4Network.parse("0.0.0.0/0"), ServerFixture.SERVER)));
    }

    @Test
    void whatIsAskedForComesInTheOrderAskedAndBeforeAnyOther() {
        assertThat(codes(configured().start().offerOf(15, 6, 51, 3)))
                .containsExactly(53, 15, 6, 51, 1, 3, 54, 58, 59);
    }

    /** RFC 2132 §3.3. */
    @Test
    void theSubnetMaskPrecedesTheRouters() {
        assertThat(codes(configured().start().offerOf(3, 1))).startsWith(53, 1, 3);
        assertThat(codes(configured().start().offerOf(3))).startsWith(53, 1, 3);
        assertThat(codes(sent(discover(configured())).message())).containsSubsequence(1, 3);
    }

    private static Decision<List<LeaseChange>> discover(TestConfig config) {
        return config.start().broadcast(message(MessageType.DISCOVER, ONE));
    }

    @Test
    void whatIsAskedForTwiceIsSentOnce() {
        assertThat(codes(configured().start().offerOf(6, 6, 1, 6))).containsOnlyOnce(6, 1);
    }

    @Test
    void whatIsNotAskedForIsNotSent() {
        assertThat(codes(configured().start().offerOf(6))).contains(6).doesNotContain(3, 15);
    }

    @Test
    void aClientThatDoesNotSayWhatItWantsGetsAll() {
        assertThat(codes(sent(discover(configured())).message())).contains(1, 3, 6, 15, 51, 54);
    }

    /** RFC 3442: the server SHOULD NOT send 3 and 33 to a client that asks for 121. */
    @Test
    void classlessRoutesSuppressRoutersAndStaticRoutes() {
        assertThat(codes(withRoutes().start().offerOf(3, 33, 121)))
                .contains(121)
                .doesNotContain(3, 33, 249);
    }

    /** Else it would have no route at all: 52 routes to hosts are 468 bytes. */
    @Test
    void routersAndStaticRoutesAreSentWhereClasslessRoutesHaveNoRoom() {
        List<Route> routes = new ArrayList<>();
        for (int i = 1; i <= 52; i++) {
            routes.add(Route.to(Ip4Network.parse("10.0.0." + i + "/32"), ServerFixture.SERVER));
        }
        ServerFixture lab = withRoutes().option(Options.CLASSLESS_STATIC_ROUTE, routes).start();
        int[] wanted = {1, 121, 3, 33, 6};

        assertThat(codes(lab.offerOf(wanted))).contains(1, 3, 33, 6).doesNotContain(121);
        MessageBuilder roomy = asking(MessageType.DISCOVER, wanted);
        roomy.option(OptionCode.MAX_MESSAGE_SIZE, new byte[] {5, (byte) 0xdc});
        assertThat(codes(sent(lab.broadcast(roomy)).message())).contains(121).doesNotContain(3, 33);
    }

    @Test
    void aClientThatDoesNotAskForClasslessRoutesGetsItsRouter() {
        assertThat(codes(withRoutes().start().offerOf(3, 33)))
                .contains(3, 33)
                .doesNotContain(121, 249);
        assertThat(codes(sent(discover(withRoutes())).message())).contains(3).doesNotContain(121);
    }

    /** RFC 2132 §9.8: the list has an octet or more; an empty one says no more than none. */
    @Test
    void anEmptyListOfWishesIsTakenForNone() {
        ServerFixture lab = withRoutes().start();

        assertThat(codes(lab.offerOf())).contains(3, 33);
        assertThat(lab.heard).containsExactly("ignored 55");
    }

    /** RFC 3442: significant octets only; 0.0.0.0/0 has none. */
    @Test
    void classlessRoutesCarrySignificantOctetsOnly() {
        byte[] routes = withRoutes().start().offerOf(121).raw(121);

        assertThat(routes)
                .containsExactly(
                        8, 10, 192, 168, 50, 1, // 10.0.0.0/8
                        0, 192, 168, 50, 1); // 0.0.0.0/0
    }

    /** Windows asks for 249 with what is 121 to others. */
    @Test
    void option249HasTheSameRoutesForWhoAsksForIt() {
        Message offer = withRoutes().start().offerOf(249);

        assertThat(offer.raw(249)).isEqualTo(withRoutes().start().offerOf(121).raw(121));
        assertThat(codes(offer)).doesNotContain(121);
    }

    /** RFC 8910 §2.1. */
    @Test
    void theCaptivePortalIsSentAsConfigured() {
        Message offer =
                new TestConfig()
                        .option(Options.CAPTIVE_PORTAL, Text.of("https://portal.example/api"))
                        .start()
                        .offerOf(114);

        assertThat(new String(offer.raw(114), StandardCharsets.US_ASCII))
                .isEqualTo("https://portal.example/api");
    }

    /** RFC 3397 §2: the second name ends with a pointer to "example" in the first. */
    @Test
    void theDomainSearchListIsSentCompressed() {
        Message offer =
                new TestConfig()
                        .option(
                                Options.DOMAIN_SEARCH,
                                DomainList.of(
                                        List.of(
                                                DomainName.parse("a.example"),
                                                DomainName.parse("b.example"))))
                        .start()
                        .offerOf(119);

        assertThat(offer.raw(119))
                .containsExactly(
                        1, 'a', 7, 'e', 'x', 'a', 'm', 'p', 'l', 'e', 0, // a.example
                        1, 'b', 0xc0, 2); // b, and on at offset 2
    }

    @Test
    void aSubnetsOptionsOverrideThoseForEverySubnet() {
        ServerFixture lab =
                new TestConfig()
                        .global(Options.DOTS_ADDRESSES, List.of(ServerFixture.ip("10.0.0.1")))
                        .global(Options.PANA_AGENT, List.of(ServerFixture.ip("10.0.0.2")))
                        .option(Options.DOTS_ADDRESSES, List.of(ServerFixture.ip("10.0.0.3")))
                        .start();
        Message offer = lab.offerOf(148, 136);

        assertThat(ServerFixture.addressIn(offer, 148)).isEqualTo(ServerFixture.ip("10.0.0.3"));
        assertThat(ServerFixture.addressIn(offer, 136)).isEqualTo(ServerFixture.ip("10.0.0.2"));
    }

    @Test
    void aClasssOptionsOverrideTheSubnetsAndAReservationsOverrideAll() {
        TestConfig config = configured().option(NTP, 10, 0, 0, 1);
        config.classes.add(phones(10, 0, 0, 2));
        config.reservations.add(
                new Reservation(
                        new Reservation.Key.Hardware(TWO),
                        ServerFixture.ip("192.168.50.10"),
                        "printer",
                        new OptionSet(
                                Map.of(NTP, Octets.of((byte) 10, (byte) 0, (byte) 0, (byte) 3)))));
        ServerFixture lab = config.start();

        assertThat(ntpOf(lab, ONE, "other")).isEqualTo(ServerFixture.ip("10.0.0.1"));
        assertThat(ntpOf(lab, ONE, "Cisco 79")).isEqualTo(ServerFixture.ip("10.0.0.2"));
        assertThat(ntpOf(lab, TWO, "Cisco 79")).isEqualTo(ServerFixture.ip("10.0.0.3"));
    }

    @Test
    void aReservationsHostNameIsToldToItsClient() {
        TestConfig config = new TestConfig();
        config.reservations.add(
                new Reservation(
                        new Reservation.Key.Hardware(ONE),
                        ServerFixture.ip("192.168.50.10"),
                        "printer",
                        OptionSet.EMPTY));
        Message offer = config.start().offerOf(12);

        assertThat(new String(offer.raw(12), StandardCharsets.US_ASCII)).isEqualTo("printer");
    }

    private static ClientClass phones(int... ntp) {
        byte[] value = new byte[ntp.length];
        for (int i = 0; i < ntp.length; i++) {
            value[i] = (byte) ntp[i];
        }
        return new ClientClass(
                "phones",
                List.of(new ClientClass.Match(ClientClass.What.VENDOR_CLASS, "Cisco*")),
                new OptionSet(Map.of(NTP, Octets.of(value))));
    }

    private static Ip4Address ntpOf(ServerFixture lab, HardwareAddress client, String vendor) {
        Message offer =
                sent(lab.broadcast(
                                message(MessageType.DISCOVER, client)
                                        .option(
                                                OptionCode.VENDOR_CLASS,
                                                vendor.getBytes(StandardCharsets.US_ASCII))
                                        .option(OptionCode.PARAMETER_LIST, new byte[] {NTP})))
                        .message();
        return ServerFixture.addressIn(offer, NTP);
    }
}
