package io.leasehold.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the kernel's own counters say of datagrams that it did not send. */
class SendDropsTest {
    @Test
    void findsTheCounterByItsName() {
        assertThat(
                        SendDrops.read(
                                List.of(
                                        "Ip: Forwarding SndbufErrors",
                                        "Ip: 1 99",
                                        "Udp: InDatagrams RcvbufErrors SndbufErrors MemErrors",
                                        "Udp: 10 0 7 0",
                                        "UdpLite: InDatagrams SndbufErrors",
                                        "UdpLite: 0 3")))
                .isEqualTo(7);
    }

    @Test
    void takesAKernelWithoutIt() {
        assertThat(SendDrops.read(List.of("Udp: InDatagrams", "Udp: 10"))).isEqualTo(-1);
        assertThat(SendDrops.read(List.of())).isEqualTo(-1);
    }

    @Test
    void readsWhatThisKernelSays() throws Exception {
        assertThat(SendDrops.read(Files.readAllLines(Path.of("/proc/thread-self/net/snmp"))))
                .isNotNegative();
    }
}
