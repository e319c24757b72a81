package io.leasehold.app.ports;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.lab.Await;
import io.leasehold.app.lab.ClientEvent;
import io.leasehold.app.lab.ClientOptions;
import io.leasehold.app.lab.ClientProgram;
import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.Lab;
import io.leasehold.app.lab.LabClient;
import io.leasehold.app.lab.Segment;
import io.leasehold.app.ports.RawDatagram.Checksum;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the rules do to packets, whichever program of the kernel's carries them out. On the machine
 * dnsmasq serves at 1067; on the wire are clients, and a tap.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PortsContract {
    private static final String REQUESTS = "eth0 requests 67->1067";
    private static final String REPLIES = "eth0 replies 1068->68";
    private static final PortCount NONE = new PortCount(0, 0);
    private static final byte[] NODE = {0x52, 0x54, 0x00, 0x77, 0x00, 0x01};
    private static final AtomicInteger CLIENTS = new AtomicInteger();

    private final Lab lab = Lab.open();
    private final Segment lan = lab.segment("lan");
    private final PortsNode node = start(lab, lan);
    private final Tap tap;
    private int xid = 0x1ea5e000;

    PortsContract() {
        Host watcher = lab.host("watcher");
        watcher.plug(lan, "eth0", "52:54:00:ee:00:01");
        tap = Tap.on(watcher, "eth0");
    }

    final PortCount count(String rule) {
        return node.counts().getOrDefault(rule, NONE);
    }

    abstract PortsNode start(Lab lab, Segment lan);

    PortsNode node() {
        return node;
    }

    Tap tap() {
        return tap;
    }

    @BeforeAll
    void serveAt1067() {
        node.run(
                "dnsmasq --port=0 --conf-file=/dev/null --pid-file=/tmp/"
                        + lab.directory().getFileName()
                        + ".pid --user=root --no-ping --dhcp-alternate-port --dhcp-authoritative"
                        + " --dhcp-leasefile=/dev/null --log-facility=/dev/null"
                        + " --dhcp-range=10.77.0.100,10.77.0.199,255.255.255.0,10m");
    }

    @AfterAll
    void removeLab() {
        tap.close();
        node.run("kill $(cat /tmp/" + lab.directory().getFileName() + ".pid)");
        lab.close();
    }

    @BeforeEach
    void setRules() {
        node.apply("--interface", "eth0", "--address", "10.77.0.1/24");
    }

    /**
     * A DISCOVER (RFC 2131 section 4.4.1) of a client of its own; 240 octets, an option, the end.
     */
    byte[] discover() {
        xid++;
        ByteBuffer bytes = ByteBuffer.allocate(300);
        bytes.put(new byte[] {1, 1, 6, 0}).putInt(xid);
        bytes.put(10, new byte[] {(byte) 0x80, 0}); // flags: broadcast
        bytes.put(28, new byte[] {0x52, 0x54, 0, (byte) 0xee}).putShort(32, (short) xid);
        bytes.putInt(236, 0x63825363);
        bytes.put(240, new byte[] {53, 1, 1, (byte) 255});
        return bytes.array();
    }

    RawDatagram offerTo(byte[] discover) throws IOException {
        int wanted = ByteBuffer.wrap(discover).getInt(4);
        return tap.await("OFFER", offer -> ByteBuffer.wrap(offer.payload()).getInt(4) == wanted);
    }

    @ParameterizedTest
    @EnumSource
    void givesEveryClientItsLeaseAndRenewsIt(ClientProgram program) {
        Host host = lab.host(program.program());
        host.plug(lan, "eth0", "52:54:00:aa:00:0" + CLIENTS.incrementAndGet());

        LabClient client =
                new LabClient(host, program, new ClientOptions("eth0", program.program())).start();

        assertThat(client.await(ClientEvent.Kind.BOUND).address()).startsWith("10.77.0.1");
        if (program != ClientProgram.DHCLIENT) { // it renews when its time has come, not when asked
            client.renew();
            client.await(ClientEvent.Kind.RENEWED);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GOOD", "NONE"})
    void answersFromPort67WithAGoodChecksum(Checksum checksum) throws IOException {
        byte[] discover = discover();

        tap.send(RawDatagram.request(discover).with(checksum));

        RawDatagram offer = offerTo(discover);
        assertThat(offer.sourcePort()).isEqualTo(67);
        assertThat(offer.destinationPort()).isEqualTo(68);
        assertThat(offer.source()).isEqualTo(PortsNode.ADDRESS);
        assertThat(offer.checksum()).isNotEqualTo(Checksum.BAD);
    }

    @Test
    void findsThePortsBehindIpOptions() throws IOException {
        byte[] discover = discover();

        tap.send(RawDatagram.request(discover).withIpOptions(8));

        assertThat(offerTo(discover).sourcePort()).isEqualTo(67);
    }

    @Test
    void takesRequestsToItsOwnAddressAndToThatOfTheSubnetsBroadcast() {
        tap.send(RawDatagram.request(discover()).from("10.77.0.60").to("10.77.0.255"));
        tap.send(RawDatagram.request(discover()).from("10.77.0.60").to(PortsNode.ADDRESS), NODE);

        awaitRewritten(2);
    }

    private void awaitRewritten(long packets) {
        Await.until(
                Duration.ofSeconds(20),
                () -> count(REQUESTS).packets() >= packets,
                () -> "rewritten: " + node.counts());
    }

    @Test
    void touchesNoOtherDatagram() throws IOException {
        RawDatagram request = RawDatagram.request(discover()).from("10.77.0.60");
        // A renewal past this machine, straight to a server; RFC 2131 section 4.4.5.
        tap.send(request.to("10.99.0.1"), NODE);
        // Another relay speaks from 67; no client speaks from 1068 or to 1067.
        tap.send(request.to(PortsNode.ADDRESS).withPorts(67, 67), NODE);
        tap.send(request.to(PortsNode.ADDRESS).withPorts(1068, 67), NODE);
        tap.send(request.to(PortsNode.ADDRESS).withPorts(68, 53), NODE);
        // A frame of a VLAN is not this device's, though the kernel shows it here first.
        tap.send(RawDatagram.request(discover()).inVlan(10));

        byte[] last = discover();
        tap.send(RawDatagram.request(last));
        offerTo(last);

        assertThat(count(REQUESTS).packets()).isEqualTo(1);
        assertThat(count(REPLIES).packets()).isEqualTo(1);
    }

    @Test
    void changesNothingWhenRunTwice() throws IOException {
        String once = node.rules();

        setRules();

        assertThat(node.rules()).isEqualTo(once).contains("1067");
        byte[] discover = discover();
        tap.send(RawDatagram.request(discover));
        offerTo(discover);
    }

    @Test
    void undoRemovesItsOwnAndNothingElse() {
        node.undo();
        String others = addOtherRules();
        String before = node.rules();
        setRules();
        assertThat(node.rules()).isNotEqualTo(before);

        node.undo();
        node.undo();

        assertThat(node.rules()).isEqualTo(before).contains(others);
        removeOtherRules();
    }

    /** Rules of somebody else on the same device; returns a word that their listing has. */
    abstract String addOtherRules();

    abstract void removeOtherRules();

    @Test
    void countsWhatItRewrites() throws IOException {
        assertThat(node.counts()).isEqualTo(Map.of(REQUESTS, NONE, REPLIES, NONE));
        byte[] discover = discover();
        tap.send(RawDatagram.request(discover));
        offerTo(discover);

        assertThat(count(REQUESTS)).isEqualTo(new PortCount(1, 328));
        assertThat(count(REPLIES).packets()).isEqualTo(1);
    }
}
