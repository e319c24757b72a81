package io.leasehold.app.leases;

import io.leasehold.app.Printable;
import io.leasehold.lease.Lease;
import io.leasehold.protocol.wire.HardwareAddress;
import java.io.PrintWriter;
import java.util.List;

/** Leases as comma-separated values (RFC 4180), by the names that {@link LeaseJson} has. */
public final class LeaseCsv {
    private static final String HEADING =
            "address,state,client-id,client-hardware-type,client-hardware,hardware-type,hardware,"
                    + "host-name,starts,ends,agent-information,server-id\r\n";

    private LeaseCsv() {}

    public static void print(List<Lease> leases, long nowSeconds, PrintWriter out) {
        out.print(HEADING);
        for (Lease lease : leases) {
            HardwareAddress own = LeaseText.clientHardware(lease);
            out.print(
                    String.join(
                            ",",
                            lease.address().toString(),
                            LeaseText.state(lease, nowSeconds),
                            LeaseText.clientId(lease),
                            own == null ? "" : Integer.toString(own.type()),
                            own == null ? "" : own.toString(),
                            Integer.toString(lease.hardware().type()),
                            LeaseText.hardware(lease),
                            quoted(lease.hostName()),
                            LeaseText.time(lease.startSeconds()),
                            LeaseText.time(lease.endSeconds()),
                            lease.agentInformation().toString(),
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
