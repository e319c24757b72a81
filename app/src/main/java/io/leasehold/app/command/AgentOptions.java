package io.leasehold.app.command;

import io.leasehold.app.config.RelayValues;
import io.leasehold.relay.AgentInformation;
import io.leasehold.relay.AgentPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the relay tells the servers of its clients. */
final class AgentOptions {
    @Option(
            names = "--agent-information",
            paramLabel = "POLICY",
            description =
                    "What is done with option 82: ${COMPLETION-CANDIDATES}. none puts it only"
                            + " into requests of own clients, and only when told what it is to"
                            + " say. Default: none.")
    private AgentPolicy policy = AgentPolicy.NONE;

    @Option(
            names = "--circuit-id",
            paramLabel = "FORMAT",
            description =
                    "The circuit id: text with %%i for the interface, %%a for its address, %%m"
                            + " for the client's hardware address; or 0x and bytes.")
    private @Nullable String circuitId;

    @Option(
            names = "--remote-id",
            paramLabel = "FORMAT",
            description = "The remote id, spelled likewise.")
    private @Nullable String remoteId;

    @Option(
            names = "--link-selection",
            description = "Tell the address of the client's interface (RFC 3527).")
    private boolean linkSelection;

    @Option(
            names = "--server-id-override",
            description = "Have clients renew through the relay (RFC 5107, RFC 5010).")
    private boolean serverIdOverride;

    @Option(
            names = "--vss",
            paramLabel = "VPN",
            description =
                    "The virtual subnet (RFC 6607): a VPN's name, 0x and a VPN-ID of seven"
                            + " bytes, or global.")
    private @Nullable String vss;

    @Option(
            names = "--relay-id",
            paramLabel = "DUID",
            description = "The id of this relay (RFC 6925): 0x and bytes.")
    private @Nullable String relayId;

    @Option(
            names = "--relay-source-port",
            paramLabel = "PORT",
            description = "Send to servers from this port, and be answered there (RFC 8357).")
    private @Nullable Integer sourcePort;

    @Option(
            names = "--trusted",
            paramLabel = "IFACE",
            description =
                    "An interface whose clients may send an option 82. Repeat it for several.")
    private List<String> trusted = new ArrayList<>();

    /** All of it. */
    AgentInformation information(FlagValues values) {
        String network = vss;
        String id = relayId;
        Integer port = sourcePort;
        if (port != null) {
            values.require("--relay-source-port", port, 1, 65_535);
        }
        String circuit = format(values, "--circuit-id", circuitId, "%i");
        String remote = format(values, "--remote-id", remoteId, "gw1-%a");
        AgentInformation information =
                AgentInformation.NONE
                        .withPolicy(policy)
                        .withLinkSelection(linkSelection)
                        .withServerIdOverride(serverIdOverride)
                        .withSourcePort(port == null ? 0 : port)
                        .withTrustedInterfaces(trusted);
        AgentInformation named =
                values.read("--circuit-id", () -> information.withCircuitId(circuit));
        AgentInformation both = values.read("--remote-id", () -> named.withRemoteId(remote));
        AgentInformation identified =
                id == null
                        ? both
                        : values.read(
                                "--relay-id", () -> both.withRelayId(RelayValues.relayId(id)));
        return network == null
                ? identified
                : values.read(
                        "--vss",
                        () -> identified.withVirtualSubnet(RelayValues.virtualSubnet(network)));
    }

    /** What is not given is "", which cannot be given. */
    private static String format(
            FlagValues values, String flag, @Nullable String text, String example) {
        if (text != null && text.isEmpty()) {
            throw values.usage(flag + ": found \"\", expected a text such as " + example);
        }
        return text == null ? "" : text;
    }
}
