package io.leasehold.app.leases;

import io.leasehold.app.Printable;
import io.leasehold.lease.Lease;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Leases as a table for people, its columns as wide as what stands in them. */
public final class LeaseTableText {
    private static final List<String> HEAD =
            List.of("ADDRESS", "STATE", "CLIENT ID", "HARDWARE", "HOST NAME", "ENDS");
    private static final int CELL_CHARACTERS_MAX = 60;

    private LeaseTableText() {}

    public static void print(List<Lease> leases, long nowSeconds, PrintWriter out) {
        int[] widths = new int[HEAD.size()];
        widen(widths, HEAD);
        for (Lease lease : leases) {
            widen(widths, row(lease, nowSeconds));
        }
        line(HEAD, widths, out);
        for (Lease lease : leases) {
            line(row(lease, nowSeconds), widths, out);
        }
    }

    private static List<String> row(Lease lease, long nowSeconds) {
        List<String> cells = new ArrayList<>();
        cells.add(lease.address().toString());
        cells.add(LeaseText.state(lease, nowSeconds));
        cells.add(cell(LeaseText.clientId(lease)));
        cells.add(cell(LeaseText.hardware(lease)));
        cells.add(cell(lease.hostName()));
        cells.add(LeaseText.fromNow(lease.endSeconds(), nowSeconds));
        return cells;
    }

    private static String cell(String text) {
        String shown = Printable.of(text);
        if (shown.isEmpty()) {
            return "-";
        }
        return shown.length() <= CELL_CHARACTERS_MAX
                ? shown
                : shown.substring(0, CELL_CHARACTERS_MAX - 3) + "...";
    }

    private static void widen(int[] widths, List<String> cells) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], cells.get(i).length());
        }
    }

    private static void line(List<String> cells, int[] widths, PrintWriter out) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(cells.get(i));
            int gap = i == widths.length - 1 ? 0 : widths[i] - cells.get(i).length() + 2;
            line.append(" ".repeat(gap));
        }
        out.println(line);
    }
}
