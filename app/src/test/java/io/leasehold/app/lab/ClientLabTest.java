package io.leasehold.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A lease's whole life with each real client: seen from the client's side, and on the wire. */
@Tag("lab")
final class ClientLabTest {
    private static final String BRISK = ServedLan.BRISK;
    private static final String POOL = ServedLan.subnet("10.77.0.100-10.77.0.150");

    private final ServedLan lan = new ServedLan();

    @AfterEach
    void removeLab() {
        lan.close();
    }

    private List<CapturedMessage> wire(String type) {
        return lan.capture().messages().stream().filter(message -> message.is(type)).toList();
    }

    @ParameterizedTest
    @EnumSource
    void givesALeaseByAFullExchange(ClientProgram program) {
        lan.serve(BRISK + POOL);
        LabClient client = lan.client(program, 1).start();

        ClientEvent bound = client.await(ClientEvent.Kind.BOUND);

        assertThat(bound.server()).isEqualTo(ServedLan.SERVER_ADDRESS);
        assertThat(bound.leaseSeconds()).isEqualTo("60");
        assertThat(client.addresses()).containsExactly(bound.address());
        CapturedMessage offer = lan.capture().await("OFFER", message -> message.is("OFFER"));
        assertThat(offer.yiaddr()).isEqualTo(bound.address());
        // RFC 2131 section 4.1: without the broadcast bit, to yiaddr at chaddr, though the client
        // cannot answer ARP yet.
        assertThat(offer.destination()).isEqualTo(bound.address());
        assertThat(offer.etherDestination()).isEqualTo(ServedLan.hardware(1));
        assertThat(offer.source()).isEqualTo(ServedLan.SERVER_ADDRESS);
        assertThat(offer.options().getFirst()).isEqualTo("53");
        CapturedMessage request = lan.capture().await("REQUEST", message -> message.is("REQUEST"));
        assertThat(request.serverId()).isEqualTo(ServedLan.SERVER_ADDRESS);
        CapturedMessage ack = lan.capture().await("ACK", message -> message.is("ACK"));
        assertThat(ack.yiaddr()).isEqualTo(bound.address());
        assertThat(ack.xid()).isEqualTo(request.xid());
        assertThat(ack.leaseSeconds()).isEqualTo("60");
        assertThat(lan.leases()).contains(bound.address());
    }

    @ParameterizedTest
    @EnumSource
    void renewsALease(ClientProgram program) {
        lan.serve(BRISK + POOL);
        LabClient client = lan.client(program, 1).start();
        ClientEvent bound = client.await(ClientEvent.Kind.BOUND);

        // By itself, when T1 is over.
        ClientEvent renewed = client.await(ClientEvent.Kind.RENEWED);

        assertThat(renewed.address()).isEqualTo(bound.address());
        CapturedMessage request =
                lan.capture()
                        .await(
                                "REQUEST of a client in RENEWING",
                                message ->
                                        message.is("REQUEST")
                                                && message.ciaddr().equals(bound.address()));
        // RFC 2131 table 4: no server identifier and no requested address, straight to the server.
        assertThat(request.serverId()).isEmpty();
        assertThat(request.requestedAddress()).isEmpty();
        assertThat(request.destination()).isEqualTo(ServedLan.SERVER_ADDRESS);
        CapturedMessage ack =
                lan.capture()
                        .await(
                                "ACK to the renewal",
                                message ->
                                        message.is("ACK")
                                                && message.xid().equals(request.xid())
                                                && message.ciaddr().equals(bound.address()));
        assertThat(ack.destination()).isEqualTo(bound.address());
        assertThat(ack.source()).isEqualTo(ServedLan.SERVER_ADDRESS);
    }

    @ParameterizedTest
    @EnumSource
    void takesBackAReleasedAddress(ClientProgram program) {
        // One address only: another client gets it if, and only if, it was given back.
        lan.serve(BRISK + ServedLan.subnet("10.77.0.100-10.77.0.100"));
        LabClient client = lan.client(program, 1).start();
        client.await(ClientEvent.Kind.BOUND);

        client.release();

        client.await(ClientEvent.Kind.RELEASED);
        assertThat(client.addresses()).isEmpty();
        CapturedMessage release = lan.capture().await("RELEASE", message -> message.is("RELEASE"));
        assertThat(release.ciaddr()).isEqualTo("10.77.0.100");
        assertThat(release.serverId()).isEqualTo(ServedLan.SERVER_ADDRESS);
        LabClient other = lan.client(ClientProgram.UDHCPC, 2).start();
        assertThat(other.await(ClientEvent.Kind.BOUND).address()).isEqualTo("10.77.0.100");
    }

    @ParameterizedTest
    @EnumSource(names = {"DHCLIENT", "DHCPCD"})
    void confirmsTheLeaseOfAClientThatRebooted(ClientProgram program) {
        lan.serve(BRISK + POOL);
        LabClient client = lan.client(program, 1).start();
        ClientEvent bound = client.await(ClientEvent.Kind.BOUND);
        client.crash();
        int discovers = wire("DISCOVER").size();

        client.start();

        assertThat(client.await(ClientEvent.Kind.REBOOTED).address()).isEqualTo(bound.address());
        assertThat(client.addresses()).containsExactly(bound.address());
        // RFC 2131 table 4, INIT-REBOOT: the requested address, and no server identifier.
        CapturedMessage request =
                lan.capture()
                        .await(
                                "REQUEST of a client in INIT-REBOOT",
                                message ->
                                        message.is("REQUEST")
                                                && message.serverId().isEmpty()
                                                && message.requestedAddress()
                                                        .equals(bound.address()));
        assertThat(request.destination()).isEqualTo("255.255.255.255");
        assertThat(wire("DISCOVER")).hasSize(discovers);
        assertThat(wire("NAK")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void givesAClientThatForgotItsLeaseTheSameAddress(ClientProgram program) {
        lan.serve(BRISK + POOL);
        LabClient client = lan.client(program, 1).start();
        ClientEvent bound = client.await(ClientEvent.Kind.BOUND);
        client.crash();
        client.forget();

        client.start();

        assertThat(client.await(ClientEvent.Kind.BOUND, 2).address()).isEqualTo(bound.address());
        assertThat(wire("DISCOVER").size()).isGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void putsADeclinedAddressAsideAndGivesAnother(ClientProgram program) {
        lan.serve(BRISK + POOL);
        LabClient client =
                lan.client(
                        program,
                        1,
                        new ClientOptions(ServedLan.IFACE, "host-1").withCheckAddress());
        ClientEvent first = client.start().await(ClientEvent.Kind.BOUND);
        client.crash();
        client.forget();
        // Meanwhile somebody takes the address without asking. The server offers it again, since it
        // is the client's own, and the client finds out.
        lan.squatter(first.address());

        client.start();

        ClientEvent second = client.await(ClientEvent.Kind.BOUND, 2);
        assertThat(second.address()).isNotEqualTo(first.address());
        assertThat(client.addresses()).containsExactly(second.address());
        CapturedMessage decline = lan.capture().await("DECLINE", message -> message.is("DECLINE"));
        assertThat(decline.requestedAddress()).isEqualTo(first.address());
        assertThat(decline.serverId()).isEqualTo(ServedLan.SERVER_ADDRESS);
        assertThat(lan.leases()).containsIgnoringCase("declined");
    }

    @ParameterizedTest
    @EnumSource
    void confirmsItsLeasesAfterARestart(ClientProgram program) {
        LabProcess before = lan.serve(BRISK + POOL);
        LabClient client = lan.client(program, 1).start();
        ClientEvent bound = client.await(ClientEvent.Kind.BOUND);
        // As a power cut ends it: what was ACKed must be on disk by now.
        before.kill();

        lan.serve(BRISK + POOL);

        assertThat(lan.leases()).contains(bound.address());
        int renewals = renewals(client);
        assertThat(client.await(ClientEvent.Kind.RENEWED, renewals + 1).address())
                .isEqualTo(bound.address());
        assertThat(wire("NAK")).isEmpty();
    }

    private static int renewals(LabClient client) {
        return (int)
                client.events().stream()
                        .filter(event -> event.kind() == ClientEvent.Kind.RENEWED)
                        .count();
    }
}
