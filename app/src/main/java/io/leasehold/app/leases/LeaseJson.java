package io.leasehold.app.leases;

import io.leasehold.lease.Lease;
import io.leasehold.protocol.wire.HardwareAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;

/** Leases as JSON, one object a line, in ASCII alone: nothing in it can move a terminal. */
public final class LeaseJson {
    private LeaseJson() {}

    /** An array, a lease a line. */
    public static void printArray(List<Lease> leases, long nowSeconds, PrintWriter out) {
        out.println("[");
        for (int i = 0; i < leases.size(); i++) {
            out.println(object(leases.get(i), nowSeconds) + (i < leases.size() - 1 ? "," : ""));
        }
        out.println("]");
    }

    /** A lease a line, and nothing else: what an import reads. */
    public static void writeLines(List<Lease> leases, long nowSeconds, Writer out)
            throws IOException {
        for (Lease lease : leases) {
            out.write(object(lease, nowSeconds));
            out.write('\n');
        }
    }

    private static String object(Lease lease, long nowSeconds) {
        StringBuilder json = new StringBuilder(200).append('{');
        member(json, "address", lease.address().toString());
        member(json, "state", LeaseText.state(lease, nowSeconds));
        String id = LeaseText.clientId(lease);
        HardwareAddress own = LeaseText.clientHardware(lease);
        if (!id.isEmpty()) {
            member(json, "client-id", id);
        } else if (own != null) {
            member(json, "client-hardware-type", Integer.toString(own.type()));
            member(json, "client-hardware", own.toString());
        }
        member(json, "hardware-type", Integer.toString(lease.hardware().type()));
        member(json, "hardware", LeaseText.hardware(lease));
        member(json, "host-name", lease.hostName());
        member(json, "starts", LeaseText.time(lease.startSeconds()));
        member(json, "ends", LeaseText.time(lease.endSeconds()));
        member(json, "agent-information", lease.agentInformation().toString());
        member(json, "server-id", lease.serverId().toString());
        return json.append('}').toString();
    }

    private static void member(StringBuilder json, String name, String value) {
        json.append(json.length() == 1 ? "" : ",").append('"').append(name).append("\":");
        if (name.endsWith("-type")) {
            json.append(value);
            return;
        }
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7f) {
                json.append(c);
            } else {
                json.append(String.format("\\u%04x", (int) c));
            }
        }
        json.append('"');
    }
}
