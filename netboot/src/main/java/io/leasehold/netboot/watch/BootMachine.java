package io.leasehold.netboot.watch;

import io.leasehold.netboot.proxy.Architecture;
import io.leasehold.netboot.proxy.BootClient;
import io.leasehold.netboot.proxy.BootStage;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import org.jspecify.annotations.Nullable;

/**
 * A machine that boots, as far as it is known.
 *
 * @param hardware its hardware address
 * @param uuid the 16 octets of its UUID; null where it told none
 * @param architecture null where it told none that is known
 * @param architectureText what it told, {@code 7 (x64 UEFI)}
 * @param stage what asked last
 * @param interfaceName where
 * @param address its own; null where none was seen yet
 */
public record BootMachine(
        HardwareAddress hardware,
        @Nullable Octets uuid,
        @Nullable Architecture architecture,
        String architectureText,
        BootStage stage,
        String interfaceName,
        @Nullable Ip4Address address) {

    static BootMachine of(BootClient client, String interfaceName, @Nullable Ip4Address address) {
        return new BootMachine(
                client.hardware(),
                client.uuid(),
                client.architecture(),
                client.architectureText(),
                client.stage(),
                interfaceName,
                address);
    }

    BootMachine at(@Nullable Ip4Address now) {
        return new BootMachine(
                hardware, uuid, architecture, architectureText, stage, interfaceName, now);
    }

    /** {@code 52:54:00:77:01:00 7 (x64 UEFI), iPXE on eth1}. */
    public String text() {
        String ipxe = stage == BootStage.IPXE ? ", iPXE" : "";
        return hardware + " " + architectureText + ipxe + " on " + interfaceName;
    }
}
