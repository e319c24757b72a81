package io.leasehold.netboot.proxy;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import io.leasehold.protocol.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which machines a rule is for. What is null is not asked; all that is asked has to be so.
 *
 * @param stage what asks
 * @param hardware its hardware address
 * @param architecture what it is; X64 is EBC too, since RFC 4578 had the two the wrong way round
 * @param uuid the 16 octets of its UUID as text has them, or with those of the first three groups
 *     turned round: firmware sends both
 * @param vendorClass how option 60 reads; with a * at its end, how it begins
 * @param userClass one of the classes of option 77
 * @param subnet where it is: by giaddr, else by its own address, else by that of the interface
 * @param circuitId what its relay calls its port (option 82.1)
 */
public record BootMatch(
        @Nullable BootStage stage,
        @Nullable HardwarePattern hardware,
        @Nullable Architecture architecture,
        @Nullable Octets uuid,
        @Nullable String vendorClass,
        @Nullable String userClass,
        @Nullable Ip4Network subnet,
        @Nullable Octets circuitId) {
    private static final int[] TURNED = {3, 2, 1, 0, 5, 4, 7, 6};
    private static final int UUID_OCTETS = 16;

    /** Every machine, at both stages. */
    public static final BootMatch ALL =
            new BootMatch(null, null, null, null, null, null, null, null);

    public BootMatch {
        if (uuid != null && uuid.length() != UUID_OCTETS) {
            throw new IllegalArgumentException(
                    "a UUID of " + uuid.length() + " octets, expected " + UUID_OCTETS);
        }
    }

    /**
     * @param place an address of the machine's network
     */
    boolean matches(BootClient client, Ip4Address place) {
        Octets id = client.uuid();
        Octets circuit = client.circuitId();
        return (stage == null || stage == client.stage())
                && (hardware == null || hardware.matches(client.hardware()))
                && (architecture == null || isOf(client.architecture()))
                && (uuid == null || id != null && (uuid.equals(id) || uuid.equals(turned(id))))
                && (vendorClass == null || isVendorClass(client.vendorClass()))
                && (userClass == null || client.userClasses().contains(userClass))
                && (subnet == null || subnet.contains(place))
                && (circuitId == null || circuit != null && circuitId.equals(circuit));
    }

    private boolean isOf(@Nullable Architecture found) {
        return found != null
                && architecture != null
                && architecture.sameFiles() == found.sameFiles();
    }

    private boolean isVendorClass(String found) {
        String wanted = vendorClass == null ? "" : vendorClass;
        return wanted.endsWith("*")
                ? found.startsWith(wanted.substring(0, wanted.length() - 1))
                : found.equals(wanted);
    }

    /** The other of the two orders in which a UUID's first three groups are sent. */
    static Octets turned(Octets uuid) {
        byte[] from = uuid.toBytes();
        byte[] to = uuid.toBytes();
        for (int i = 0; i < TURNED.length; i++) {
            to[i] = from[TURNED[i]];
        }
        return Octets.of(to);
    }

    /**
     * What is asked beside the stage, as a configuration says it, {@code arch x64}; empty when
     * nothing is.
     */
    public String text() {
        List<String> asked = new ArrayList<>();
        add(asked, "hardware", hardware);
        add(asked, "arch", architecture == null ? null : architecture.key());
        add(asked, "uuid", uuid);
        add(asked, "vendor-class", vendorClass);
        add(asked, "user-class", userClass);
        add(asked, "subnet", subnet);
        add(asked, "circuit-id", circuitId);
        return String.join(", ", asked);
    }

    private static void add(List<String> asked, String key, @Nullable Object value) {
        if (value != null) {
            asked.add(key + " " + value);
        }
    }

    public BootMatch withStage(@Nullable BootStage of) {
        Draft draft = new Draft(this);
        draft.stage = of;
        return draft.done();
    }

    public BootMatch withHardware(@Nullable HardwarePattern of) {
        Draft draft = new Draft(this);
        draft.hardware = of;
        return draft.done();
    }

    public BootMatch withArchitecture(@Nullable Architecture of) {
        Draft draft = new Draft(this);
        draft.architecture = of;
        return draft.done();
    }

    public BootMatch withUuid(@Nullable Octets of) {
        Draft draft = new Draft(this);
        draft.uuid = of;
        return draft.done();
    }

    public BootMatch withVendorClass(@Nullable String of) {
        Draft draft = new Draft(this);
        draft.vendorClass = of;
        return draft.done();
    }

    public BootMatch withUserClass(@Nullable String of) {
        Draft draft = new Draft(this);
        draft.userClass = of;
        return draft.done();
    }

    public BootMatch withSubnet(@Nullable Ip4Network of) {
        Draft draft = new Draft(this);
        draft.subnet = of;
        return draft.done();
    }

    public BootMatch withCircuitId(@Nullable Octets of) {
        Draft draft = new Draft(this);
        draft.circuitId = of;
        return draft.done();
    }

    /** All that can be asked, while one of it is changed. */
    private static final class Draft {
        @Nullable BootStage stage;
        @Nullable HardwarePattern hardware;
        @Nullable Architecture architecture;
        @Nullable Octets uuid;
        @Nullable String vendorClass;
        @Nullable String userClass;
        @Nullable Ip4Network subnet;
        @Nullable Octets circuitId;

        Draft(BootMatch of) {
            stage = of.stage;
            hardware = of.hardware;
            architecture = of.architecture;
            uuid = of.uuid;
            vendorClass = of.vendorClass;
            userClass = of.userClass;
            subnet = of.subnet;
            circuitId = of.circuitId;
        }

        BootMatch done() {
            return new BootMatch(
                    stage, hardware, architecture, uuid, vendorClass, userClass, subnet, circuitId);
        }
    }
}
