package io.leasehold.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong command line of the relay: one line that names the flag, and nothing is done. */
final class RelayFlagsTest {
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "--max-hops 17 | --max-hops: found 17, expected 0 to 16",
                "--max-hops -1 | --max-hops: found -1, expected 0 to 16",
                "--giaddr 300.1.1.1 | --giaddr: \"300.1.1.1\" is not an IPv4 address such as"
                        + " 192.168.1.10",
                "--giaddr 224.0.0.1 | --giaddr: found 224.0.0.1, expected an address that a host"
                        + " can have",
                "--relay-source-port 0 | --relay-source-port: found 0, expected 1 to 65535",
                "--relay-source-port 70000 | --relay-source-port: found 70000, expected 1 to 65535",
                "--circuit-id= | --circuit-id: found \"\", expected a text such as %i",
                "--remote-id= | --remote-id: found \"\", expected a text such as gw1-%a",
                "-i eth1 -e eth1 | --except: eth1 is named as an interface of clients too",
                "-i eth1 -b eth1 | --broadcast: eth1 is named as an interface of clients too",
            })
    void saysInOneLineWhichFlagIsWrong(String flags, String line) {
        List<String> words = new ArrayList<>(List.of("relay", "-n", "-s", "10.0.0.5"));
        words.addAll(List.of(flags.strip().split(" ")));

        assertThat(run(words)).isEqualTo(2);
        assertThat(err.toString().lines()).containsExactly("leasehold: " + line);
    }

    @ParameterizedTest
    @CsvSource({"a..b", "10.0.0.5:0"})
    void saysInOneLineWhatIsNoServer(String server) {
        assertThat(run(List.of("relay", "-n", "-s", server))).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("leasehold: --server: found \"" + server + "\", expected ");
    }

    /** As dhcp-helper takes it; what is wrong here comes later. */
    @ParameterizedTest
    @CsvSource({"-n -n -d -d -p -p", "-nndd"})
    void takesALetterThatIsThereTwice(String flags) {
        List<String> words = new ArrayList<>(List.of("relay", "-s", "a..b"));
        words.addAll(List.of(flags.split(" ")));

        assertThat(run(words)).isEqualTo(2);
        assertThat(err.toString()).startsWith("leasehold: --server: found \"a..b\"");
    }

    /** Of a user that there is not, so that a line which is right by mistake begins nothing. */
    private int run(List<String> words) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("-u", "no-such-user"));
        return Main.run(
                new PrintWriter(new StringWriter(), true),
                new PrintWriter(err, true),
                all.toArray(new String[0]));
    }
}
