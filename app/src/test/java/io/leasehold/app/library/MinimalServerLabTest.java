package io.leasehold.app.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.lab.ClientEvent;
import io.leasehold.app.lab.ClientOptions;
import io.leasehold.app.lab.ClientProgram;
import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.Lab;
import io.leasehold.app.lab.LabClient;
import io.leasehold.app.lab.Segment;
import io.leasehold.examples.MinimalServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The smallest server that the library can make, and real clients. */
@Tag("lab")
class MinimalServerLabTest {
    @Test
    void givesRealClientsAddressesAndRenewsThem() {
        try (Lab lab = Lab.open()) {
            Segment segment = lab.segment("lan");
            Host server = lab.host("server");
            server.plug(segment, "eth0", "52:54:00:77:00:01");
            server.address("eth0", "10.77.0.1/24");
            ExampleRun.start(server, MinimalServer.class, "serving port 67", "eth0");
            int number = 0;
            for (ClientProgram program : ClientProgram.values()) {
                Host host = lab.host(program.program());
                host.plug(segment, "eth0", "52:54:00:aa:00:0" + ++number);
                LabClient client =
                        new LabClient(host, program, new ClientOptions("eth0", "host-" + number))
                                .start();

                ClientEvent bound = client.await(ClientEvent.Kind.BOUND);

                assertThat(bound.server()).isEqualTo("10.77.0.1");
                assertThat(bound.address()).isEqualTo("10.77.0." + (100 + number));
                assertThat(client.addresses()).containsExactly(bound.address());
                if (program == ClientProgram.UDHCPC) {
                    client.renew();
                    client.await(ClientEvent.Kind.RENEWED);
                }
            }
        }
    }
}
