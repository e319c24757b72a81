package io.leasehold.protocol.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The types that options have. All of them keep {@link OptionType}'s promise: no bytes make
 * decoding throw, and what decodes encodes to the same bytes.
 */
public final class OptionTypes {
    public static final OptionType<Octets> OCTETS = RestTypes.OCTETS;
    public static final OptionType<Text> TEXT = RestTypes.TEXT;

    /** An option without a value. */
    public static final OptionType<Boolean> FLAG = RestTypes.FLAG;

    public static final OptionType<Boolean> BOOLEAN = new SingleType<>(NumberParts.BOOLEAN);
    public static final OptionType<Integer> U8 = new SingleType<>(NumberParts.U8);
    public static final OptionType<Integer> U16 = new SingleType<>(NumberParts.U16);

    /** 0 to 4294967295. */
    public static final OptionType<Long> U32 = new SingleType<>(NumberParts.U32);

    public static final OptionType<Integer> I32 = new SingleType<>(NumberParts.I32);

    /** At least one. */
    public static final OptionType<List<Integer>> U8_LIST = new ListType<>(NumberParts.U8, false);

    /** At least one. */
    public static final OptionType<List<Integer>> U16_LIST = new ListType<>(NumberParts.U16, false);

    /** At least one. */
    public static final OptionType<List<Long>> U32_LIST = new ListType<>(NumberParts.U32, false);

    public static final OptionType<Ip4Address> ADDRESS = new SingleType<>(AddressParts.ADDRESS);

    /** At least one. */
    public static final OptionType<List<Ip4Address>> ADDRESSES =
            new ListType<>(AddressParts.ADDRESS, false);

    /** Perhaps none, which means something of its own (RFC 2132 §8.13). */
    public static final OptionType<List<Ip4Address>> ADDRESSES_OR_NONE =
            new ListType<>(AddressParts.ADDRESS, true);

    /** At least one. */
    public static final OptionType<List<AddressPair>> ADDRESS_PAIRS =
            new ListType<>(AddressParts.PAIR, false);

    public static final OptionType<Ip6Address> IP6_ADDRESS = new SingleType<>(AddressParts.IP6);

    /** At least one (RFC 3442). */
    public static final OptionType<List<Route>> ROUTES = new ListType<>(AddressParts.ROUTE, false);

    /** One name in the form of RFC 1035, without compression. */
    public static final OptionType<DomainName> DOMAIN_NAME = new SingleType<>(DomainTypes.NAME);

    /** At least one; written without compression. */
    public static final OptionType<DomainList> DOMAIN_LIST = DomainTypes.PLAIN_LIST;

    /** At least one; written with compression (RFC 3397). */
    public static final OptionType<DomainList> DOMAIN_SEARCH = DomainTypes.COMPRESSED_LIST;

    /** Perhaps none. */
    public static final OptionType<SubOptions> SUB_OPTIONS = new SingleType<>(SubOptionsPart.PART);

    /** At least one (RFC 3925). */
    public static final OptionType<List<EnterpriseData>> ENTERPRISE_DATA =
            new ListType<>(EnterpriseData.PART, false);

    public static final OptionType<VendorInformation> VENDOR_INFORMATION = VendorInformation.TYPE;
    public static final OptionType<UserClass> USER_CLASS = UserClass.TYPE;
    public static final OptionType<ClientFqdn> CLIENT_FQDN = new SingleType<>(ClientFqdn.PART);
    public static final OptionType<VirtualSubnet> VIRTUAL_SUBNET =
            new SingleType<>(VirtualSubnet.PART);

    private static final String[] NAMES = {
        "string",
        "address",
        "addresses",
        "address-pairs",
        "routes",
        "ipv6-address",
        "boolean",
        "flag",
        "u8",
        "u16",
        "u32",
        "i32",
        "u8-list",
        "u16-list",
        "u32-list",
        "domain-name",
        "domain-list",
        "domain-search",
        "sub-options",
        "bytes"
    };

    private OptionTypes() {}

    /** A byte of which only a few values are defined. */
    static OptionType<Integer> u8(int min, int max) {
        return new SingleType<>(NumberParts.u8(min, max));
    }

    /**
     * The type that a configuration file means by a name; null when there is none.
     *
     * @param name one of {@link #names}
     */
    public static @Nullable OptionType<?> named(String name) {
        return switch (name) {
            case "string", "text" -> TEXT;
            case "address", "ip-address", "ipv4-address" -> ADDRESS;
            case "addresses", "address-list" -> ADDRESSES;
            case "address-pairs" -> ADDRESS_PAIRS;
            case "routes" -> ROUTES;
            case "ipv6-address" -> IP6_ADDRESS;
            case "boolean" -> BOOLEAN;
            case "flag", "empty" -> FLAG;
            case "u8", "uint8" -> U8;
            case "u16", "uint16" -> U16;
            case "u32", "uint32" -> U32;
            case "i32", "int32" -> I32;
            case "u8-list" -> U8_LIST;
            case "u16-list" -> U16_LIST;
            case "u32-list" -> U32_LIST;
            case "domain-name", "fqdn" -> DOMAIN_NAME;
            case "domain-list" -> DOMAIN_LIST;
            case "domain-search" -> DOMAIN_SEARCH;
            case "sub-options" -> SUB_OPTIONS;
            case "bytes", "binary", "hex" -> OCTETS;
            default -> null;
        };
    }

    /** The names that {@link #named} is documented to know, for error messages. */
    public static List<String> names() {
        return List.of(NAMES);
    }
}
