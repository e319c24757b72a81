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
