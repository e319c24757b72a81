package io.leasehold.app.command;

import io.leasehold.app.config.RelayValues;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.relay.RateLimit;
import io.leasehold.relay.RelayConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What goes on, and as what. */
final class LimitOptions {
    @Option(
            names = "--giaddr",
            paramLabel = "ADDR",
            description = "What giaddr becomes. Default: the address of the interface.")
    private @Nullable String giaddr;

    @Option(
            names = "--max-hops",
            paramLabel = "N",
            description =
                    "Drop requests that passed more relays, 0 to 16. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int maxHops = RelayConfig.HOPS_MAX_DEFAULT;

    @Option(
            names = "--smart",
            description =
                    "After three DISCOVERs without an answer, giaddr becomes the interface's"
                            + " next address.")
    private boolean smart;

    @Option(
            names = "--rate-limit",
            paramLabel = "WHOSE=N[/BURST]",
            description =
                    "Relay at most N requests a second of one client (client=5) or from one"
                            + " interface (interface=500), and BURST at once. Default: no"
                            + " limit.")
    private Map<String, String> rateLimits = new LinkedHashMap<>();

    /** The rules, with these put into them. */
    RelayConfig applied(FlagValues values, RelayConfig rules) {
        values.require("--max-hops", maxHops, 0, RelayConfig.HOPS_MAX_MOST);
        String text = giaddr;
        RelayConfig named =
                text == null
                        ? rules
                        : values.read("--giaddr", () -> rules.withGiaddr(Ip4Address.parse(text)));
        return named.withHopsMax(maxHops)
                .withSmart(smart)
                .withClientLimit(limit(values, "client"))
                .withInterfaceLimit(limit(values, "interface"));
    }

    private RateLimit limit(FlagValues values, String whose) {
        for (String key : rateLimits.keySet()) {
            if (!key.equals("client") && !key.equals("interface")) {
                throw values.usage(
                        "--rate-limit: found \"" + key + "\", expected client=5 or interface=500");
            }
        }
        String text = rateLimits.get(whose);
        return text == null
                ? RateLimit.OFF
                : values.read("--rate-limit", () -> RelayValues.rateLimit(text));
    }
}
