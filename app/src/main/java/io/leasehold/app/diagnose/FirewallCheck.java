package io.leasehold.app.diagnose;

import io.leasehold.app.bootfiles.BootFileSettings;
import io.leasehold.app.config.NetbootSetup;
import io.leasehold.netboot.diagnose.BootFinding;
import io.leasehold.netboot.proxy.BootPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the firewall of this host whether it lets machines in. */
final class FirewallCheck {
    private static final int CLIENT_PORT = 68;
    private static final int NFT_SECONDS_MAX = 10;

    /** The old kind of iptables has rules of its own, which nft does not show. */
    private static final Path LEGACY = Path.of("/proc/thread-self/net/ip_tables_names");

    private FirewallCheck() {}

    /**
     * @param found takes what would keep machines from booting
     * @param notes takes what could not be told
     */
    static void look(NetbootSetup setup, List<BootFinding> found, List<String> notes) {
        try {
            if (Files.isReadable(LEGACY) && !Files.readString(LEGACY).isBlank()) {
                notes.add("iptables-legacy has rules too, which were not looked at");
            }
            Firewall firewall = new Firewall(ruleset());
            for (String name : setup.interfaces()) {
                for (Firewall.Packet packet : packets(setup, name)) {
                    judge(packet, firewall.of(packet), found, notes);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | JacksonException e) {
            notes.add("the firewall was not looked at: " + e.getMessage());
        }
    }

    private static JsonNode ruleset() throws IOException, InterruptedException {
        Process nft =
                new ProcessBuilder("nft", "-j", "list", "ruleset")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            nft.getOutputStream().close();
            byte[] said = nft.getInputStream().readAllBytes();
            if (!nft.waitFor(NFT_SECONDS_MAX, TimeUnit.SECONDS) || nft.exitValue() != 0) {
                throw new IOException("nft list ruleset did not succeed; is this root?");
            }
            return JsonMapper.shared().readTree(new String(said, StandardCharsets.UTF_8));
        } finally {
            nft.destroy();
        }
    }

    private static List<Firewall.Packet> packets(NetbootSetup setup, String name) {
        List<Firewall.Packet> packets = new ArrayList<>();
        if (!setup.proxyOnly()) {
            int port = BootPort.DHCP.number();
            packets.add(new Firewall.Packet(name, "udp", port, CLIENT_PORT));
        }
        packets.add(new Firewall.Packet(name, "udp", BootPort.BOOT_SERVER.number(), 0));
        int http = setup.rules().httpPort();
        if (setup.root() != null && setup.tftp() != null) {
            packets.add(new Firewall.Packet(name, "udp", BootFileSettings.TFTP_PORT, 0));
        }
        if (setup.root() != null && http != 0) {
            packets.add(new Firewall.Packet(name, "tcp", http, 0));
        }
        return packets;
    }

    private static void judge(
            Firewall.Packet packet,
            Firewall.Answer answer,
            List<BootFinding> found,
            List<String> notes) {
        String port = packet.protocol().toUpperCase(Locale.ROOT) + " " + packet.port();
        String what = port + " coming in by " + packet.interfaceName();
        switch (answer.fate()) {
            case PASSES -> {
                // As it should be.
            }
            case DROPPED ->
                    found.add(
                            new BootFinding(
                                    "the firewall drops "
                                            + what
                                            + " (nftables, "
                                            + answer.chain()
                                            + ")",
                                    "machines ask, and are not heard",
                                    "let it in there: "
                                            + packet.protocol()
                                            + " dport "
                                            + packet.port()
                                            + " accept"));
            case UNKNOWN ->
                    notes.add(
                            "whether the firewall lets in "
                                    + what
                                    + " depends on more than is known here ("
                                    + answer.chain()
                                    + ")");
        }
    }
}
