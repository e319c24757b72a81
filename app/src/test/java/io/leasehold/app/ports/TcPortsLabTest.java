package io.leasehold.app.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.Lab;
import io.leasehold.app.lab.LabException;
import io.leasehold.app.lab.Segment;
import io.leasehold.link.InterfaceAddress;
import io.leasehold.protocol.wire.Ip4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rules of tc, as the command prints them, on the kernel of a distribution; and what of
 * nftables takes a kernel with VLANs.
 */
@Tag("lab")
final class TcPortsLabTest extends PortsContract {
    private static final class GuestNode implements PortsNode {
        private final Guest guest;

        /** A host that looks like the guest: there the command is run, and prints. */
        private final Host twin;

        GuestNode(Guest guest, Host twin) {
            this.guest = guest;
            this.twin = twin;
        }

        @Override
        public void apply(String... arguments) {
            List<String> words = new ArrayList<>(List.of(arguments));
            words.add("--tc");
            guest.run(PortsRun.in(twin, words));
        }

        @Override
        public void undo() {
            guest.run(PortsRun.in(twin, List.of("--tc", "--undo", "--interface", "eth0")));
        }

        @Override
        public Map<String, PortCount> counts() {
            return counts(new TcRules(), "eth0");
        }

        Map<String, PortCount> counts(RuleSet rules, String... devices) {
            try {
                return rules.counts(
                        List.of(devices), command -> guest.run(String.join(" ", command)));
            } catch (PortsException e) {
                throw new LabException(String.valueOf(e.getMessage()), e);
            }
        }

        @Override
        public String rules() {
            return guest.run(
                    "tc filter show dev eth0 ingress; tc filter show dev eth0 egress;"
                            + " nft -s list ruleset");
        }

        @Override
        public String run(String script) {
            return guest.run(script);
        }
    }

    @Override
    PortsNode start(Lab lab, Segment lan) {
        assumeTrue(Guest.missing().isEmpty(), Guest.missing());
        Host twin = lab.host("twin");
        twin.plug(lab.segment("aside"), "eth0", "52:54:00:77:00:02");
        twin.address("eth0", "10.77.0.1/24");
        return new GuestNode(Guest.boot(lab, lan), twin);
    }

    @Override
    String addOtherRules() {
        node().run(
                        "tc filter add dev eth0 ingress pref 100 protocol ip flower ip_proto udp"
                                + " dst_port 9 action csum udp");
        return "dst_port 9\n";
    }

    @Override
    void removeOtherRules() {
        node().run("tc filter del dev eth0 ingress pref 100");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rewritesOnAVlanWhatItsOwnDeviceNames(boolean tc) throws Exception {
        node().undo();
        node().run(
                        "ip link add link eth0 name eth0.10 type vlan id 10;"
                                + " ip address add 10.78.0.1/24 brd + dev eth0.10;"
                                + " ip link set eth0.10 up");
        RuleSet rules = tc ? new TcRules() : new NftRules();
        PortPlan plan =
                new PortPlan(
                        List.of(device("eth0", "10.77.0.1"), device("eth0.10", "10.78.0.1")),
                        List.of(),
                        List.of());
        run(tc, rules.set(plan.rules()));

        tap().send(RawDatagram.request(discover()).inVlan(10));
        byte[] last = discover();
        tap().send(RawDatagram.request(last));
        offerTo(last);

        Map<String, PortCount> counts = ((GuestNode) node()).counts(rules, "eth0", "eth0.10");
        assertThat(counts.get("eth0 requests 67->1067")).isEqualTo(new PortCount(1, 328));
        assertThat(counts.get("eth0.10 requests 67->1067")).isEqualTo(new PortCount(1, 328));
        run(tc, rules.remove(plan.devices()));
        node().run("ip link delete eth0.10");
    }

    private void run(boolean tc, String file) {
        node().run(tc ? file : "nft -f - <<'END_OF_RULES'\n" + file + "END_OF_RULES");
    }

    private static PortPlan.Device device(String name, String address) {
        return new PortPlan.Device(
                name, List.of(new InterfaceAddress(Ip4Address.parse(address), 24)));
    }
}
