package io.leasehold.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.netboot.tftp.TftpLimits;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.server.config.ClientClass;
import io.leasehold.server.config.OptionSet;
import io.leasehold.server.config.Pool;
import io.leasehold.server.config.Reservation;
import io.leasehold.server.config.ServerConfig;
import io.leasehold.server.config.Settings;
import io.leasehold.server.config.SharedNetwork;
import io.leasehold.server.config.Subnet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {
    @Test
    void readsTheExampleAsItIsWritten() throws IOException {
        AppConfig config = read(ConfigErrorsTest.resource("issue.yaml"));

        assertThat(config.interfaces()).containsExactly("eth1");
        assertThat(config.listen()).isEmpty();
        assertThat(config.data()).isEqualTo(Path.of("/var/lib/leasehold"));
        assertThat(config.log()).isEqualTo(LogConfig.DEFAULT);
        ServerConfig server = config.server();
        assertThat(server.networks())
                .extracting(SharedNetwork::name)
                .containsExactly("192.168.50.0/24", "10.20.0.0/16", "floor-2");
        Subnet first = server.networks().getFirst().subnets().getFirst();
        assertThat(first.pools())
                .containsExactly(
                        new Pool(
                                Ip4Address.parse("192.168.50.100"),
                                Ip4Address.parse("192.168.50.199")));
        Settings settings = first.settings();
        assertThat(settings.leaseSeconds()).isEqualTo(3600);
        assertThat(settings.minLeaseSeconds()).isEqualTo(60);
        assertThat(settings.maxLeaseSeconds()).isEqualTo(7200);
        assertThat(settings.pingCheckMillis()).isZero();
        assertThat(server.networks().getLast().subnets())
                .extracting(subnet -> subnet.network().toString())
                .containsExactly("192.168.60.0/24", "192.168.61.0/24");
    }

    @Test
    void encodesOptionsByTheirType() throws IOException {
        ServerConfig server = read(ConfigErrorsTest.resource("issue.yaml")).server();

        assertThat(hex(server.options(), 42)).isEqualTo("c0:a8:32:03");
        // 121 (RFC 3442): prefix length, its significant octets, router.
        assertThat(hex(server.options(), 121)).isEqualTo("08:0a:c0:a8:32:01:00:c0:a8:32:01");
        OptionSet first = server.networks().getFirst().subnets().getFirst().options();
        assertThat(hex(first, 3)).isEqualTo("c0:a8:32:01");
        assertThat(hex(first, 6)).isEqualTo("c0:a8:32:01:09:09:09:09");
        assertThat(first.values().get(15)).isEqualTo(octets("lab.example"));
        ClientClass phones = server.classes().getFirst();
        assertThat(phones.matches())
                .containsExactly(new ClientClass.Match(ClientClass.What.VENDOR_CLASS, "Cisco*"));
        assertThat(hex(phones.options(), 150)).isEqualTo("c0:a8:32:02");
    }

    @Test
    void readsReservationsByEachKey() {
        String yaml =
                """
                interfaces: [eth1]
                server:
                  subnets:
                    - subnet: 10.0.0.0/24
                      reservations:
                        - {hardware: 52:54:00:aa:00:01, address: 10.0.0.2, hostname: printer}
                        - {client-id: 01:52:54:00:aa:00:02, address: 10.0.0.3}
                        - {client-id: "0x0152", address: 10.0.0.4}
                        - {circuit-id: eth0/7, address: 10.0.0.5, options: {host-name: seven}}
                        - {circuit-id: 0x0102, address: 10.0.0.6}
                        - {remote-id: "switch 3", address: 10.0.0.7}
                """;
        List<Reservation> found =
                read(yaml).server().networks().getFirst().subnets().getFirst().reservations();
        assertThat(found)
                .extracting(Reservation::key)
                .containsExactly(
                        new Reservation.Key.Hardware(HardwareAddress.parse("52:54:00:aa:00:01")),
                        new Reservation.Key.ClientId(Octets.parseHex("01525400aa0002")),
                        new Reservation.Key.ClientId(Octets.parseHex("0152")),
                        new Reservation.Key.CircuitId(octets("eth0/7")),
                        new Reservation.Key.CircuitId(Octets.parseHex("0102")),
                        new Reservation.Key.RemoteId(octets("switch 3")));
        assertThat(found.getFirst().hostName()).isEqualTo("printer");
        assertThat(found.get(3).options().values()).containsEntry(12, octets("seven"));
    }

    private static final String NESTED =
            """
            interfaces: [eth1]
            server:
              lease-time: 1h
              offer-hold: 10s
              decline-hold: 2h
              authoritative: false
              match-client-id: false
              next-server: 10.0.0.1
              boot-file: pxelinux.0
              shared-networks:
                - name: floor
                  lease-time: 2h
                  bootp: true
                  authoritative: true
                  options: {routers: 10.0.0.1, domain-name: floor}
                  subnets:
                    - subnet: 10.0.0.0/24
                      lease-time: 3h
                      t1: 30m
                      t2: 150m
                      ping-check: 250ms
                      rapid-commit: true
                      known-share: 25%
                      options: {domain-name: room}
                    - subnet: 10.0.1.0/24
            """;

    @Test
    void settingsGoInwardFromServerToSharedNetworkToSubnet() {
        Settings inner = nested(0).settings();
        assertThat(inner.leaseSeconds()).isEqualTo(10_800);
        assertThat(inner.t1Seconds()).isEqualTo(1800);
        assertThat(inner.t2Seconds()).isEqualTo(9000);
        assertThat(inner.pingCheckMillis()).isEqualTo(250);
        assertThat(inner.rapidCommit()).isTrue();
        assertThat(inner.knownSharePercent()).isEqualTo(25);
        Settings outer = nested(1).settings();
        assertThat(outer.leaseSeconds()).isEqualTo(7200);
        assertThat(outer.t1Seconds()).isZero();
        assertThat(outer.t2Seconds()).isZero();
        assertThat(outer.pingCheckMillis()).isEqualTo(-1);
        assertThat(outer.rapidCommit()).isFalse();
        assertThat(outer.knownSharePercent()).isZero();
        for (Settings settings : List.of(inner, outer)) {
            assertThat(settings.offerHoldSeconds()).isEqualTo(10);
            assertThat(settings.declineHoldSeconds()).isEqualTo(7200);
            assertThat(settings.authoritative()).isTrue();
            assertThat(settings.matchClientId()).isFalse();
            assertThat(settings.bootp()).isTrue();
            assertThat(settings.nextServer()).isEqualTo(Ip4Address.parse("10.0.0.1"));
            assertThat(settings.bootFile()).isEqualTo("pxelinux.0");
        }
    }

    @Test
    void optionsOfASharedNetworkAreItsSubnetsUnlessTheyHaveTheirOwn() {
        assertThat(nested(0).options().values()).containsEntry(15, octets("room")).containsKey(3);
        assertThat(nested(1).options().values()).containsEntry(15, octets("floor")).containsKey(3);
    }

    private static Subnet nested(int index) {
        return read(NESTED).server().networks().getFirst().subnets().get(index);
    }

    @Test
    void boundsThatAreNotGivenMakeWayForTheLeaseTimeThatIs() {
        assertThat(settings("lease-time: 2d").maxLeaseSeconds()).isEqualTo(172_800);
        assertThat(settings("lease-time: 30s").minLeaseSeconds()).isEqualTo(30);
        assertThat(settings("max-lease-time: 10m").leaseSeconds()).isEqualTo(600);
        assertThat(settings("min-lease-time: 2d").leaseSeconds()).isEqualTo(172_800);
        assertThat(settings("lease-time: forever").leaseSeconds()).isEqualTo(Settings.INFINITE);
        assertThat(settings("ping-check: auto").pingCheckMillis()).isEqualTo(-1);
    }

    @Test
    void takesOptionsByCodeAsBytes() {
        String yaml =
                """
                interfaces: [eth1]
                server:
                  option-definitions:
                    - {name: site-code, code: 224, type: string}
                  options: {site-code: x, 225: "01:02", option-226: "0x03", 43: "0x0104"}
                  subnets: [{subnet: 10.0.0.0/8}]
                """;
        OptionSet options = read(yaml).server().options();
        assertThat(hex(options, 224)).isEqualTo("78");
        assertThat(hex(options, 225)).isEqualTo("01:02");
        assertThat(hex(options, 226)).isEqualTo("03");
        assertThat(hex(options, 43)).isEqualTo("01:04");
    }

    @Test
    void aServerMayHaveRelayedNetworksOnly() {
        String yaml = "listen: [10.255.0.53, \"*\"]\nserver: {subnets: [{subnet: 10.0.0.0/8}]}\n";
        AppConfig config = read(yaml);
        assertThat(config.interfaces()).isEmpty();
        assertThat(config.listen()).containsExactly("10.255.0.53", "*");
        assertThat(config.data()).isEqualTo(AppConfig.DATA_DEFAULT);
    }

    @Test
    void readsHowToLog() {
        String yaml =
                """
                interfaces: eth1
                log: {format: json, level: debug}
                server: {subnets: [{subnet: 10.0.0.0/8}]}
                """;
        assertThat(read(yaml).log())
                .isEqualTo(new LogConfig(LogConfig.Format.JSON, LogConfig.Level.DEBUG));
    }

    @Test
    void readsTheLargestBlockOfTftp() {
        String yaml = "netboot:\n  root: /srv/boot\n  boot: [{file: a}]\n";
        assertThat(tftp(yaml)).isEqualTo(TftpLimits.DEFAULT);
        assertThat(tftp(yaml + "  tftp-block-size: 8192\n"))
                .isEqualTo(TftpLimits.DEFAULT.withBlockBytesMax(8192));
        assertThat(tftp(yaml + "  tftp: false\n")).isNull();
    }

    private static @Nullable TftpLimits tftp(String netboot) {
        return Objects.requireNonNull(read("interfaces: [eth1]\n" + netboot).netboot()).tftp();
    }

    private static Settings settings(String line) {
        String yaml =
                "interfaces: [eth1]\nserver:\n  " + line + "\n  subnets: [{subnet: 10.0.0.0/8}]\n";
        return read(yaml).server().networks().getFirst().subnets().getFirst().settings();
    }

    private static AppConfig read(String yaml) {
        ConfigResult result = ConfigReader.read("leasehold.yaml", yaml);
        assertThat(result).isInstanceOf(ConfigResult.Loaded.class);
        return ((ConfigResult.Loaded) result).config();
    }

    private static String hex(OptionSet options, int code) {
        assertThat(options.values()).containsKey(code);
        return String.valueOf(options.values().get(code));
    }

    private static Octets octets(String text) {
        return Octets.of(text.getBytes(StandardCharsets.US_ASCII));
    }
}
