package io.leasehold.app.snoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.protocol.corpus.Corpus;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {
    private static int shown(String name, String filter) {
        Path file = Corpus.directory().resolve("captures").resolve(name);
        SnoopRun run = SnoopRun.of("-r", file, "-f", filter);
        assertThat(run.exit()).as(run.err()).isZero();
        return run.lines().size();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8 | dora.pcap | client 52:54:00:aa:00:01",
                "0 | dora.pcap | client 52:54:00:aa:00:02",
                "6 | dora.pcap | client 192.0.2.100",
                "6 | dora.pcap | address 192.0.2.0/24",
                "4 | dora.pcap | xid 379c4958",
                "4 | dora.pcap | xid 0x142E4068",
                "4 | dora.pcap | type discover,offer",
                "2 | dora.pcap | type DISCOVER",
                "6 | dora.pcap | server 192.0.2.1",
                "2 | dora.pcap | server 192.0.2.1 and type ack",
                "4 | dora.pcap | request",
                "6 | dora.pcap | reply or type discover",
                "2 | dora.pcap | not (reply or type discover)",
                "7 | dora.pcap | host p*",
                "3 | dora.pcap | host \"pager\"",
                "2 | dora.pcap | vendor *LAB and type request",
                "4 | dora.pcap | option 121 and reply",
                "4 | dora.pcap | option requested-address or option fqdn and type discover,ack",
                "4 | vlan.pcap | vlan 7",
                "4 | vlan.pcap | vlan 200",
                "4 | relayed.pcap | relay 198.51.100.0/24",
                "0 | relayed.pcap | not relayed",
                "1 | nak.pcap | wrong",
                "8 | dora.pcap | not interface eth*",
            })
    void showsWhatTheFilterSays(int count, String name, String filter) {
        assertThat(shown(name, filter)).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | at character 1: expected one of client",
                "type | at character 5: expected a value for \"type\"",
                "clinet 1 | at character 1: found \"clinet\", expected one of client",
                "request reply | at character 9: found \"reply\", expected and, or, or the end",
                "(request | at character 9: expected \")\"",
                "request) | at character 8: found \")\"",
                "type ack,nack | at character 10: \"nack\" is no message type",
                "vlan 5000 | at character 6: \"5000\" is not a number from 0 to 4095",
                "xid zz | at character 5: \"zz\" is not a transaction id",
                "server 1.2.3 | at character 8: \"1.2.3\" is not an IPv4 address",
                "option nonsense | at character 8: \"nonsense\" is neither",
            })
    void saysWhereAFilterIsWrong(String filter, String expected) {
        assertThatThrownBy(() -> FilterParser.parse(filter)).hasMessageContaining(expected);
    }

    @Test
    void nestingHasABound() {
        assertThatThrownBy(() -> FilterParser.parse("(".repeat(10_000)))
                .hasMessageContaining("more than 50 within one another");
    }
}
