package io.leasehold.app.leases;

import io.leasehold.app.Printable;
import io.leasehold.lease.Lease;
import java.io.PrintWriter;
import java.util.List;

/** Leases as comma-separated values (RFC 4180). */
public final class LeaseCsv {
    private LeaseCsv() {}

    public static void print(List<Lease> leases, long nowSeconds, PrintWriter out) {
        out.print("address,state,client-id,hardware,host-name,starts,ends,server-id\r\n");
        for (Lease lease : leases) {
            out.print(
                    String.join(
                            ",",
                            lease.address().toString(),
                            LeaseText.state(lease, nowSeconds),
                            LeaseText.clientId(lease),
                            LeaseText.hardware(lease),
                            quoted(lease.hostName()),
                            LeaseText.time(lease.startSeconds()),
                            LeaseText.time(lease.endSeconds()),
                            lease.serverId().toString()));
            out.print("\r\n");
        }
        out.flush();
    }

    /** What a client named itself is a stranger's text: a spreadsheet must not take it as one. */
    private static String quoted(String text) {
        String shown = Printable.of(text);
        boolean formula = !shown.isEmpty() && "=+-@".indexOf(shown.charAt(0)) >= 0;
        return shown.isEmpty()
                ? ""
                : "\"" + (formula ? "'" : "") + shown.replace("\"", "\"\"") + "\"";
    }
}
