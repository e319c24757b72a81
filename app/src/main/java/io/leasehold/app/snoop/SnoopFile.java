package io.leasehold.app.snoop;

import io.leasehold.protocol.capture.CaptureRead;
import io.leasehold.protocol.capture.CaptureReader;
import io.leasehold.protocol.capture.CapturedFrame;
import io.leasehold.protocol.capture.Datagram;
import io.leasehold.protocol.capture.Decoded;
import io.leasehold.protocol.capture.FrameDecoder;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows what is in a capture file. */
public final class SnoopFile {
    private static final int TEXT_CHARACTERS = 8192;

    private final SnoopPlan plan;
    private final SnoopSession session;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Map<Integer, FrameDecoder> decoders = new HashMap<>();

    /**
     * @throws IllegalArgumentException when the filter is none; the message says why
     */
    public SnoopFile(SnoopPlan plan, PrintWriter out, PrintWriter err) {
        this.plan = plan;
        this.session = plan.session();
        this.out = out;
        this.err = err;
    }

    /** Reads to the end; 1 when the file could not be read to its own end. */
    public int run(Path file) throws IOException {
        String name = file.toString().equals("-") ? "standard input" : file.toString();
        Path save = plan.save();
        try (InputStream in = open(file);
                Saver saver = save == null ? null : new Saver(save)) {
            return run(name, new CaptureReader(in), saver);
        }
    }

    private static InputStream open(Path file) throws IOException {
        if (file.toString().equals("-")) {
            return new BufferedInputStream(System.in);
        }
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": is a directory, expected a capture file");
        }
        return new BufferedInputStream(Files.newInputStream(file));
    }

    private int run(String name, CaptureReader reader, @Nullable Saver saver) throws IOException {
        StringBuilder text = new StringBuilder();
        int exit = 0;
        boolean reading = true;
        while (reading && !session.done()) {
            switch (reader.next()) {
                case CaptureRead.Frame frame -> take(frame.frame(), saver, text);
                case CaptureRead.Skipped skipped -> {
                    flush(text);
                    err.println(at(name, skipped.offset()) + skipped.why() + "; reading goes on");
                    exit = 1;
                }
                case CaptureRead.Stopped stopped -> {
                    flush(text);
                    err.println(at(name, stopped.offset()) + stopped.why() + "; reading stops");
                    exit = 1;
                    reading = false;
                }
                case CaptureRead.Ended ended -> reading = false;
            }
            if (text.length() > TEXT_CHARACTERS) {
                flush(text);
            }
        }
        flush(text);
        err.println("leasehold: " + session.summary() + incomplete());
        return exit;
    }

    private static String at(String name, long offset) {
        return "leasehold: " + name + ": at byte " + offset + ": ";
    }

    private void flush(StringBuilder text) {
        out.print(text);
        out.flush();
        text.setLength(0);
    }

    private void take(CapturedFrame frame, @Nullable Saver saver, StringBuilder text)
            throws IOException {
        FrameDecoder decoder =
                decoders.computeIfAbsent(frame.source().number(), any -> new FrameDecoder());
        Decoded decoded = decoder.decode(frame);
        if (saver != null && concerns(decoded)) {
            saver.save(frame);
        }
        session.take(frame.source().name(), frame.epochNanos(), false, decoded, text);
    }

    private boolean concerns(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Udp(Datagram datagram) -> datagram.concerns(plan.ports());
            case Decoded.Fragment fragment -> true;
            case Decoded.Malformed malformed -> true;
            case Decoded.Other other -> false;
        };
    }

    private String incomplete() {
        long incomplete = 0;
        for (FrameDecoder decoder : decoders.values()) {
            incomplete += decoder.incomplete() + decoder.givenUp();
        }
        return incomplete == 0
                ? ""
                : ", " + incomplete + " datagrams of which fragments are missing";
    }
}
