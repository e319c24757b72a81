package io.leasehold.protocol.wire;

/**
 * Options that belong together. Sets are combined by {@link OptionRegistry#and}, those of your own
 * too.
 */
public final class OptionSets {
    /** What nearly every client asks for and every server says (RFC 2132). */
    public static final OptionRegistry BASIC =
            OptionRegistry.of(
                    Options.SUBNET_MASK,
                    Options.ROUTERS,
                    Options.DOMAIN_NAME_SERVERS,
                    Options.HOST_NAME,
                    Options.DOMAIN_NAME,
                    Options.BROADCAST_ADDRESS,
                    Options.NTP_SERVERS,
                    Options.REQUESTED_ADDRESS,
                    Options.LEASE_TIME,
                    Options.MESSAGE_TYPE,
                    Options.SERVER_ID,
                    Options.PARAMETER_LIST,
                    Options.MESSAGE_TEXT,
                    Options.MAX_MESSAGE_SIZE,
                    Options.RENEWAL_TIME,
                    Options.REBINDING_TIME,
                    Options.CLIENT_ID);

    /** What boots machines: PXE (RFC 4578), PXELINUX (RFC 5071), and iPXE's own. */
    public static final OptionRegistry PXE =
            OptionRegistry.of(
                    Options.VENDOR_ENCAPSULATED_OPTIONS,
                    Options.VENDOR_CLASS,
                    Options.TFTP_SERVER_NAME,
                    Options.BOOTFILE_NAME,
                    Options.USER_CLASS,
                    Options.CLIENT_ARCHITECTURE,
                    Options.CLIENT_INTERFACE,
                    Options.CLIENT_MACHINE_ID,
                    OptionRegistry.STANDARD.byCode(150),
                    new Option<>(175, "ipxe", OptionTypes.SUB_OPTIONS),
                    OptionRegistry.STANDARD.byCode(208),
                    OptionRegistry.STANDARD.byCode(209),
                    OptionRegistry.STANDARD.byCode(210),
                    OptionRegistry.STANDARD.byCode(211));

    private OptionSets() {}
}
