package io.leasehold.app.snoop;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run of {@code leasehold snoop} does.
 *
 * @param interfaces names; none for all
 * @param ports UDP ports of which one has to be the datagram's source or destination
 * @param filter what is shown, in the words of {@link FilterParser}; empty for all
 * @param full true for every field of a message
 * @param json true for an object a line
 * @param colours true for a terminal that has them
 * @param quiet true to show nothing but the summary
 * @param save the capture file to write; null for none
 * @param saveEach what the names of files begin with, one a message; null for none
 * @param read the capture file to read, {@code -} for standard input; null to listen
 * @param countMax how many messages are shown before it ends; 0 for no end
 * @param seconds how long it listens; 0 for no end
 */
public record SnoopPlan(
        List<String> interfaces,
        List<Integer> ports,
        String filter,
        boolean full,
        boolean json,
        boolean colours,
        boolean quiet,
        @Nullable Path save,
        @Nullable Path saveEach,
        @Nullable Path read,
        long countMax,
        double seconds) {
    public SnoopPlan {
        interfaces = List.copyOf(interfaces);
        ports = List.copyOf(ports);
    }

    SnoopSession session() {
        SnoopText.Form form =
                json ? SnoopText.Form.JSON : full ? SnoopText.Form.FULL : SnoopText.Form.LINE;
        return new SnoopSession(
                new SnoopText(form, colours, read != null, ZoneId.systemDefault()),
                filter.isEmpty() ? Filter.ALL : FilterParser.parse(filter),
                ports,
                saveEach,
                countMax,
                quiet);
    }
}
