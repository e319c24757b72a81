package io.leasehold.app.snapshot;

import io.leasehold.protocol.capture.CaptureRead;
import io.leasehold.protocol.capture.CaptureReader;
import io.leasehold.protocol.capture.CapturedFrame;
import io.leasehold.protocol.capture.Datagram;
import io.leasehold.protocol.capture.Decoded;
import io.leasehold.protocol.capture.FrameDecoder;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.Options;
import io.leasehold.protocol.wire.ParseResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a capture holds of DHCP: requests, the answers to each, and what cannot be used. */
public final class Recording {
    /** Requests and answers that one test takes at the most. */
    public static final int MESSAGES_MAX = 500;

    private static final List<Integer> PORTS = List.of(67, 68, 4011);
    private static final int MESSAGE_BYTES_MAX = 16_384;
    private static final int PREFIX_DEFAULT = 24;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final List<Seen> seen = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<Integer, FrameDecoder> decoders = new HashMap<>();

    /** A message, and how it came. */
    private record Seen(Message message, Ip4Address source, Ip4Address destination, long nanos) {
        boolean isRequest() {
            return message.op() == Message.BOOTREQUEST;
        }

        /** What a request and its answers have in common. */
        Transaction transaction() {
            return new Transaction(message.xid(), message.hardware(), message.giaddr());
        }
    }

    private record Transaction(int xid, HardwareAddress hardware, Ip4Address giaddr) {}

    private Recording() {}

    /**
     * Reads a capture to its end, or to where it cannot be read any further.
     *
     * @throws IOException when the file itself cannot be read
     */
    public static Recording read(InputStream in) throws IOException {
        Recording recording = new Recording();
        CaptureReader reader = new CaptureReader(in);
        boolean more = true;
        while (more) {
            switch (reader.next()) {
                case CaptureRead.Frame frame -> recording.frame(frame.frame());
                case CaptureRead.Skipped skipped ->
                        recording.note(skipped.offset(), skipped.why() + "; it is left out");
                case CaptureRead.Ended ignored -> more = false;
                case CaptureRead.Stopped stopped -> {
                    recording.note(stopped.offset(), stopped.why() + "; nothing is read behind");
                    more = false;
                }
            }
        }
        return recording;
    }

    private void note(long offset, String what) {
        notes.add("byte " + offset + ": " + what);
    }

    private void frame(CapturedFrame frame) {
        FrameDecoder decoder =
                decoders.computeIfAbsent(frame.source().number(), number -> new FrameDecoder());
        if (decoder.decode(frame) instanceof Decoded.Udp udp && udp.datagram().concerns(PORTS)) {
            datagram(frame, udp.datagram());
        }
    }

    private void datagram(CapturedFrame frame, Datagram datagram) {
        byte[] bytes = datagram.payload().toBytes();
        if (datagram.cutBytes() > 0) {
            note(
                    frame.offset(),
                    "a message of which " + datagram.cutBytes() + " bytes are missing is left out");
        } else if (bytes.length > MESSAGE_BYTES_MAX) {
            note(frame.offset(), "a message of " + bytes.length + " bytes is left out");
        } else if (Message.parse(bytes) instanceof ParseResult.Parsed parsed) {
            seen.add(
                    new Seen(
                            parsed.message(),
                            datagram.source(),
                            datagram.destination(),
                            frame.epochNanos()));
        } else {
            note(frame.offset(), "a datagram that is no message is left out");
        }
    }

    /** What of the file could not be used, and where that begins. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** How many answers each server gave, by the address that they came from. */
    public Map<Ip4Address, Integer> servers() {
        Map<Ip4Address, Integer> counts = new LinkedHashMap<>();
        for (Seen each : seen) {
            if (!each.isRequest()) {
                counts.merge(each.source(), 1, Integer::sum);
            }
        }
        return counts;
    }

    /** The server that answered most; null when none did. */
    public @Nullable Ip4Address busiest() {
        Ip4Address most = null;
        int count = 0;
        for (Map.Entry<Ip4Address, Integer> each : servers().entrySet()) {
            if (each.getValue() > count) {
                most = each.getKey();
                count = each.getValue();
            }
        }
        return most;
    }

    /** The address of a server with the prefix length of the mask that it told; 24 where none. */
    public String network(Ip4Address server) {
        for (Seen each : seen) {
            Ip4Address mask = each.message().get(Options.SUBNET_MASK).or(Ip4Address.ZERO);
            if (!each.isRequest() && each.source().equals(server) && !mask.isZero()) {
                return server + "/" + Integer.bitCount(mask.bits());
            }
        }
        return server + "/" + PREFIX_DEFAULT;
    }

    /** Every request in its order, with what one server answered to it. */
    public List<Recorded> of(Ip4Address server) {
        List<Seen> requests = new ArrayList<>();
        List<List<Message>> answers = new ArrayList<>();
        Map<Transaction, Integer> last = new HashMap<>();
        for (Seen each : seen) {
            if (each.isRequest()) {
                last.put(each.transaction(), requests.size());
                requests.add(each);
                answers.add(new ArrayList<>());
                continue;
            }
            Integer at = last.get(each.transaction());
            // A capture on several interfaces holds the same answer more than once.
            if (at != null
                    && each.source().equals(server)
                    && !answers.get(at).contains(each.message())) {
                answers.get(at).add(each.message());
            }
        }
        List<Recorded> all = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            Seen each = requests.get(i);
            long after = i == 0 ? 0 : millis(requests.get(i - 1), each);
            all.add(
                    new Recorded(
                            each.message(),
                            each.source(),
                            each.destination(),
                            after,
                            answers.get(i)));
        }
        return all;
    }

    private static long millis(Seen before, Seen now) {
        boolean known =
                before.nanos() != CapturedFrame.NO_TIME && now.nanos() != CapturedFrame.NO_TIME;
        return known ? Math.max(0, (now.nanos() - before.nanos()) / NANOS_PER_MILLI) : 0;
    }
}
