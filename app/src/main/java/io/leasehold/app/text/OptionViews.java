package io.leasehold.app.text;

import io.leasehold.app.Printable;
import io.leasehold.protocol.wire.CableLabsOptions;
import io.leasehold.protocol.wire.EnterpriseData;
import io.leasehold.protocol.wire.Field;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MobilityOptions;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.Option;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.OptionIndex;
import io.leasehold.protocol.wire.OptionRegistry;
import io.leasehold.protocol.wire.OptionTypes;
import io.leasehold.protocol.wire.RelayOptions;
import io.leasehold.protocol.wire.SubOptions;
import io.leasehold.protocol.wire.Text;
import io.leasehold.protocol.wire.VendorInformation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the options of a message for people. */
public final class OptionViews {
    private static final Map<Integer, List<Option<?>>> NAMED =
            Map.of(
                    OptionCode.RELAY_AGENT_INFORMATION,
                    List.of(
                            RelayOptions.CIRCUIT_ID,
                            RelayOptions.REMOTE_ID,
                            RelayOptions.DOCSIS_DEVICE_CLASS,
                            RelayOptions.LINK_SELECTION,
                            RelayOptions.SUBSCRIBER_ID,
                            RelayOptions.RADIUS_ATTRIBUTES,
                            RelayOptions.AUTHENTICATION,
                            RelayOptions.VENDOR_SPECIFIC,
                            RelayOptions.RELAY_FLAGS,
                            RelayOptions.SERVER_ID_OVERRIDE,
                            RelayOptions.RELAY_ID,
                            RelayOptions.ACCESS_TECHNOLOGY,
                            RelayOptions.ACCESS_NETWORK_NAME,
                            RelayOptions.ACCESS_POINT_NAME,
                            RelayOptions.ACCESS_POINT_BSSID,
                            RelayOptions.OPERATOR_ID,
                            RelayOptions.OPERATOR_REALM,
                            RelayOptions.SOURCE_PORT,
                            RelayOptions.VIRTUAL_SUBNET,
                            RelayOptions.VIRTUAL_SUBNET_CONTROL),
                    122,
                    List.of(
                            CableLabsOptions.PRIMARY_DHCP_SERVER,
                            CableLabsOptions.SECONDARY_DHCP_SERVER,
                            CableLabsOptions.PROVISIONING_SERVER,
                            CableLabsOptions.AS_BACKOFF,
                            CableLabsOptions.AP_BACKOFF,
                            CableLabsOptions.KERBEROS_REALM,
                            CableLabsOptions.TICKET_GRANTING,
                            CableLabsOptions.PROVISIONING_TIMER,
                            CableLabsOptions.SECURITY_TICKET_CONTROL,
                            CableLabsOptions.KDC_SERVERS),
                    139,
                    List.of(
                            MobilityOptions.INFORMATION_ADDRESSES,
                            MobilityOptions.COMMAND_ADDRESSES,
                            MobilityOptions.EVENT_ADDRESSES),
                    140,
                    List.of(
                            MobilityOptions.INFORMATION_NAMES,
                            MobilityOptions.COMMAND_NAMES,
                            MobilityOptions.EVENT_NAMES));

    private static final int VENDOR_INFORMATION = 43;

    private OptionViews() {}

    /** Every option of a message once, in the order in which they first lie. */
    public static List<OptionView> of(Message message, OptionRegistry registry) {
        OptionIndex index = message.index();
        List<OptionView> views = new ArrayList<>();
        boolean[] seen = new boolean[256];
        for (int at = 0; at < index.size(); at++) {
            int code = index.code(at);
            byte[] raw = seen[code] ? null : message.raw(code);
            seen[code] = true;
            if (raw != null) {
                OptionView view = view(registry.byCode(code), raw);
                boolean pxe = code == VENDOR_INFORMATION && isPxe(message);
                views.add(pxe ? withPxe(view, raw) : view);
            }
        }
        return views;
    }

    private static boolean isPxe(Message message) {
        byte[] vendor = message.raw(OptionCode.VENDOR_CLASS);
        return vendor != null
                && new String(vendor, StandardCharsets.ISO_8859_1).startsWith(PxeViews.CLASS);
    }

    private static OptionView withPxe(OptionView view, byte[] raw) {
        List<OptionView> parts = new ArrayList<>();
        VendorInformation information = new VendorInformation(Octets.of(raw));
        if (information.subOptions() instanceof Field.Present<SubOptions> sub) {
            sub.value().entries().forEach(entry -> parts.add(PxeViews.view(entry)));
        }
        return new OptionView(
                view.code(),
                view.name(),
                view.value(),
                view.meaning(),
                view.problem(),
                view.octets(),
                parts);
    }

    private static <T> OptionView view(Option<T> option, byte[] raw) {
        Field<T> field = option.type().decode(raw);
        String problem = field instanceof Field.Malformed<T> malformed ? malformed.why() : "";
        String value = problem.isEmpty() ? option.spell(raw) : Octets.of(raw).toString();
        String meaning = meaning(option, raw);
        if (field instanceof Field.Present<T>(Text text)
                && raw.length > 0
                && raw[raw.length - 1] == 0) {
            // Receivers delete trailing NULs (RFC 2132 section 2), and so does who reads.
            String without = Text.of(text.value()).toString();
            meaning = value.equals(without) ? meaning : "with a NUL at its end";
            value = without;
        }
        return new OptionView(
                option.code(),
                option.name(),
                Printable.of(value),
                Printable.of(meaning),
                Printable.of(problem),
                Octets.of(raw),
                field instanceof Field.Present<T> present
                        ? parts(option.code(), present.value())
                        : List.of());
    }

    private static List<OptionView> parts(int code, Object value) {
        List<OptionView> parts = new ArrayList<>();
        if (value instanceof SubOptions sub) {
            add(parts, code, sub);
        } else if (value instanceof VendorInformation vendor
                && vendor.subOptions() instanceof Field.Present<SubOptions> sub) {
            add(parts, code, sub.value());
        } else if (value instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof EnterpriseData data
                        && code != 124
                        && data.subOptions() instanceof Field.Present<SubOptions> sub) {
                    add(parts, code, sub.value());
                }
            }
        }
        return parts;
    }

    private static void add(List<OptionView> parts, int code, SubOptions sub) {
        for (SubOptions.Entry entry : sub.entries()) {
            Option<?> named = subOption(code, entry.code());
            byte[] raw = entry.value().toBytes();
            if (named != null) {
                parts.add(view(named, raw));
            } else {
                parts.add(
                        new OptionView(
                                entry.code(),
                                "sub-option-" + entry.code(),
                                entry.value().toString(),
                                Printable.of(text(raw)),
                                "",
                                entry.value(),
                                List.of()));
            }
        }
    }

    private static @Nullable Option<?> subOption(int code, int sub) {
        for (Option<?> option : NAMED.getOrDefault(code, List.of())) {
            if (option.code() == sub) {
                return option;
            }
        }
        return null;
    }

    private static String meaning(Option<?> option, byte[] raw) {
        if (option.code() == OptionCode.MESSAGE_TYPE && raw.length == 1) {
            return MessageNames.type(raw[0] & 0xff);
        }
        if (option.code() == OptionCode.PARAMETER_LIST) {
            StringBuilder names = new StringBuilder();
            for (byte each : raw) {
                names.append(names.isEmpty() ? "" : ", ").append(name(each & 0xff));
            }
            return names.toString();
        }
        return option.type() == OptionTypes.OCTETS ? text(raw) : "";
    }

    /** A list may ask for anything, also for what is no option: 0 and 255. */
    private static String name(int code) {
        return code == OptionCode.PAD || code == OptionCode.END
                ? "option-" + code
                : OptionRegistry.STANDARD.byCode(code).name();
    }

    /** Bytes that are printable ASCII, in quotes; nothing for others. */
    private static String text(byte[] raw) {
        for (byte each : raw) {
            if (each < ' ' || each > '~') {
                return "";
            }
        }
        return raw.length < 2 ? "" : '"' + new String(raw, StandardCharsets.US_ASCII) + '"';
    }
}
