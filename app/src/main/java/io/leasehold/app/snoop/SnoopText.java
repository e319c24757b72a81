package io.leasehold.app.snoop;

import io.leasehold.app.text.MessageJson;
import io.leasehold.app.text.MessageLine;
import io.leasehold.app.text.MessageLines;
import io.leasehold.protocol.capture.Checksum;
import io.leasehold.protocol.capture.Datagram;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionRegistry;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How a sighting is written: in a line, in full, as JSON. */
final class SnoopText {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

    private static final String PLAIN = "\u001b[0m";
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String CYAN = "\u001b[36m";

    /** The three ways. */
    enum Form {
        LINE,
        FULL,
        JSON
    }

    private final Form form;
    private final boolean colours;
    private final DateTimeFormatter time;
    private final ZoneId zone;

    /**
     * @param dates true where the day matters: in a file
     */
    SnoopText(Form form, boolean colours, boolean dates, ZoneId zone) {
        this.form = form;
        this.colours = colours;
        this.time = dates ? DATE : CLOCK;
        this.zone = zone;
    }

    /** One line or several, each with its end. */
    String write(Sighting sighting, Finding finding) {
        return switch (form) {
            case JSON -> json(sighting, finding) + "\n";
            case LINE -> line(sighting, finding) + notes(finding) + "\n";
            case FULL -> full(sighting, finding);
        };
    }

    private String line(Sighting sighting, Finding finding) {
        StringBuilder line = new StringBuilder(160);
        line.append(at(sighting.epochNanos(), time)).append(' ');
        if (!sighting.interfaceName().isEmpty()) {
            line.append(sighting.interfaceName()).append(' ');
        }
        Datagram datagram = sighting.datagram();
        datagram.vlans().forEach(vlan -> line.append("vlan ").append(vlan).append(' '));
        Message message = sighting.message();
        if (message == null) {
            line.append(datagram.source()).append(" -> ").append(datagram.destination());
        } else {
            String text = MessageLine.of(message);
            int end = text.indexOf(' ');
            line.append(coloured(colour(message), text.substring(0, end)));
            line.append(text.substring(end));
        }
        if (finding.answerNanos() >= 0) {
            line.append(", after ").append(duration(finding.answerNanos()));
        }
        return line.toString();
    }

    private String notes(Finding finding) {
        StringBuilder notes = new StringBuilder();
        for (String note : finding.notes()) {
            notes.append(coloured(YELLOW, "  ! " + note));
        }
        return notes.toString();
    }

    private String full(Sighting sighting, Finding finding) {
        StringBuilder text = new StringBuilder(1000);
        text.append(line(sighting, finding)).append('\n');
        for (String note : finding.notes()) {
            text.append(coloured(YELLOW, "  ! " + note)).append('\n');
        }
        text.append("  ").append(way(sighting)).append('\n');
        Message message = sighting.message();
        if (message != null) {
            List<String> lines = MessageLines.lines(message, OptionRegistry.STANDARD);
            lines.forEach(each -> text.append(each).append('\n'));
        }
        return text.append('\n').toString();
    }

    private static String way(Sighting sighting) {
        Datagram datagram = sighting.datagram();
        return datagram.hardwareSource()
                + " -> "
                + datagram.hardwareDestination()
                + ", "
                + datagram.source()
                + ":"
                + datagram.sourcePort()
                + " -> "
                + datagram.destination()
                + ":"
                + datagram.destinationPort()
                + ", ttl "
                + datagram.ttl()
                + ", "
                + datagram.payload().length()
                + " bytes"
                + (datagram.fragments() > 1 ? " in " + datagram.fragments() + " fragments" : "")
                + ", check sum "
                + checksum(sighting);
    }

    private static String checksum(Sighting sighting) {
        return sighting.checksumUnfinished() && sighting.datagram().checksum() == Checksum.BAD
                ? "left to the network card"
                : sighting.datagram().checksum().name().toLowerCase(Locale.ROOT);
    }

    private static String colour(Message message) {
        MessageType type = message.type();
        if (type == MessageType.NAK || type == MessageType.DECLINE) {
            return RED;
        }
        return message.op() == Message.BOOTREPLY ? GREEN : CYAN;
    }

    private String coloured(String colour, String text) {
        return colours ? colour + text + PLAIN : text;
    }

    private String at(long epochNanos, DateTimeFormatter formatter) {
        return formatter.format(instant(epochNanos).atZone(zone));
    }

    private static Instant instant(long epochNanos) {
        // A file may tell no time.
        long nanos = Math.max(epochNanos, 0);
        return Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND);
    }

    private ObjectNode json(Sighting sighting, Finding finding) {
        Datagram datagram = sighting.datagram();
        ObjectNode json = MessageJson.object();
        json.put("time", instant(sighting.epochNanos()).toString());
        json.put("interface", sighting.interfaceName());
        json.put("direction", datagram.direction().name().toLowerCase(Locale.ROOT));
        ArrayNode vlans = json.putArray("vlans");
        datagram.vlans().forEach(vlans::add);
        json.put("hardware-source", datagram.hardwareSource().toString());
        json.put("hardware-destination", datagram.hardwareDestination().toString());
        json.put("source", datagram.source().toString());
        json.put("source-port", datagram.sourcePort());
        json.put("destination", datagram.destination().toString());
        json.put("destination-port", datagram.destinationPort());
        json.put("ttl", datagram.ttl());
        json.put("fragments", datagram.fragments());
        json.put("checksum", checksum(sighting));
        MessageJson.put(json, datagram.payload(), sighting.result());
        if (finding.answerNanos() >= 0) {
            json.put("answered-after-seconds", finding.answerNanos() / 1e9);
        }
        ArrayNode notes = json.putArray("notes");
        finding.notes().forEach(notes::add);
        return json;
    }

    /** {@code 1.276 ms}, {@code 4.0 s}. */
    static String duration(long nanos) {
        return nanos < NANOS_PER_SECOND
                ? String.format(Locale.ROOT, "%.3f ms", nanos / 1e6)
                : String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }
}
