package io.leasehold.protocol.wire;

import java.util.List;

/** The sub-options of options 139 and 140, for {@link SubOptions#get} (RFC 5678). */
public final class MobilityOptions {
    /** RFC 5678 §2: the information service, in 139. */
    public static final Option<List<Ip4Address>> INFORMATION_ADDRESSES =
            new Option<>(1, "information-service", OptionTypes.ADDRESSES);

    /** RFC 5678 §2: the command service, in 139. */
    public static final Option<List<Ip4Address>> COMMAND_ADDRESSES =
            new Option<>(2, "command-service", OptionTypes.ADDRESSES);

    /** RFC 5678 §2: the event service, in 139. */
    public static final Option<List<Ip4Address>> EVENT_ADDRESSES =
            new Option<>(3, "event-service", OptionTypes.ADDRESSES);

    /** RFC 5678 §3: the information service, in 140. */
    public static final Option<DomainList> INFORMATION_NAMES =
            new Option<>(1, "information-service", OptionTypes.DOMAIN_LIST);

    /** RFC 5678 §3: the command service, in 140. */
    public static final Option<DomainList> COMMAND_NAMES =
            new Option<>(2, "command-service", OptionTypes.DOMAIN_LIST);

    /** RFC 5678 §3: the event service, in 140. */
    public static final Option<DomainList> EVENT_NAMES =
            new Option<>(3, "event-service", OptionTypes.DOMAIN_LIST);

    private MobilityOptions() {}
}
