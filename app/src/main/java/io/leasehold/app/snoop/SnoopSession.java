package io.leasehold.app.snoop;

import io.leasehold.app.text.MessageNames;
import io.leasehold.app.text.OptionView;
import io.leasehold.app.text.OptionViews;
import io.leasehold.protocol.capture.Checksum;
import io.leasehold.protocol.capture.Datagram;
import io.leasehold.protocol.capture.Decoded;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageText;
import io.leasehold.protocol.wire.OptionRegistry;
import io.leasehold.protocol.wire.ParseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes what was seen, one after another: pairs it, filters it, writes it, counts it. */
public final class SnoopSession {
    private final SnoopText text;
    private final Filter filter;
    private final @Nullable Path each;
    private final long countMax;
    private final List<Integer> ports;
    private final boolean quiet;
    private final Exchanges exchanges = new Exchanges();
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, Long> others = new TreeMap<>();
    private long shown;
    private long noted;

    /**
     * @param each what the names of files begin with, one for each message shown; null for none
     * @param countMax how many are shown before it ends; 0 for no end
     * @param quiet shows nothing, and counts
     */
    SnoopSession(
            SnoopText text,
            Filter filter,
            List<Integer> ports,
            @Nullable Path each,
            long countMax,
            boolean quiet) {
        this.text = text;
        this.filter = filter;
        this.ports = ports;
        this.each = each;
        this.countMax = countMax;
        this.quiet = quiet;
    }

    /** True when as many as wanted were shown. */
    boolean done() {
        return countMax > 0 && shown >= countMax;
    }

    /**
     * Takes a frame.
     *
     * @param out where its text goes
     */
    void take(
            String interfaceName,
            long epochNanos,
            boolean unfinished,
            Decoded decoded,
            StringBuilder out)
            throws IOException {
        switch (decoded) {
            case Decoded.Udp udp when udp.datagram().concerns(ports) ->
                    take(Sighting.of(interfaceName, epochNanos, unfinished, udp.datagram()), out);
            case Decoded.Malformed malformed ->
                    others.merge("frames with " + malformed.why().text(), 1L, Long::sum);
            case Decoded.Udp other -> others.merge("other UDP", 1L, Long::sum);
            case Decoded.Fragment fragment -> others.merge("fragments", 1L, Long::sum);
            case Decoded.Other other -> others.merge("other frames", 1L, Long::sum);
        }
    }

    void take(Sighting sighting, StringBuilder out) throws IOException {
        List<String> notes = new ArrayList<>();
        Message message = sighting.message();
        long after = -1;
        if (message != null) {
            after = exchanges.take(sighting, message, notes);
            notes.addAll(MessageText.flaws(message));
            for (OptionView view : OptionViews.of(message, OptionRegistry.STANDARD)) {
                if (!view.problem().isEmpty()) {
                    notes.add(
                            "option "
                                    + view.code()
                                    + " "
                                    + view.name()
                                    + " is malformed: "
                                    + view.problem());
                }
            }
        } else if (sighting.result() instanceof ParseResult.Malformed malformed) {
            notes.add("no DHCP message: " + why(malformed, sighting.datagram()));
        }
        noteWay(sighting, notes);
        Finding finding = new Finding(after, notes);
        String type = message == null ? "no DHCP message" : MessageNames.type(message);
        if (done() || !filter.matches(sighting, finding)) {
            others.merge("not shown by the filter", 1L, Long::sum);
            return;
        }
        shown++;
        noted += notes.isEmpty() ? 0 : 1;
        counts.merge(type, 1L, Long::sum);
        if (!quiet) {
            out.append(text.write(sighting, finding));
        }
        if (each != null) {
            save(each, type, sighting.datagram());
        }
    }

    private static String why(ParseResult.Malformed malformed, Datagram datagram) {
        int length = datagram.payload().length();
        return switch (malformed.why()) {
            case SHORT_HEADER -> length + " bytes, and the header alone has 236";
            case HARDWARE_LENGTH ->
                    "hlen is " + datagram.payload().get(2) + ", and chaddr has 16 bytes";
            case TOO_LONG -> length + " bytes, and UDP carries 65507 at most";
        };
    }

    private static void noteWay(Sighting sighting, List<String> notes) {
        Datagram datagram = sighting.datagram();
        if (datagram.cutBytes() > 0) {
            notes.add(datagram.cutBytes() + " bytes of it were not captured");
        }
        if (datagram.checksum() == Checksum.BAD && !sighting.checksumUnfinished()) {
            notes.add("the UDP check sum is wrong, or was left to the network card");
        }
    }

    private void save(Path prefix, String type, Datagram datagram) throws IOException {
        String name =
                String.format(
                        Locale.ROOT,
                        "%s-%06d-%s.bin",
                        prefix.getFileName(),
                        shown,
                        type.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"));
        Files.write(prefix.resolveSibling(name), datagram.payload().toBytes());
    }

    /** {@code 8 messages shown (2 ACK, 2 DISCOVER, ...), 1 with notes}. */
    String summary() {
        StringBuilder summary = new StringBuilder();
        summary.append(shown).append(shown == 1 ? " message" : " messages").append(" shown");
        String separator = " (";
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            summary.append(separator).append(count.getValue()).append(' ').append(count.getKey());
            separator = ", ";
        }
        summary.append(counts.isEmpty() ? "" : ")");
        summary.append(", ").append(noted).append(" with notes");
        others.forEach(
                (what, count) -> summary.append(", ").append(count).append(' ').append(what));
        return summary.toString();
    }
}
