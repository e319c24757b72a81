package io.leasehold.app.command;

import io.leasehold.app.leases.LeaseFilter;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Network;
import io.leasehold.protocol.wire.Octets;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say which leases are meant. */
final class LeaseFilterOptions {
    private static final Set<String> STATES =
            Set.of("bound", "expired", "released", "declined", "conflict");

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those: bound, expired, released, declined or conflict.")
    private @Nullable String state;

    @Option(
            names = "--hardware",
            paramLabel = "MAC",
            description = "Only this client's, such as 52:54:00:aa:00:01.")
    private @Nullable String hardware;

    @Option(
            names = "--client-id",
            paramLabel = "HEX",
            description = "Only this client's (option 61), such as 01:52:54:00:aa:00:02.")
    private @Nullable String clientId;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS[/BITS]",
            description = "Only this address, or this network: 192.168.50.0/24.")
    private @Nullable String network;

    @Option(
            names = "--host-name",
            paramLabel = "NAME",
            description = "Only clients that call themselves so; quote 'print*' for a beginning.")
    private @Nullable String hostName;

    @Option(
            names = "--active",
            description = "Only those whose address no other client can get now.")
    private boolean active;

    LeaseFilter filter(CommandLine line) {
        if (state != null && !STATES.contains(state)) {
            throw new ParameterException(
                    line,
                    "--state: found \""
                            + state
                            + "\", expected bound, expired, released, declined or conflict");
        }
        return new LeaseFilter(
                state,
                parse(line, "--hardware", hardware, HardwareAddress::parse),
                parse(line, "--client-id", clientId, Octets::parseHex),
                parse(line, "--address", network, LeaseFilterOptions::network),
                hostName,
                active);
    }

    private static Ip4Network network(String text) {
        return Ip4Network.parse(text.indexOf('/') < 0 ? text + "/32" : text);
    }

    private static <T> @Nullable T parse(
            CommandLine line, String name, @Nullable String text, Function<String, T> parser) {
        if (text == null) {
            return null;
        }
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line, name + ": " + e.getMessage(), e);
        }
    }
}
