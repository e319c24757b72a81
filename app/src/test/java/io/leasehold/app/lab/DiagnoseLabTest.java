package io.leasehold.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.command.SelfCommand;
import io.leasehold.app.docs.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code --diagnose} finds on a network where others do what they should not. */
@Tag("lab")
final class DiagnoseLabTest {
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);

    private static final String POOL = "--dhcp-range=";

    private final BootLan lan = new BootLan();

    @AfterEach
    void removeLab() {
        lan.close();
    }

    private void dnsmasq(Host host, String... more) {
        List<String> command = new ArrayList<>(lan.dnsmasq(host.name()));
        command.add("--no-ping");
        command.addAll(List.of(more));
        host.start("dnsmasq", command)
                .awaitLine(line -> line.contains("DHCP, "), "that it serves", WAIT_MAX);
    }

    private Host host(Segment segment, String name, String address) {
        Host host = lan.lab().host(name);
        host.plug(segment, "eth0", "52:54:00:77:00:" + address.substring(address.length() - 2));
        host.address("eth0", address + "/24");
        return host;
    }

    private static LabProcess diagnose(Host host, Path root) {
        String[] words = {"netboot", "--diagnose", "-i", "eth0", "--root", root.toString()};
        return host.start("diagnose", SelfCommand.with(words));
    }

    private Path root(String name) throws IOException {
        Path root = Files.createDirectory(lan.lab().directory().resolve(name));
        Files.copy(lan.root().resolve("snponly.efi"), root.resolve("snponly.efi"));
        return root;
    }

    /** The page shows what the program says; only the name of the lab's directory is another. */
    @Test
    void findsWhatIsWrongAsThePageShowsItAndNothingWhereAllIsWell() throws IOException {
        dnsmasq(lan.primary(), POOL + "10.77.0.100,10.77.0.200", "--dhcp-option=60,PXEClient");
        dnsmasq(
                host(lan.segment(), "other", "10.77.0.13"),
                POOL + "10.77.0.0,proxy",
                "--pxe-service=x86-64_EFI,boot,other.efi");
        lan.proxy().run("nft", "add", "table", "inet", "filter");
        lan.proxy()
                .run("nft", "add chain inet filter input { type filter hook input priority 0; }");
        lan.proxy().run("nft", "add rule inet filter input udp dport 69 drop");
        Path root = root("boot");
        LabProcess ill = diagnose(lan.proxy(), root);

        Segment wellSegment = lan.lab().segment("well");
        dnsmasq(host(wellSegment, "well-primary", "10.78.0.21"), POOL + "10.78.0.100,10.78.0.200");
        Host wellHost = host(wellSegment, "well", "10.78.0.22");
        Path wellRoot = root("well");
        Files.writeString(wellRoot.resolve("boot.ipxe"), "#!ipxe");
        lan.start(wellHost, "netboot", "-i", "eth0", "--root", wellRoot.toString());
        LabProcess well = diagnose(wellHost, wellRoot);

        assertThat(end(ill, 2)).isEqualTo(1);
        String said = String.join("\n", heardSorted(ill.lines())) + "\n";
        assertThat(said.replace(root.toString(), "/srv/boot")).isEqualTo(shown());
        assertThat(end(well, 1)).as(String.join("\n", well.lines())).isZero();
        assertThat(well.lines())
                .contains(
                        "heard: 10.78.0.21 gives addresses",
                        "note:  leasehold runs on this host already, and has its ports",
                        "nothing was found that would keep machines from booting");
    }

    /** Once it has heard so many it need not listen any longer. */
    private static int end(LabProcess diagnosis, int heard) {
        diagnosis.awaitLine(
                line ->
                        diagnosis.lines().stream().filter(DiagnoseLabTest::isHeard).count()
                                == heard,
                heard + " servers",
                WAIT_MAX);
        diagnosis.signal("INT");
        return diagnosis.awaitExit(WAIT_MAX);
    }

    private static boolean isHeard(String line) {
        return line.startsWith("heard: ");
    }

    /** Who answers first is another each time. */
    private static List<String> heardSorted(List<String> lines) {
        List<String> heard = lines.stream().filter(DiagnoseLabTest::isHeard).sorted().toList();
        List<String> all = new ArrayList<>(lines);
        all.removeAll(heard);
        all.addAll(1, heard);
        return all;
    }

    private static String shown() {
        return Page.read("docs/netboot.md").blocks().stream()
                .filter(block -> block.info().equals("text diagnose"))
                .findFirst()
                .orElseThrow()
                .text();
    }
}
