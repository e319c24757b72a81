package io.leasehold.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.lab.LabProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The kernel takes a reply, drops it, and tells the sender nothing. */
@Tag("lab")
final class SendDropsLabTest {
    private final TroubledLan lan = new TroubledLan();

    @AfterEach
    void removeLab() {
        lan.close();
    }

    @Test
    void tellsOfRepliesThatTheKernelDroppedInsteadOfSendingThem() {
        LabProcess server = lan.serve(lan.data(), "-i", TroubledLan.IFACE, "--no-ping-check");
        assertThat(lan.udhcpc().leased()).isTrue();

        // No datagram has room in a queue of one octet.
        String at = TroubledLan.IFACE;
        lan.server.run("tc", "qdisc", "replace", "dev", at, "root", "bfifo", "limit", "1");
        assertThat(lan.udhcpc().leased()).isFalse();
        lan.awaitLine(server, "UDP datagrams of this host instead of sending them");

        lan.server.run("tc", "qdisc", "delete", "dev", at, "root");
        assertThat(lan.udhcpc().leased()).isTrue();
    }
}
