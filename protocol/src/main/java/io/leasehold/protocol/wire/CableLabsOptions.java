package io.leasehold.protocol.wire;

import java.util.List;

/** The sub-options of option 122, for {@link SubOptions#get} (RFC 3495). */
public final class CableLabsOptions {
    /** RFC 3495 §5.1. */
    public static final Option<Ip4Address> PRIMARY_DHCP_SERVER =
            new Option<>(1, "tsp-primary-dhcp-server", OptionTypes.ADDRESS);

    /** RFC 3495 §5.1. */
    public static final Option<Ip4Address> SECONDARY_DHCP_SERVER =
            new Option<>(2, "tsp-secondary-dhcp-server", OptionTypes.ADDRESS);

    /** RFC 3495 §5.2: an octet 0 and a domain name, or an octet 1 and an address. */
    public static final Option<Octets> PROVISIONING_SERVER =
            new Option<>(3, "tsp-provisioning-server", OptionTypes.OCTETS);

    /** RFC 3495 §5.3: nominal and maximum timeout, retries. */
    public static final Option<List<Long>> AS_BACKOFF =
            new Option<>(4, "as-req-backoff", OptionTypes.U32_LIST);

    /** RFC 3495 §5.4: nominal and maximum timeout, retries. */
    public static final Option<List<Long>> AP_BACKOFF =
            new Option<>(5, "ap-req-backoff", OptionTypes.U32_LIST);

    /** RFC 3495 §5.5. */
    public static final Option<DomainName> KERBEROS_REALM =
            new Option<>(6, "kerberos-realm", OptionTypes.DOMAIN_NAME);

    /** RFC 3495 §5.6. */
    public static final Option<Boolean> TICKET_GRANTING =
            new Option<>(7, "ticket-granting-server", OptionTypes.BOOLEAN);

    /** RFC 3495 §5.7: minutes, 0 to 255. */
    public static final Option<Integer> PROVISIONING_TIMER =
            new Option<>(8, "provisioning-timer", OptionTypes.U8);

    /** RFC 3594 §4: a bit field. */
    public static final Option<Integer> SECURITY_TICKET_CONTROL =
            new Option<>(9, "security-ticket-control", OptionTypes.U16);

    /** RFC 3634 §3. */
    public static final Option<List<Ip4Address>> KDC_SERVERS =
            new Option<>(10, "kdc-servers", OptionTypes.ADDRESSES);

    private CableLabsOptions() {}
}
