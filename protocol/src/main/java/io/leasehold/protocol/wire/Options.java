package io.leasehold.protocol.wire;

import java.util.List;

/**
 * Every option of IANA's registry of BOOTP and DHCP options that has a defined format, named after
 * what it holds. Where the registry has a code without a format, or with several, {@link
 * OptionRegistry} gives its bytes.
 */
public final class Options extends Rfc2132Options {
    private Options() {}

    /** RFC 3004 §4, and the bare string. */
    public static final Option<UserClass> USER_CLASS =
            new Option<>(77, "user-class", OptionTypes.USER_CLASS);

    /** RFC 2610 §3. */
    public static final Option<ServiceLocation.Agents> SLP_DIRECTORY_AGENT =
            new Option<>(78, "slp-directory-agent", new SingleType<>(ServiceLocation.AGENTS));

    /** RFC 2610 §4. */
    public static final Option<ServiceLocation.Scopes> SLP_SERVICE_SCOPE =
            new Option<>(79, "slp-service-scope", new SingleType<>(ServiceLocation.SCOPES));

    /** RFC 4039 §4. */
    public static final Option<Boolean> RAPID_COMMIT =
            new Option<>(80, "rapid-commit", OptionTypes.FLAG);

    /** RFC 4702 §2. */
    public static final Option<ClientFqdn> CLIENT_FQDN =
            new Option<>(81, "fqdn", OptionTypes.CLIENT_FQDN);

    /** RFC 3046 §2.0; the sub-options are in {@link RelayOptions}. */
    public static final Option<SubOptions> RELAY_AGENT_INFORMATION =
            new Option<>(82, "relay-agent-information", OptionTypes.SUB_OPTIONS);

    /** RFC 4174 §2. */
    public static final Option<InternetStorage> ISNS =
            new Option<>(83, "isns", new SingleType<>(InternetStorage.PART));

    /** RFC 2241 §2. */
    public static final Option<List<Ip4Address>> NDS_SERVERS =
            new Option<>(85, "nds-servers", OptionTypes.ADDRESSES);

    /** RFC 2241 §3. */
    public static final Option<Text> NDS_TREE_NAME =
            new Option<>(86, "nds-tree-name", OptionTypes.TEXT);

    /** RFC 2241 §4. */
    public static final Option<Text> NDS_CONTEXT =
            new Option<>(87, "nds-context", OptionTypes.TEXT);

    /** RFC 4280 §4.1. */
    public static final Option<DomainList> BCMS_CONTROLLER_NAMES =
            new Option<>(88, "bcms-controller-names", OptionTypes.DOMAIN_LIST);

    /** RFC 4280 §4.3. */
    public static final Option<List<Ip4Address>> BCMS_CONTROLLER_ADDRESS =
            new Option<>(89, "bcms-controller-address", OptionTypes.ADDRESSES);

    /** RFC 3118 §2. */
    public static final Option<Authentication> AUTHENTICATION =
            new Option<>(90, "authenticate", new SingleType<>(Authentication.PART));

    /** RFC 4388 §6.1: seconds ago. */
    public static final Option<Long> CLIENT_LAST_TRANSACTION_TIME =
            new Option<>(91, "client-last-transaction-time", OptionTypes.U32);

    /** RFC 4388 §6.1. */
    public static final Option<List<Ip4Address>> ASSOCIATED_IP =
            new Option<>(92, "associated-ip", OptionTypes.ADDRESSES);

    /** RFC 4578 §2.1. */
    public static final Option<List<Integer>> CLIENT_ARCHITECTURE =
            new Option<>(93, "client-system", OptionTypes.U16_LIST);

    /** RFC 4578 §2.2. */
    public static final Option<Pxe.InterfaceId> CLIENT_INTERFACE =
            new Option<>(94, "client-ndi", new SingleType<>(Pxe.INTERFACE_ID));

    /** RFC 3679 §3.2: registered without a document; a URL in use. */
    public static final Option<Text> LDAP = new Option<>(95, "ldap-url", OptionTypes.TEXT);

    /** RFC 4578 §2.3. */
    public static final Option<Pxe.MachineId> CLIENT_MACHINE_ID =
            new Option<>(97, "uuid-guid", new SingleType<>(Pxe.MACHINE_ID));

    /** RFC 2485 §2: URLs with spaces between them. */
    public static final Option<Text> USER_AUTHENTICATION =
            new Option<>(98, "uap-servers", OptionTypes.TEXT);

    /** RFC 4776 §3.1. */
    public static final Option<Location.Civic> CIVIC_LOCATION =
            new Option<>(99, "geoconf-civic", new SingleType<>(Location.CIVIC));

    /** RFC 4833 §2: as in TZ, {@code EST5EDT4,M3.2.0/02:00,M11.1.0/02:00}. */
    public static final Option<Text> POSIX_TIMEZONE = new Option<>(100, "pcode", OptionTypes.TEXT);

    /** RFC 4833 §2: a name of the time zone database. */
    public static final Option<Text> TIMEZONE = new Option<>(101, "tcode", OptionTypes.TEXT);

    /** RFC 8925 §3.1: seconds without IPv4. */
    public static final Option<Long> IPV6_ONLY_PREFERRED =
            new Option<>(108, "v6-only-preferred", OptionTypes.U32);

    /** RFC 8539 §6.2. */
    public static final Option<Ip6Address> DHCP4O6_SOURCE_ADDRESS =
            new Option<>(109, "dhcp4o6-s46-saddr", OptionTypes.IP6_ADDRESS);

    /** RFC 3679 §3.2: registered without a document. */
    public static final Option<List<Ip4Address>> NETINFO_SERVER_ADDRESS =
            new Option<>(112, "netinfo-server-address", OptionTypes.ADDRESSES);

    /** RFC 3679 §3.2: registered without a document. */
    public static final Option<Text> NETINFO_SERVER_TAG =
            new Option<>(113, "netinfo-server-tag", OptionTypes.TEXT);

    /** RFC 8910 §2.1: the URI of the API. */
    public static final Option<Text> CAPTIVE_PORTAL =
            new Option<>(114, "v4-captive-portal", OptionTypes.TEXT);

    /** RFC 2563 §2: 0 do not, 1 do. */
    public static final Option<Integer> AUTO_CONFIGURE =
            new Option<>(116, "auto-config", OptionTypes.u8(0, 1));

    /** RFC 2937: option codes in the order of use, 0 for local files. */
    public static final Option<List<Integer>> NAME_SERVICE_SEARCH =
            new Option<>(117, "name-service-search", OptionTypes.U16_LIST);

    /** RFC 3011 §2. */
    public static final Option<Ip4Address> SUBNET_SELECTION =
            new Option<>(118, "subnet-selection", OptionTypes.ADDRESS);

    /** RFC 3397 §2. */
    public static final Option<DomainList> DOMAIN_SEARCH =
            new Option<>(119, "domain-search", OptionTypes.DOMAIN_SEARCH);

    /** RFC 3361 §3. */
    public static final Option<SipServers> SIP_SERVERS =
            new Option<>(120, "sip-servers", new SingleType<>(SipServersPart.PART));

    /** RFC 3442. */
    public static final Option<List<Route>> CLASSLESS_STATIC_ROUTE =
            new Option<>(121, "classless-static-route", OptionTypes.ROUTES);

    /** RFC 3495 §4; the sub-options are in {@link CableLabsOptions}. */
    public static final Option<SubOptions> CABLELABS_CLIENT_CONFIGURATION =
            new Option<>(122, "ccc", OptionTypes.SUB_OPTIONS);

    /** RFC 6225 §2.2.1. */
    public static final Option<Location.Geographic> GEOGRAPHIC_LOCATION =
            new Option<>(123, "geoconf", new SingleType<>(Location.GEOGRAPHIC));

    /** RFC 3925 §3. */
    public static final Option<List<EnterpriseData>> VENDOR_IDENTIFYING_CLASS =
            new Option<>(124, "vivco-suboptions", OptionTypes.ENTERPRISE_DATA);

    /** RFC 3925 §4. */
    public static final Option<List<EnterpriseData>> VENDOR_IDENTIFYING_INFORMATION =
            new Option<>(125, "vivso-suboptions", OptionTypes.ENTERPRISE_DATA);

    /** RFC 5192 §4. */
    public static final Option<List<Ip4Address>> PANA_AGENT =
            new Option<>(136, "pana-agent", OptionTypes.ADDRESSES);

    /** RFC 5223 §3. */
    public static final Option<DomainName> LOST_SERVER =
            new Option<>(137, "v4-lost", OptionTypes.DOMAIN_NAME);

    /** RFC 5417 §2. */
    public static final Option<List<Ip4Address>> CAPWAP_ACCESS_CONTROLLER =
            new Option<>(138, "capwap-ac-v4", OptionTypes.ADDRESSES);

    /** RFC 5678 §2; the sub-options are in {@link MobilityOptions}. */
    public static final Option<SubOptions> MOBILITY_SERVICE_ADDRESSES =
            new Option<>(139, "mos-addresses", OptionTypes.SUB_OPTIONS);

    /** RFC 5678 §3; the sub-options are in {@link MobilityOptions}. */
    public static final Option<SubOptions> MOBILITY_SERVICE_NAMES =
            new Option<>(140, "mos-names", OptionTypes.SUB_OPTIONS);

    /** RFC 6011 §4.1: with compression. */
    public static final Option<DomainList> SIP_CONFIGURATION_DOMAINS =
            new Option<>(141, "sip-ua-cs-domains", OptionTypes.DOMAIN_SEARCH);

    /** RFC 6153 §2. */
    public static final Option<List<Ip4Address>> ANDSF_SERVERS =
            new Option<>(142, "andsf-servers", OptionTypes.ADDRESSES);

    /** RFC 8572 §8.1: URIs of bootstrap servers. */
    public static final Option<List<Text>> SZTP_REDIRECT =
            new Option<>(143, "v4-sztp-redirect", new ListType<>(FramedParts.URI, false));

    /** RFC 6225 §2.2.2. */
    public static final Option<Location.Geographic> GEOLOC =
            new Option<>(144, "geoloc", new SingleType<>(Location.GEOGRAPHIC));

    /** RFC 6704 §3.1.1: algorithms. */
    public static final Option<List<Integer>> FORCERENEW_NONCE_CAPABLE =
            new Option<>(145, "forcerenew-nonce-capable", OptionTypes.U8_LIST);

    /** RFC 6731 §4.3. */
    public static final Option<Resolver.Selection> RDNSS_SELECTION =
            new Option<>(146, "rdnss-selection", new SingleType<>(Resolver.SELECTION));

    /** RFC 8973 §5.2. */
    public static final Option<DomainName> DOTS_NAME =
            new Option<>(147, "v4-dots-ri", OptionTypes.DOMAIN_NAME);

    /** RFC 8973 §5.2. */
    public static final Option<List<Ip4Address>> DOTS_ADDRESSES =
            new Option<>(148, "v4-dots-address", OptionTypes.ADDRESSES);

    /** RFC 5859 §2. */
    public static final Option<List<Ip4Address>> TFTP_SERVER_ADDRESS =
            new Option<>(150, "tftp-server-address", OptionTypes.ADDRESSES);

    /** RFC 6926 §6.2.2. */
    public static final Option<StatusCode> STATUS_CODE =
            new Option<>(151, "status-code", new SingleType<>(StatusCode.PART));

    /** RFC 6926 §6.2.3: seconds since 1970. */
    public static final Option<Long> BASE_TIME = new Option<>(152, "base-time", OptionTypes.U32);

    /** RFC 6926 §6.2.4: seconds before the base time. */
    public static final Option<Long> START_TIME_OF_STATE =
            new Option<>(153, "start-time-of-state", OptionTypes.U32);

    /** RFC 6926 §6.2.5: seconds since 1970. */
    public static final Option<Long> QUERY_START_TIME =
            new Option<>(154, "query-start-time", OptionTypes.U32);

    /** RFC 6926 §6.2.6: seconds since 1970. */
    public static final Option<Long> QUERY_END_TIME =
            new Option<>(155, "query-end-time", OptionTypes.U32);

    /** RFC 6926 §6.2.7. */
    public static final Option<Integer> DHCP_STATE =
            new Option<>(156, "dhcp-state", OptionTypes.U8);

    /** RFC 6926 §6.2.8: a bit field. */
    public static final Option<Integer> DATA_SOURCE =
            new Option<>(157, "data-source", OptionTypes.U8);

    /** RFC 7291 §4. */
    public static final Option<List<List<Ip4Address>>> PCP_SERVERS =
            new Option<>(158, "v4-pcp-server", new ListType<>(FramedParts.SERVER, false));

    /** RFC 7618 §9. */
    public static final Option<Ip6Transition.PortParameters> PORT_PARAMETERS =
            new Option<>(159, "v4-portparams", new SingleType<>(Ip6Transition.PORT_PARAMETERS));

    /** RFC 8520 §10.1. */
    public static final Option<Text> MUD_URL = new Option<>(161, "mud-url", OptionTypes.TEXT);

    /** RFC 9463 §5.1. */
    public static final Option<List<Resolver.Encrypted>> ENCRYPTED_RESOLVERS =
            new Option<>(162, "v4-dnr", new ListType<>(Resolver.ENCRYPTED, false));

    /** RFC 5071 §3: 0xf100747e; deprecated. */
    public static final Option<Long> PXELINUX_MAGIC =
            new Option<>(208, "pxelinux-magic", OptionTypes.U32);

    /** RFC 5071 §4. */
    public static final Option<Text> PXELINUX_CONFIGFILE =
            new Option<>(209, "pxelinux-configfile", OptionTypes.TEXT);

    /** RFC 5071 §5. */
    public static final Option<Text> PXELINUX_PATHPREFIX =
            new Option<>(210, "pxelinux-pathprefix", OptionTypes.TEXT);

    /** RFC 5071 §6: seconds. */
    public static final Option<Long> PXELINUX_REBOOTTIME =
            new Option<>(211, "pxelinux-reboottime", OptionTypes.U32);

    /** RFC 5969 §7.1.1. */
    public static final Option<Ip6Transition.SixRd> SIX_RD =
            new Option<>(212, "option-6rd", new SingleType<>(Ip6Transition.SIX_RD));

    /** RFC 5986 §3.2. */
    public static final Option<DomainName> ACCESS_DOMAIN =
            new Option<>(213, "v4-access-domain", OptionTypes.DOMAIN_NAME);

    /** RFC 6656 §3. */
    public static final Option<SubnetAllocation> SUBNET_ALLOCATION =
            new Option<>(220, "subnet-allocation", new SingleType<>(SubnetAllocation.PART));

    /** RFC 6607 §3.1. */
    public static final Option<VirtualSubnet> VIRTUAL_SUBNET =
            new Option<>(221, "virtual-subnet-selection", OptionTypes.VIRTUAL_SUBNET);

    /** As 121, from the private range, before 121 was known to Windows. */
    public static final Option<List<Route>> CLASSLESS_STATIC_ROUTE_MICROSOFT =
            new Option<>(249, "classless-static-route-microsoft", OptionTypes.ROUTES);
}
