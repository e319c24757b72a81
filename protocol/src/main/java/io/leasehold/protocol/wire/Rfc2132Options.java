package io.leasehold.protocol.wire;

import java.util.List;

/**
 * Codes 1 to 76, nearly all of them from RFC 2132. They are members of {@link Options}, which this
 * class is a part of for its length alone.
 */
abstract sealed class Rfc2132Options permits Options {
    Rfc2132Options() {}

    /** RFC 2132 §3.3. */
    public static final Option<Ip4Address> SUBNET_MASK =
            new Option<>(1, "subnet-mask", OptionTypes.ADDRESS);

    /** RFC 2132 §3.4: seconds from UTC; 100 and 101 replace it. */
    public static final Option<Integer> TIME_OFFSET =
            new Option<>(2, "time-offset", OptionTypes.I32);

    /** RFC 2132 §3.5. */
    public static final Option<List<Ip4Address>> ROUTERS =
            new Option<>(3, "routers", OptionTypes.ADDRESSES);

    /** RFC 2132 §3.6. */
    public static final Option<List<Ip4Address>> TIME_SERVERS =
            new Option<>(4, "time-servers", OptionTypes.ADDRESSES);

    /** RFC 2132 §3.7: IEN 116, not the DNS. */
    public static final Option<List<Ip4Address>> NAME_SERVERS =
            new Option<>(5, "name-servers", OptionTypes.ADDRESSES);

    /** RFC 2132 §3.8. */
    public static final Option<List<Ip4Address>> DOMAIN_NAME_SERVERS =
            new Option<>(6, "domain-name-servers", OptionTypes.ADDRESSES);

    /** RFC 2132 §3.9. */
    public static final Option<List<Ip4Address>> LOG_SERVERS =
            new Option<>(7, "log-servers", OptionTypes.ADDRESSES);

    /** RFC 2132 §3.10. */
    public static final Option<List<Ip4Address>> COOKIE_SERVERS =
            new Option<>(8, "cookie-servers", OptionTypes.ADDRESSES);

    /** RFC 2132 §3.11. */
    public static final Option<List<Ip4Address>> LPR_SERVERS =
            new Option<>(9, "lpr-servers", OptionTypes.ADDRESSES);

    /** RFC 2132 §3.12. */
    public static final Option<List<Ip4Address>> IMPRESS_SERVERS =
            new Option<>(10, "impress-servers", OptionTypes.ADDRESSES);

    /** RFC 2132 §3.13. */
    public static final Option<List<Ip4Address>> RESOURCE_LOCATION_SERVERS =
            new Option<>(11, "resource-location-servers", OptionTypes.ADDRESSES);

    /** RFC 2132 §3.14. */
    public static final Option<Text> HOST_NAME = new Option<>(12, "host-name", OptionTypes.TEXT);

    /** RFC 2132 §3.15: in blocks of 512 bytes. */
    public static final Option<Integer> BOOT_SIZE = new Option<>(13, "boot-size", OptionTypes.U16);

    /** RFC 2132 §3.16. */
    public static final Option<Text> MERIT_DUMP = new Option<>(14, "merit-dump", OptionTypes.TEXT);

    /** RFC 2132 §3.17. */
    public static final Option<Text> DOMAIN_NAME =
            new Option<>(15, "domain-name", OptionTypes.TEXT);

    /** RFC 2132 §3.18. */
    public static final Option<Ip4Address> SWAP_SERVER =
            new Option<>(16, "swap-server", OptionTypes.ADDRESS);

    /** RFC 2132 §3.19. */
    public static final Option<Text> ROOT_PATH = new Option<>(17, "root-path", OptionTypes.TEXT);

    /** RFC 2132 §3.20. */
    public static final Option<Text> EXTENSIONS_PATH =
            new Option<>(18, "extensions-path", OptionTypes.TEXT);

    /** RFC 2132 §4.1. */
    public static final Option<Boolean> IP_FORWARDING =
            new Option<>(19, "ip-forwarding", OptionTypes.BOOLEAN);

    /** RFC 2132 §4.2. */
    public static final Option<Boolean> NON_LOCAL_SOURCE_ROUTING =
            new Option<>(20, "non-local-source-routing", OptionTypes.BOOLEAN);

    /** RFC 2132 §4.3: destinations and masks. */
    public static final Option<List<AddressPair>> POLICY_FILTER =
            new Option<>(21, "policy-filter", OptionTypes.ADDRESS_PAIRS);

    /** RFC 2132 §4.4. */
    public static final Option<Integer> MAX_DGRAM_REASSEMBLY =
            new Option<>(22, "max-dgram-reassembly", OptionTypes.U16);

    /** RFC 2132 §4.5. */
    public static final Option<Integer> DEFAULT_IP_TTL =
            new Option<>(23, "default-ip-ttl", OptionTypes.u8(1, 255));

    /** RFC 2132 §4.6: seconds. */
    public static final Option<Long> PATH_MTU_AGING_TIMEOUT =
            new Option<>(24, "path-mtu-aging-timeout", OptionTypes.U32);

    /** RFC 2132 §4.7. */
    public static final Option<List<Integer>> PATH_MTU_PLATEAU_TABLE =
            new Option<>(25, "path-mtu-plateau-table", OptionTypes.U16_LIST);

    /** RFC 2132 §5.1. */
    public static final Option<Integer> INTERFACE_MTU =
            new Option<>(26, "interface-mtu", OptionTypes.U16);

    /** RFC 2132 §5.2. */
    public static final Option<Boolean> ALL_SUBNETS_LOCAL =
            new Option<>(27, "all-subnets-local", OptionTypes.BOOLEAN);

    /** RFC 2132 §5.3. */
    public static final Option<Ip4Address> BROADCAST_ADDRESS =
            new Option<>(28, "broadcast-address", OptionTypes.ADDRESS);

    /** RFC 2132 §5.4. */
    public static final Option<Boolean> PERFORM_MASK_DISCOVERY =
            new Option<>(29, "perform-mask-discovery", OptionTypes.BOOLEAN);

    /** RFC 2132 §5.5. */
    public static final Option<Boolean> MASK_SUPPLIER =
            new Option<>(30, "mask-supplier", OptionTypes.BOOLEAN);

    /** RFC 2132 §5.6. */
    public static final Option<Boolean> ROUTER_DISCOVERY =
            new Option<>(31, "router-discovery", OptionTypes.BOOLEAN);

    /** RFC 2132 §5.7. */
    public static final Option<Ip4Address> ROUTER_SOLICITATION_ADDRESS =
            new Option<>(32, "router-solicitation-address", OptionTypes.ADDRESS);

    /** RFC 2132 §5.8: destinations and routers. */
    public static final Option<List<AddressPair>> STATIC_ROUTES =
            new Option<>(33, "static-routes", OptionTypes.ADDRESS_PAIRS);

    /** RFC 2132 §6.1. */
    public static final Option<Boolean> TRAILER_ENCAPSULATION =
            new Option<>(34, "trailer-encapsulation", OptionTypes.BOOLEAN);

    /** RFC 2132 §6.2: seconds. */
    public static final Option<Long> ARP_CACHE_TIMEOUT =
            new Option<>(35, "arp-cache-timeout", OptionTypes.U32);

    /** RFC 2132 §6.3. */
    public static final Option<Boolean> IEEE802_3_ENCAPSULATION =
            new Option<>(36, "ieee802-3-encapsulation", OptionTypes.BOOLEAN);

    /** RFC 2132 §7.1. */
    public static final Option<Integer> DEFAULT_TCP_TTL =
            new Option<>(37, "default-tcp-ttl", OptionTypes.u8(1, 255));

    /** RFC 2132 §7.2: seconds. */
    public static final Option<Long> TCP_KEEPALIVE_INTERVAL =
            new Option<>(38, "tcp-keepalive-interval", OptionTypes.U32);

    /** RFC 2132 §7.3. */
    public static final Option<Boolean> TCP_KEEPALIVE_GARBAGE =
            new Option<>(39, "tcp-keepalive-garbage", OptionTypes.BOOLEAN);

    /** RFC 2132 §8.1. */
    public static final Option<Text> NIS_DOMAIN = new Option<>(40, "nis-domain", OptionTypes.TEXT);

    /** RFC 2132 §8.2. */
    public static final Option<List<Ip4Address>> NIS_SERVERS =
            new Option<>(41, "nis-servers", OptionTypes.ADDRESSES);

    /** RFC 2132 §8.3. */
    public static final Option<List<Ip4Address>> NTP_SERVERS =
            new Option<>(42, "ntp-servers", OptionTypes.ADDRESSES);

    /** RFC 2132 §8.4. */
    public static final Option<VendorInformation> VENDOR_ENCAPSULATED_OPTIONS =
            new Option<>(43, "vendor-encapsulated-options", OptionTypes.VENDOR_INFORMATION);

    /** RFC 2132 §8.5. */
    public static final Option<List<Ip4Address>> NETBIOS_NAME_SERVERS =
            new Option<>(44, "netbios-name-servers", OptionTypes.ADDRESSES);

    /** RFC 2132 §8.6. */
    public static final Option<List<Ip4Address>> NETBIOS_DD_SERVERS =
            new Option<>(45, "netbios-dd-server", OptionTypes.ADDRESSES);

    /** RFC 2132 §8.7: 1 B, 2 P, 4 M, 8 H. */
    public static final Option<Integer> NETBIOS_NODE_TYPE =
            new Option<>(46, "netbios-node-type", OptionTypes.U8);

    /** RFC 2132 §8.8. */
    public static final Option<Text> NETBIOS_SCOPE =
            new Option<>(47, "netbios-scope", OptionTypes.TEXT);

    /** RFC 2132 §8.9. */
    public static final Option<List<Ip4Address>> FONT_SERVERS =
            new Option<>(48, "font-servers", OptionTypes.ADDRESSES);

    /** RFC 2132 §8.10. */
    public static final Option<List<Ip4Address>> X_DISPLAY_MANAGER =
            new Option<>(49, "x-display-manager", OptionTypes.ADDRESSES);

    /** RFC 2132 §9.1. */
    public static final Option<Ip4Address> REQUESTED_ADDRESS =
            new Option<>(50, "dhcp-requested-address", OptionTypes.ADDRESS);

    /** RFC 2132 §9.2: seconds; 4294967295 is for ever. */
    public static final Option<Long> LEASE_TIME =
            new Option<>(51, "dhcp-lease-time", OptionTypes.U32);

    /** RFC 2132 §9.3: 1 file, 2 sname, 3 both. */
    public static final Option<Integer> OVERLOAD =
            new Option<>(52, "dhcp-option-overload", OptionTypes.u8(1, 3));

    /** RFC 2132 §9.6. */
    public static final Option<Integer> MESSAGE_TYPE =
            new Option<>(53, "dhcp-message-type", OptionTypes.u8(1, 255));

    /** RFC 2132 §9.7. */
    public static final Option<Ip4Address> SERVER_ID =
            new Option<>(54, "dhcp-server-identifier", OptionTypes.ADDRESS);

    /** RFC 2132 §9.8. */
    public static final Option<List<Integer>> PARAMETER_LIST =
            new Option<>(55, "dhcp-parameter-request-list", OptionTypes.U8_LIST);

    /** RFC 2132 §9.9. */
    public static final Option<Text> MESSAGE_TEXT =
            new Option<>(56, "dhcp-message", OptionTypes.TEXT);

    /** RFC 2132 §9.10: less than 576 is no legal value, and still comes. */
    public static final Option<Integer> MAX_MESSAGE_SIZE =
            new Option<>(57, "dhcp-max-message-size", OptionTypes.U16);

    /** RFC 2132 §9.11: seconds. */
    public static final Option<Long> RENEWAL_TIME =
            new Option<>(58, "dhcp-renewal-time", OptionTypes.U32);

    /** RFC 2132 §9.12: seconds. */
    public static final Option<Long> REBINDING_TIME =
            new Option<>(59, "dhcp-rebinding-time", OptionTypes.U32);

    /** RFC 2132 §9.13. */
    public static final Option<Text> VENDOR_CLASS =
            new Option<>(60, "vendor-class-identifier", OptionTypes.TEXT);

    /** RFC 2132 §9.14: two octets at least; fewer are left to the identity rules. */
    public static final Option<Octets> CLIENT_ID =
            new Option<>(61, "dhcp-client-identifier", OptionTypes.OCTETS);

    /** RFC 2242 §2. */
    public static final Option<Text> NWIP_DOMAIN =
            new Option<>(62, "nwip-domain-name", OptionTypes.TEXT);

    /** RFC 2242 §3. */
    public static final Option<SubOptions> NWIP_SUBOPTIONS =
            new Option<>(63, "nwip-suboptions", OptionTypes.SUB_OPTIONS);

    /** RFC 2132 §8.11. */
    public static final Option<Text> NISPLUS_DOMAIN =
            new Option<>(64, "nisplus-domain-name", OptionTypes.TEXT);

    /** RFC 2132 §8.12. */
    public static final Option<List<Ip4Address>> NISPLUS_SERVERS =
            new Option<>(65, "nisplus-servers", OptionTypes.ADDRESSES);

    /** RFC 2132 §9.4. */
    public static final Option<Text> TFTP_SERVER_NAME =
            new Option<>(66, "tftp-server-name", OptionTypes.TEXT);

    /** RFC 2132 §9.5. */
    public static final Option<Text> BOOTFILE_NAME =
            new Option<>(67, "bootfile-name", OptionTypes.TEXT);

    /** RFC 2132 §8.13: none where there is no home agent. */
    public static final Option<List<Ip4Address>> MOBILE_IP_HOME_AGENT =
            new Option<>(68, "mobile-ip-home-agent", OptionTypes.ADDRESSES_OR_NONE);

    /** RFC 2132 §8.14. */
    public static final Option<List<Ip4Address>> SMTP_SERVERS =
            new Option<>(69, "smtp-server", OptionTypes.ADDRESSES);

    /** RFC 2132 §8.15. */
    public static final Option<List<Ip4Address>> POP_SERVERS =
            new Option<>(70, "pop-server", OptionTypes.ADDRESSES);

    /** RFC 2132 §8.16. */
    public static final Option<List<Ip4Address>> NNTP_SERVERS =
            new Option<>(71, "nntp-server", OptionTypes.ADDRESSES);

    /** RFC 2132 §8.17. */
    public static final Option<List<Ip4Address>> WWW_SERVERS =
            new Option<>(72, "www-server", OptionTypes.ADDRESSES);

    /** RFC 2132 §8.18. */
    public static final Option<List<Ip4Address>> FINGER_SERVERS =
            new Option<>(73, "finger-server", OptionTypes.ADDRESSES);

    /** RFC 2132 §8.19. */
    public static final Option<List<Ip4Address>> IRC_SERVERS =
            new Option<>(74, "irc-server", OptionTypes.ADDRESSES);

    /** RFC 2132 §8.20. */
    public static final Option<List<Ip4Address>> STREETTALK_SERVERS =
            new Option<>(75, "streettalk-server", OptionTypes.ADDRESSES);

    /** RFC 2132 §8.21. */
    public static final Option<List<Ip4Address>> STREETTALK_DIRECTORY_ASSISTANCE_SERVERS =
            new Option<>(76, "streettalk-directory-assistance-server", OptionTypes.ADDRESSES);
}
