package io.leasehold.app.leases;

import io.leasehold.app.Faults;
import io.leasehold.app.Printable;
import io.leasehold.lease.Lease;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads leases from a file of JSON lines: all of them, or none and what is wrong with each. */
public final class LeaseImport {
    private static final int ERRORS_SHOWN_MAX = 100;
    private static final int LINE_CHARACTERS_MAX = 512 << 10;

    private final List<Lease> leases = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final Map<Ip4Address, Integer> lines = new HashMap<>();
    private final String file;
    private long errorCount;

    private LeaseImport(Path file) {
        this.file = Printable.of(file.toString());
    }

    /**
     * What a file holds.
     *
     * @param leases every lease; to be used only when there are no errors
     * @param errors a line each, {@code file:line: what was found and what was expected}
     */
    public record Content(List<Lease> leases, List<String> errors) {}

    /** Reads a whole file. */
    public static Content read(Path file) throws IOException {
        Faults.refuseDirectory(file);
        LeaseImport reading = new LeaseImport(file);
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            String line = in.readLine();
            while (line != null) {
                reading.line(++number, line);
                line = in.readLine();
            }
        } catch (MalformedInputException e) {
            throw new IOException(file + " is not UTF-8 text", e);
        }
        if (reading.errorCount > ERRORS_SHOWN_MAX) {
            long more = reading.errorCount - ERRORS_SHOWN_MAX;
            reading.errors.add(reading.file + ": and " + more + " more errors");
        }
        return new Content(reading.leases, reading.errors);
    }

    private void line(int number, String line) {
        if (line.isBlank()) {
            return;
        }
        try {
            if (line.length() > LINE_CHARACTERS_MAX) {
                throw new IllegalArgumentException("the line is longer than any lease");
            }
            Lease lease = LeaseLine.parse(line);
            Integer before = lines.putIfAbsent(lease.address(), number);
            if (before != null) {
                throw new IllegalArgumentException(
                        "address: " + lease.address() + " is in line " + before + " already");
            }
            leases.add(lease);
        } catch (IllegalArgumentException e) {
            errorCount++;
            if (errors.size() < ERRORS_SHOWN_MAX) {
                errors.add(file + ":" + number + ": " + Printable.of(e.getMessage() + ""));
            }
        }
    }
}
