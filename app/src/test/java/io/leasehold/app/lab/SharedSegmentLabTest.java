package io.leasehold.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Our server where it is not alone, or has not enough: another server, a squatter, an empty pool.
 */
@Tag("lab")
final class SharedSegmentLabTest {
    private static final String POOL = ServedLan.subnet("10.77.0.100-10.77.0.150");

    private final ServedLan lan = new ServedLan();

    @AfterEach
    void removeLab() {
        lan.close();
    }

    private List<CapturedMessage> ofOurs(String type) {
        return lan.capture().messages().stream()
                .filter(message -> message.is(type))
                .filter(message -> message.etherSource().equals(ServedLan.SERVER_HARDWARE))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void ackesOnlyTheClientsThatChoseIt(OtherServer other) {
        lan.serve(ServedLan.BRISK + POOL);
        lan.serveToo(other);
        List<LabClient> clients = new ArrayList<>();
        for (int number = 1; number <= 4; number++) {
            clients.add(lan.client(ClientProgram.UDHCPC, number).start());
        }
        for (LabClient client : clients) {
            client.await(ClientEvent.Kind.BOUND);
        }

        List<CapturedMessage> requests =
                lan.capture().end().stream()
                        .filter(message -> message.is("REQUEST"))
                        .filter(message -> !message.serverId().isEmpty())
                        .toList();
        List<String> chosen =
                requests.stream()
                        .filter(message -> message.serverId().equals(ServedLan.SERVER_ADDRESS))
                        .map(CapturedMessage::chaddr)
                        .toList();
        assertThat(requests).extracting(CapturedMessage::chaddr).contains(ServedLan.hardware(4));
        assertThat(ofOurs("OFFER")).isNotEmpty();
        assertThat(ofOurs("ACK")).extracting(CapturedMessage::chaddr).isSubsetOf(chosen);
        assertThat(ofOurs("NAK")).isEmpty();
        for (LabClient client : clients) {
            ClientEvent bound = client.await(ClientEvent.Kind.BOUND);
            boolean ours = bound.server().equals(ServedLan.SERVER_ADDRESS);
            assertThat(bound.address()).matches(ours ? "10\\.77\\.0\\.1.." : "10\\.77\\.0\\.2..");
        }
    }

    @ParameterizedTest
    @EnumSource
    void staysSilentTowardsTheRebootingClientOfAnotherServer(OtherServer other) {
        lan.serveToo(other);
        LabClient client = lan.client(ClientProgram.DHCLIENT, 1).start();
        ClientEvent bound = client.await(ClientEvent.Kind.BOUND);
        client.crash();
        lan.serve(ServedLan.BRISK + POOL);

        client.start();

        assertThat(client.await(ClientEvent.Kind.REBOOTED).address()).isEqualTo(bound.address());
        assertThat(ofOurs("NAK")).isEmpty();
        assertThat(ofOurs("ACK")).isEmpty();
    }

    @Test
    void refusesTheAddressOfAnotherNetworkToAClientThatRebooted() {
        LabProcess before = lan.serve(ServedLan.BRISK + POOL);
        LabClient client = lan.client(ClientProgram.DHCLIENT, 1).start();
        client.await(ClientEvent.Kind.BOUND);
        client.crash();
        before.close();
        // The client comes up in another network, as a laptop does.
        lan.server().run("ip", "-4", "address", "flush", "dev", ServedLan.IFACE);
        lan.server().address(ServedLan.IFACE, "10.88.0.1/24");
        lan.serve(
                ServedLan.BRISK
                        + "  subnets:\n    - subnet: 10.88.0.0/24\n"
                        + "      pools: [10.88.0.100-10.88.0.150]\n");

        client.start();

        assertThat(client.await(ClientEvent.Kind.BOUND, 2).address()).startsWith("10.88.0.1");
        CapturedMessage nak = lan.capture().await("NAK", message -> message.is("NAK"));
        // RFC 2131 section 4.1: a NAK is broadcast.
        assertThat(nak.destination()).isEqualTo("255.255.255.255");
        assertThat(nak.yiaddr()).isEqualTo("0.0.0.0");
    }

    @Test
    void leavesTheClientsBeyondItsPoolAloneUntilAnAddressIsFree() {
        lan.serve(ServedLan.BRISK + ServedLan.subnet("10.77.0.100-10.77.0.100"));
        LabClient first = lan.client(ClientProgram.UDHCPC, 1).start();
        first.await(ClientEvent.Kind.BOUND);
        LabClient second = lan.client(ClientProgram.UDHCPC, 2).start();
        String hardware = ServedLan.hardware(2);
        lan.capture()
                .await("second DISCOVER of the second client", message -> discovers(hardware) >= 2);
        assertThat(ofOurs("OFFER")).extracting(CapturedMessage::chaddr).doesNotContain(hardware);
        assertThat(second.addresses()).isEmpty();

        first.release();

        assertThat(second.await(ClientEvent.Kind.BOUND).address()).isEqualTo("10.77.0.100");
    }

    private long discovers(String hardware) {
        return lan.capture().messages().stream()
                .filter(message -> message.is("DISCOVER") && message.chaddr().equals(hardware))
                .count();
    }

    @Test
    void offersNoAddressThatAnswersAPing() {
        // Two addresses, one of them taken by somebody who did not ask.
        lan.serve(
                ServedLan.BRISK.replace("ping-check: off", "ping-check: 300ms")
                        + ServedLan.subnet("10.77.0.100-10.77.0.101"));
        lan.squatter("10.77.0.100");
        List<LabClient> clients = new ArrayList<>();
        for (int number = 1; number <= 3; number++) {
            clients.add(lan.client(ClientProgram.UDHCPC, number).start());
        }

        Await.until(
                Duration.ofSeconds(30),
                () -> clients.stream().anyMatch(client -> !client.addresses().isEmpty()),
                () -> "no client got the free address");
        assertThat(ofOurs("OFFER")).extracting(CapturedMessage::yiaddr).containsOnly("10.77.0.101");
    }
}
