package io.leasehold.app.leases;

import io.leasehold.lease.Lease;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Network;
import io.leasehold.protocol.wire.Octets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which leases are meant. What is null does not matter.
 *
 * @param state a state, or {@code expired}
 * @param hardware the client's hardware address, whatever its type
 * @param clientId the client id
 * @param network where the address lies
 * @param hostName what the client calls itself, {@code *} for any run of characters, whatever case
 * @param active true for those only that keep their address from others
 */
public record LeaseFilter(
        @Nullable String state,
        @Nullable HardwareAddress hardware,
        @Nullable Octets clientId,
        @Nullable Ip4Network network,
        @Nullable String hostName,
        boolean active) {

    public boolean matches(Lease lease, long nowSeconds) {
        return (state == null || state.equals(LeaseText.state(lease, nowSeconds)))
                && (hardware == null
                        || LeaseText.hasClient(lease)
                                && Arrays.equals(hardware.toBytes(), lease.hardware().toBytes()))
                && (clientId == null || clientId.toString().equals(LeaseText.clientId(lease)))
                && (network == null || network.contains(lease.address()))
                && (hostName == null || matches(hostName, lease.hostName()))
                && (!active || lease.holds(nowSeconds));
    }

    private static boolean matches(String pattern, String name) {
        StringBuilder regex = new StringBuilder();
        for (String part : pattern.toLowerCase(Locale.ROOT).split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.matches(regex.toString(), name.toLowerCase(Locale.ROOT));
    }
}
