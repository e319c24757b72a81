package io.leasehold.app.ports;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.Lab;
import io.leasehold.app.lab.LabException;
import io.leasehold.app.lab.Segment;
import io.leasehold.app.ports.RawDatagram.Checksum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rules of nftables, set by the command on the kernel of this machine. */
@Tag("lab")
final class NftPortsLabTest extends PortsContract {
    private static final class NamespaceNode implements PortsNode {
        private final Host host;

        NamespaceNode(Host host) {
            this.host = host;
        }

        @Override
        public void apply(String... arguments) {
            ports(arguments);
        }

        private String ports(String... arguments) {
            List<String> words = List.of(arguments);
            return PortsRun.in(host, words.contains("--status") ? words : addApply(words));
        }

        @Override
        public void undo() {
            ports("--undo", "--interface", "eth0");
        }

        @Override
        public Map<String, PortCount> counts() {
            Map<String, PortCount> counts = new TreeMap<>();
            for (String line : ports("--status").lines().toList()) {
                String[] words = line.split(" ", -1);
                counts.put(
                        words[0] + " " + words[1] + " " + words[2],
                        new PortCount(Long.parseLong(words[3]), Long.parseLong(words[5])));
            }
            return counts;
        }

        @Override
        public String rules() {
            return host.run("nft", "-s", "list", "ruleset");
        }

        @Override
        public String run(String script) {
            return host.run("sh", "-c", script);
        }
    }

    @Override
    PortsNode start(Lab lab, Segment lan) {
        Host host = lab.host("node");
        host.plug(lan, "eth0", "52:54:00:77:00:01");
        host.address("eth0", "10.77.0.1/24");
        // Else the kernel leaves checksums to a network card that is none, and the tap sees none.
        host.run("ethtool", "-K", "eth0", "tx", "off");
        return new NamespaceNode(host);
    }

    @Override
    String addOtherRules() {
        node().run(
                        "nft 'table netdev others { chain c { type filter hook ingress device"
                                + " \"eth0\" priority 0; udp dport 9 counter drop; }\n }'");
        return "others";
    }

    @Override
    void removeOtherRules() {
        node().run("nft delete table netdev others");
    }

    @Test
    void leavesABadChecksumBad() throws Exception {
        byte[] bad = discover();
        byte[] good = discover();

        tap().send(RawDatagram.request(bad).with(Checksum.BAD));
        tap().send(RawDatagram.request(good));
        offerTo(good);

        assertThat(count("eth0 requests 67->1067").packets()).isEqualTo(2);
        assertThat(count("eth0 replies 1068->68").packets()).isEqualTo(1);
    }

    @Test
    void servesSeveralAddressesOfOneInterface() {
        node().run("ip address add 10.79.0.1/16 brd + dev eth0");
        node().apply("-i", "eth0", "--address", "10.77.0.1/24", "--address", "10.79.0.1/16");

        assertThat(node().rules()).contains("10.79.255.255", "10.79.0.0/16", "10.77.0.255");
        node().run("ip address delete 10.79.0.1/16 dev eth0");
    }

    @Test
    void saysWhatIsWrongInOneLine() {
        assertThat(refused("--interface", "eth9"))
                .isEqualTo("--interface: there is no interface \"eth9\"; there are: lo, eth0");
        assertThat(refused("-i", "eth0", "--address", "10.77.0.9/24"))
                .isEqualTo("--address 10.77.0.9/24 is not on eth0, which has 10.77.0.1/24");
        assertThat(refused("-i", "eth0", "--address", "10.77.0.1/16"))
                .isEqualTo("--address 10.77.0.1/16: eth0 has this address with the prefix 24");
        assertThat(refused("-i", "lo"))
                .isEqualTo("--interface lo is no Ethernet: no DHCP client is on it");
    }

    @Test
    void saysThatAQdiscIngressExcludesClsact() {
        node().run("tc qdisc add dev eth0 ingress");

        String said = refusedBy("--tc", "-i", "eth0");

        node().run("tc qdisc del dev eth0 ingress");
        assertThat(said)
                .isEqualTo(
                        "tc: the device has a qdisc ingress, which excludes clsact; remove it with"
                                + " \"tc qdisc del dev DEVICE ingress\", or try --nft");
    }

    private String refusedBy(String... arguments) {
        try {
            PortsRun.in(((NamespaceNode) node()).host, addApply(List.of(arguments)));
            return "";
        } catch (LabException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void knowsWhatTheyNeedWhoAreNotRoot() {
        String nobody = "setpriv --reuid 65534 --clear-groups ";
        String needed = "not permitted: this takes root, or CAP_NET_ADMIN";
        String nft = node().run(nobody + "nft list tables 2>&1; true");
        String tc = node().run(nobody + "tc qdisc add dev eth0 clsact 2>&1; true");

        assertThat(new NftRules().inWords(nft)).as(nft).isEqualTo(needed);
        assertThat(new TcRules().inWords(tc)).as(tc).isEqualTo(needed);
    }

    private static List<String> addApply(List<String> arguments) {
        List<String> words = new ArrayList<>(arguments);
        words.add("--apply");
        return words;
    }

    private String refused(String... arguments) {
        String said = refusedBy(arguments);
        assertThat(said.lines()).hasSize(1);
        return said;
    }
}
