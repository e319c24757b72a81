package io.leasehold.app.snoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Where tshark and we differ, one by one, and who is right. */
final class KnownDifferences {
    /** RFC 3925 §3: the data begins with its length, which tshark shows as part of the text. */
    private static final String VENDOR_CLASS = "option 124 dhcp.option.vi_class.data: .*";

    /** BBF TR-069 Annex F has six hexadecimal digits there; tshark takes three bytes in binary. */
    private static final String OUI = "option 125 dhcp.option.vi.tr111.device_manufacturer_oui: .*";

    static final List<String> OF_CAPTURES = List.of(VENDOR_CLASS, OUI);

    /** Under 236 bytes, or an hlen of more than 16: tshark shows what there is of such a one. */
    private static final String NO_MESSAGE = "is a message: tshark true";

    /** A value of the wrong length: we show its bytes, and say so; tshark reads what it can. */
    private static final String WRONG_LENGTH =
            "option (52 dhcp.option.option_overload|53 dhcp.option.dhcp):"
                    + " tshark \\d+, here [0-9a-f:]+";

    /** RFC 2132 §9.3: option 52 is one byte; of two bytes it says nothing, and is ignored. */
    private static final String OVERLOAD =
            "option (12|15) of a field that 52 might mean: tshark read, here not read";

    /** Sub-options that run past the end of theirs: so do these. */
    private static final String SUB_OPTIONS =
            "option 82 dhcp.option.(agent_information_option.suboption|suboption_length): .*";

    /** RFC 4702 §2.3: what is no domain name is shown as bytes, and a blank of a name escaped. */
    private static final String FQDN = "option 81 dhcp.fqdn.(name|flags): .*";

    /** RFC 3397 §2, RFC 1035 §4.1.4: what points at no earlier name is malformed, all of it. */
    private static final String SEARCH =
            "option 119 dhcp.option.dhcp_dns_domain_search_list_fqdn: .*";

    /** Characters that a terminal would obey are shown as bytes. */
    private static final String CONTROLS =
            "option 12 dhcp.option.hostname: tshark [^a]*a.*, here hex:.*";

    /** RFC 3396 §7: instances are one value, where tshark shows each by itself. */
    private static final String INSTANCES =
            "option 12 dhcp.option.hostname: tshark a+[.]{3}, here a+[.]{3}";

    /** RFC 2131 §2: chaddr has 16 bytes, whatever hlen says. */
    private static final String HLEN = "dhcp.hw.addr: .*";

    static final List<String> OF_CORPUS =
            List.of(
                    NO_MESSAGE,
                    WRONG_LENGTH,
                    OVERLOAD,
                    SUB_OPTIONS,
                    FQDN,
                    SEARCH,
                    CONTROLS,
                    INSTANCES,
                    HLEN);

    private KnownDifferences() {}

    /** Those that are not known. One that is known and does not occur is to be taken out. */
    static List<String> unknown(List<String> known, List<String> differences) {
        TreeSet<String> unmet = new TreeSet<>(known);
        List<String> unknown = new ArrayList<>();
        for (String each : differences) {
            String what = each.replaceFirst("^\\S+ \\d+ ", "");
            List<String> fits = known.stream().filter(p -> Pattern.matches(p, what)).toList();
            unmet.removeAll(fits);
            if (fits.isEmpty()) {
                unknown.add(each);
            }
        }
        assertThat(unmet).as("known, and not met").isEmpty();
        return unknown;
    }
}
