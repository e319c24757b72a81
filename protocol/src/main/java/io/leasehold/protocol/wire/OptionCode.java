package io.leasehold.protocol.wire;

/**
 * The option codes that the rules of DHCP themselves speak of. {@link Options} has every defined
 * option.
 */
public final class OptionCode {
    public static final int PAD = 0;
    public static final int SUBNET_MASK = 1;
    public static final int ROUTERS = 3;
    public static final int HOST_NAME = 12;
    public static final int STATIC_ROUTES = 33;
    public static final int VENDOR_INFORMATION = 43;
    public static final int REQUESTED_ADDRESS = 50;
    public static final int LEASE_TIME = 51;
    public static final int OVERLOAD = 52;
    public static final int MESSAGE_TYPE = 53;
    public static final int SERVER_ID = 54;
    public static final int PARAMETER_LIST = 55;
    public static final int MESSAGE_TEXT = 56;
    public static final int MAX_MESSAGE_SIZE = 57;
    public static final int RENEWAL_TIME = 58;
    public static final int REBINDING_TIME = 59;
    public static final int VENDOR_CLASS = 60;
    public static final int CLIENT_ID = 61;
    public static final int TFTP_SERVER_NAME = 66;
    public static final int BOOT_FILE_NAME = 67;
    public static final int USER_CLASS = 77;
    public static final int RAPID_COMMIT = 80;
    public static final int CLIENT_FQDN = 81;
    public static final int RELAY_AGENT_INFORMATION = 82;
    public static final int CLIENT_ARCHITECTURE = 93;
    public static final int IPV6_ONLY_PREFERRED = 108;
    public static final int AUTO_CONFIGURE = 116;
    public static final int SUBNET_SELECTION = 118;
    public static final int CLASSLESS_STATIC_ROUTE = 121;
    public static final int CLASSLESS_STATIC_ROUTE_MICROSOFT = 249;
    public static final int END = 255;

    private OptionCode() {}
}
