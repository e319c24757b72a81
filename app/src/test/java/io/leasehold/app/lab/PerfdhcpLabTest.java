package io.leasehold.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** ISC's load generator, which stands for a relay with many clients behind it. */
@Tag("lab")
final class PerfdhcpLabTest {
    private static final int CLIENTS = 150;
    private static final String POOL = "10.77.0.20-10.77.0.250";

    private final ServedLan lan = new ServedLan();

    @AfterEach
    void removeLab() {
        lan.close();
    }

    private Shell.Result perfdhcp(String... more) {
        Host host = lan.lab().host("perfdhcp");
        host.plug(lan.segment(), ServedLan.IFACE, "52:54:00:ee:00:01");
        host.address(ServedLan.IFACE, "10.77.0.3/24");
        // Without the options of other clients: -R is how many there are, -r how many begin a
        // second, -d after how many seconds an answer counts as lost: a busy machine takes more
        // than the usual 1.
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "ip",
                                "netns",
                                "exec",
                                host.namespace(),
                                "perfdhcp",
                                "-4",
                                "-l",
                                ServedLan.IFACE,
                                "-R",
                                Integer.toString(CLIENTS),
                                "-r",
                                "100",
                                "-d",
                                "10",
                                "-W",
                                "5000000"));
        command.addAll(List.of(more));
        command.add(ServedLan.SERVER_ADDRESS);
        return Shell.run(command, Duration.ofMinutes(1));
    }

    private static int count(String output, String exchange, String what) {
        Matcher matcher =
                Pattern.compile(
                                "Statistics for: " + exchange + "\\*\\*\\*.*?" + what + ": (\\d+)",
                                Pattern.DOTALL)
                        .matcher(output);
        assertThat(matcher.find()).as(what + " of " + exchange + " in " + output).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    @Test
    void givesEachOfManyClientsItsOwnAddress() {
        lan.serve(ServedLan.BRISK + ServedLan.subnet(POOL));

        Shell.Result result = perfdhcp("-n", Integer.toString(CLIENTS));

        String output = result.output();
        assertThat(result.exit()).as(output).isZero();
        for (String exchange : List.of("DISCOVER-OFFER", "REQUEST-ACK")) {
            assertThat(count(output, exchange, "sent packets")).isGreaterThanOrEqualTo(CLIENTS);
            assertThat(count(output, exchange, "received packets"))
                    .isEqualTo(count(output, exchange, "sent packets"));
            assertThat(count(output, exchange, "non unique addresses")).isZero();
        }
        Set<String> onTheWire =
                lan.capture().end().stream()
                        .filter(message -> message.is("ACK"))
                        .map(CapturedMessage::yiaddr)
                        .collect(Collectors.toSet());
        assertThat(onTheWire).hasSize(CLIENTS);
    }

    @Test
    void takesRenewalsAndReleasesBetweenNewClients() {
        lan.serve(ServedLan.BRISK + ServedLan.subnet(POOL));

        // Its exit code counts each RELEASE as unanswered, though a RELEASE has no answer.
        String output = perfdhcp("-p", "4", "-f", "50", "-F", "20").output();

        String renewal = "REQUEST-ACK \\(renewal\\)";
        assertThat(count(output, renewal, "received packets"))
                .as(output)
                .isPositive()
                .isEqualTo(count(output, renewal, "sent packets"));
        assertThat(count(output, "RELEASE", "sent packets")).isPositive();
        assertThat(lan.leases()).contains("released");
    }
}
