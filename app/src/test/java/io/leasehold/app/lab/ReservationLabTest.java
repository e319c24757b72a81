package io.leasehold.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reservations by what a client itself sends; that by circuit is tested beside the relay. */
@Tag("lab")
final class ReservationLabTest {
    private static final String RESERVED = "10.77.0.10";

    private final ServedLan lan = new ServedLan();

    @AfterEach
    void removeLab() {
        lan.close();
    }

    private void serve(String key) {
        lan.serve(
                ServedLan.BRISK
                        + ServedLan.subnet("10.77.0.100-10.77.0.150")
                        + "      reservations:\n"
                        + "        - {"
                        + key
                        + ", address: "
                        + RESERVED
                        + "}\n");
    }

    private void expectReserved(LabClient client) {
        assertThat(client.await(ClientEvent.Kind.BOUND).address()).isEqualTo(RESERVED);
        assertThat(client.addresses()).containsExactly(RESERVED);
        assertThat(lan.capture().await("ACK", message -> message.is("ACK")).yiaddr())
                .isEqualTo(RESERVED);
        // A stranger gets an address of the pool.
        ClientEvent other =
                lan.client(ClientProgram.UDHCPC, 9).start().await(ClientEvent.Kind.BOUND);
        assertThat(other.address()).startsWith("10.77.0.1").isNotEqualTo(RESERVED);
    }

    @ParameterizedTest
    @EnumSource
    void givesTheAddressReservedForAHardwareAddress(ClientProgram program) {
        serve("hardware: \"" + ServedLan.hardware(1) + "\"");

        expectReserved(lan.client(program, 1).start());
    }

    @ParameterizedTest
    @EnumSource
    void givesTheAddressReservedForAClientIdentifier(ClientProgram program) {
        // Not the identifier that the hardware address would make: only the option can match.
        String clientId = "01:52:54:00:cc:00:07";
        serve("client-id: \"" + clientId + "\"");
        ClientOptions options = new ClientOptions(ServedLan.IFACE, "host-1").withClientId(clientId);

        expectReserved(lan.client(program, 1, options).start());
    }
}
