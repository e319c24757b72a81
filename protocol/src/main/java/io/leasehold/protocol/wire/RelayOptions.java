package io.leasehold.protocol.wire;

import java.util.List;

/**
 * The sub-options of the relay agent information, option 82, for {@link SubOptions#get} and {@link
 * SubOptions#with}. Those without a constant are read with {@link SubOptions#raw}.
 */
public final class RelayOptions {
    /** RFC 3046 §3.1. */
    public static final Option<Octets> CIRCUIT_ID =
            new Option<>(1, "circuit-id", OptionTypes.OCTETS);

    /** RFC 3046 §3.2. */
    public static final Option<Octets> REMOTE_ID = new Option<>(2, "remote-id", OptionTypes.OCTETS);

    /** RFC 3256 §2.1: a bit field. */
    public static final Option<Long> DOCSIS_DEVICE_CLASS =
            new Option<>(4, "docsis-device-class", OptionTypes.U32);

    /** RFC 3527 §3: an address of the client's subnet. */
    public static final Option<Ip4Address> LINK_SELECTION =
            new Option<>(5, "link-selection", OptionTypes.ADDRESS);

    /** RFC 3993 §2. */
    public static final Option<Text> SUBSCRIBER_ID =
            new Option<>(6, "subscriber-id", OptionTypes.TEXT);

    /** RFC 4014 §4: a row of RADIUS attributes. */
    public static final Option<Octets> RADIUS_ATTRIBUTES =
            new Option<>(7, "radius-attributes", OptionTypes.OCTETS);

    /** RFC 4030 §4. */
    public static final Option<Octets> AUTHENTICATION =
            new Option<>(8, "authentication", OptionTypes.OCTETS);

    /** RFC 4243 §2. */
    public static final Option<List<EnterpriseData>> VENDOR_SPECIFIC =
            new Option<>(9, "vendor-specific", OptionTypes.ENTERPRISE_DATA);

    /** RFC 5010 §3: 128 where the client's message was a unicast. */
    public static final Option<Integer> RELAY_FLAGS = new Option<>(10, "flags", OptionTypes.U8);

    /** RFC 5107 §4. */
    public static final Option<Ip4Address> SERVER_ID_OVERRIDE =
            new Option<>(11, "server-id-override", OptionTypes.ADDRESS);

    /** RFC 6925 §5: a DUID. */
    public static final Option<Octets> RELAY_ID = new Option<>(12, "relay-id", OptionTypes.OCTETS);

    /** RFC 7839 §3.1: a reserved octet and the technology. */
    public static final Option<Octets> ACCESS_TECHNOLOGY =
            new Option<>(13, "access-technology-type", OptionTypes.OCTETS);

    /** RFC 7839 §3.2: an SSID, for one. */
    public static final Option<Text> ACCESS_NETWORK_NAME =
            new Option<>(14, "access-network-name", OptionTypes.TEXT);

    /** RFC 7839 §3.3. */
    public static final Option<Text> ACCESS_POINT_NAME =
            new Option<>(15, "access-point-name", OptionTypes.TEXT);

    /** RFC 7839 §3.4. */
    public static final Option<Octets> ACCESS_POINT_BSSID =
            new Option<>(16, "access-point-bssid", OptionTypes.OCTETS);

    /** RFC 7839 §3.5: an enterprise number. */
    public static final Option<Long> OPERATOR_ID = new Option<>(17, "operator-id", OptionTypes.U32);

    /** RFC 7839 §3.6. */
    public static final Option<Text> OPERATOR_REALM =
            new Option<>(18, "operator-realm", OptionTypes.TEXT);

    /** RFC 8357 §5.2: replies go to the port that the relay sent from. It has no value. */
    public static final Option<Boolean> SOURCE_PORT =
            new Option<>(19, "relay-source-port", OptionTypes.FLAG);

    /** RFC 6607 §3.2. */
    public static final Option<VirtualSubnet> VIRTUAL_SUBNET =
            new Option<>(151, "virtual-subnet-selection", OptionTypes.VIRTUAL_SUBNET);

    /** RFC 6607 §3.3: the server that understands 151 removes it. It has no value. */
    public static final Option<Boolean> VIRTUAL_SUBNET_CONTROL =
            new Option<>(152, "virtual-subnet-selection-control", OptionTypes.FLAG);

    private RelayOptions() {}
}
