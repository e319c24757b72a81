package io.leasehold.netboot.proxy;

import io.leasehold.netboot.script.ScriptMachine;
import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.Field;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.Options;
import io.leasehold.protocol.wire.Pxe;
import io.leasehold.protocol.wire.RelayOptions;
import io.leasehold.protocol.wire.SubOptions;
import io.leasehold.protocol.wire.Text;
import io.leasehold.protocol.wire.UserClass;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a message says of the machine that wants to boot.
 *
 * @param hardware its hardware address
 * @param family by option 60
 * @param stage IPXE when option 77 says so, or option 175 is there
 * @param codes all codes of option 93; where that is absent, the one in option 60
 * @param architecture the first of them that the registry has; null when there is none
 * @param vendorClass option 60, as text
 * @param userClasses option 77, as text
 * @param uuid the 16 octets of option 97; null without one
 * @param circuitId of the relay (option 82.1); null without one
 * @param menuItem the item of a menu that it chose (43.71); -1 without one
 * @param hostName what it calls itself (option 12); null without one that is a name
 */
public record BootClient(
        HardwareAddress hardware,
        BootFamily family,
        BootStage stage,
        List<Integer> codes,
        @Nullable Architecture architecture,
        String vendorClass,
        List<String> userClasses,
        @Nullable Octets uuid,
        @Nullable Octets circuitId,
        int menuItem,
        @Nullable String hostName) {
    static final int VENDOR_INFORMATION = 43;
    private static final int UUID_OCTETS = 16;

    /** The encapsulated options of iPXE. */
    private static final int IPXE_OPTIONS = 175;

    /** PXE 2.1 table 2-1. */
    static final int BOOT_ITEM = 71;

    private static final String IPXE = "iPXE";
    private static final String ARCH = ":Arch:";

    /** What a Raspberry Pi's boot ROM says: a PC's, which nobody else with its OUI is. */
    private static final String PI_VENDOR_CLASS = "PXEClient:Arch:00000:UNDI:002001";

    private static final Set<Integer> PI_OUIS =
            Set.of(0xb827eb, 0xdca632, 0xe45f01, 0xd83add, 0x2ccf67, 0x28cdc1);

    public BootClient {
        codes = List.copyOf(codes);
        userClasses = List.copyOf(userClasses);
    }

    /** Reads a message; null when it is none of a boot client. */
    public static @Nullable BootClient of(Message message) {
        byte[] raw = message.raw(OptionCode.VENDOR_CLASS);
        String vendorClass = raw == null ? "" : new String(raw, StandardCharsets.ISO_8859_1);
        BootFamily family = familyOf(vendorClass);
        if (family == null) {
            return null;
        }
        List<Integer> codes = codes(message, vendorClass);
        List<String> userClasses = userClasses(message);
        HardwareAddress hardware = message.hardware();
        return new BootClient(
                hardware,
                family,
                isIpxe(message, userClasses) ? BootStage.IPXE : BootStage.FIRMWARE,
                codes,
                isRaspberryPi(codes, vendorClass, hardware)
                        ? Architecture.RASPBERRY_PI
                        : firstKnown(codes),
                vendorClass,
                userClasses,
                uuid(message),
                circuitId(message),
                menuItem(message),
                hostName(message));
    }

    private static @Nullable String hostName(Message message) {
        byte[] raw = message.raw(OptionCode.HOST_NAME);
        String text = raw == null ? "" : new String(raw, StandardCharsets.ISO_8859_1);
        return ScriptMachine.isHostName(text) ? text : null;
    }

    /** Whether it knows menus and port 4011: who says PXE does, but for a Raspberry Pi. */
    boolean knowsBootServers() {
        return family == BootFamily.PXE && architecture != Architecture.RASPBERRY_PI;
    }

    /** What the URL of a script tells of it. */
    ScriptMachine machine(int rule) {
        Map<String, String> values = new HashMap<>();
        if (hardware.length() > 0) {
            values.put(ScriptMachine.MAC, hardware.toString());
        }
        if (architecture != null) {
            values.put(ScriptMachine.ARCHITECTURE, architecture.sameFiles().key());
        }
        if (uuid != null && uuid.length() == UUID_OCTETS) {
            values.put(ScriptMachine.UUID, uuidText(BootMatch.turned(uuid)));
        }
        if (hostName != null) {
            values.put(ScriptMachine.HOST_NAME, hostName);
        }
        return new ScriptMachine(rule, values);
    }

    /** iPXE sends the first three groups turned, as RFC 4578 §2.3 and UEFI have them. */
    private static String uuidText(Octets uuid) {
        String hex = HexFormat.of().formatHex(uuid.toBytes());
        return String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                hex.substring(12, 16),
                hex.substring(16, 20),
                hex.substring(20));
    }

    private static @Nullable BootFamily familyOf(String vendorClass) {
        for (BootFamily family : BootFamily.values()) {
            if (vendorClass.startsWith(family.vendorClass())) {
                return family;
            }
        }
        return null;
    }

    /** RFC 4578 §2.1 wants option 93; ROMs from before it say the same in option 60. */
    private static List<Integer> codes(Message message, String vendorClass) {
        List<Integer> said = message.get(Options.CLIENT_ARCHITECTURE).or(List.of());
        if (!said.isEmpty() || message.has(OptionCode.CLIENT_ARCHITECTURE)) {
            return said;
        }
        int at = vendorClass.indexOf(ARCH);
        int code = 0;
        for (int i = 0; i < 5; i++) {
            int digit = at + ARCH.length() + i;
            if (at < 0 || digit >= vendorClass.length() || !isDigit(vendorClass.charAt(digit))) {
                return List.of();
            }
            code = code * 10 + (vendorClass.charAt(digit) - '0');
        }
        return List.of(code);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static @Nullable Architecture firstKnown(List<Integer> codes) {
        for (int code : codes) {
            Architecture known = Architecture.of(code);
            if (known != null) {
                return known;
            }
        }
        return null;
    }

    private static boolean isIpxe(Message message, List<String> userClasses) {
        boolean says = message.has(IPXE_OPTIONS);
        for (String each : userClasses) {
            says |= each.contains(IPXE);
        }
        return says;
    }

    /** In the form of RFC 3004, or the bare string that most firmware sends. */
    private static List<String> userClasses(Message message) {
        List<String> texts = new ArrayList<>();
        if (message.get(Options.USER_CLASS) instanceof Field.Present<UserClass> present) {
            for (Text each : present.value().classes()) {
                texts.add(each.value());
            }
        }
        return texts;
    }

    private static boolean isRaspberryPi(
            List<Integer> codes, String vendorClass, HardwareAddress hardware) {
        if (!codes.equals(List.of(0))
                || !vendorClass.startsWith(PI_VENDOR_CLASS)
                || hardware.length() < 3) {
            return false;
        }
        int oui = hardware.get(0) << 16 | hardware.get(1) << 8 | hardware.get(2);
        return PI_OUIS.contains(oui);
    }

    private static @Nullable Octets uuid(Message message) {
        Pxe.MachineId none = new Pxe.MachineId(1, Octets.EMPTY);
        Pxe.MachineId id = message.get(Options.CLIENT_MACHINE_ID).or(none);
        return id.type() == Pxe.MachineId.UUID ? id.id() : null;
    }

    private static @Nullable Octets circuitId(Message message) {
        SubOptions agent = message.get(Options.RELAY_AGENT_INFORMATION).or(SubOptions.EMPTY);
        return agent.raw(RelayOptions.CIRCUIT_ID.code());
    }

    /**
     * Option 43 of a client may have pads and an end in it, which sub-options elsewhere have not.
     */
    private static int menuItem(Message message) {
        byte[] raw = message.raw(VENDOR_INFORMATION);
        Cursor cursor = new Cursor(raw == null ? new byte[0] : raw);
        while (cursor.remaining() > 0) {
            int code = cursor.u8();
            if (code == OptionCode.END) {
                break;
            }
            if (code != OptionCode.PAD) {
                byte[] value = cursor.bytes(cursor.u8());
                if (cursor.overrun()) {
                    break;
                }
                if (code == BOOT_ITEM && value.length >= 2) {
                    return (value[0] & 0xff) << 8 | value[1] & 0xff;
                }
            }
        }
        return -1;
    }

    /** The codes with their names, {@code 7 (x64 UEFI)}; "none" where there is none. */
    public String architectureText() {
        if (codes.isEmpty()) {
            return "none";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(codes.size(), 4); i++) {
            text.append(i == 0 ? "" : ", ").append(Architecture.describe(codes.get(i)));
        }
        return text.append(codes.size() > 4 ? ", …" : "").toString();
    }
}
