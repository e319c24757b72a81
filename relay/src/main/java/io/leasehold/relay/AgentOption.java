package io.leasehold.relay;

import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.VirtualSubnet;

/** Writes this relay's option 82, and knows it again in a reply. Its buffer serves one message. */
final class AgentOption {
    private static final int CIRCUIT_ID = 1;
    private static final int REMOTE_ID = 2;
    private static final int LINK_SELECTION = 5;
    private static final int FLAGS = 10;
    private static final int SERVER_ID_OVERRIDE = 11;
    private static final int RELAY_ID = 12;
    private static final int SOURCE_PORT = 19;
    private static final int VIRTUAL_SUBNET = 151;
    private static final int VIRTUAL_SUBNET_CONTROL = 152;

    /** RFC 5010 §3: the client's message was a unicast. */
    private static final int FLAG_UNICAST = 0x80;

    /** What tells circuits apart where the configuration wants option 82 and does not say how. */
    private static final String CIRCUIT_ID_DEFAULT = "%i";

    private final AgentInformation config;
    private final IdFormat circuitId;
    private final IdFormat remoteId;
    private final SubOptionWriter out = new SubOptionWriter();

    AgentOption(AgentInformation config) {
        this.config = config;
        boolean nothing = config.isAdded() && !config.withPolicy(AgentPolicy.NONE).isAdded();
        this.circuitId = IdFormat.parse(nothing ? CIRCUIT_ID_DEFAULT : config.circuitId());
        this.remoteId = IdFormat.parse(config.remoteId());
    }

    /** What was written last. */
    byte[] bytes() {
        return out.bytes();
    }

    int length() {
        return out.length();
    }

    /**
     * Writes the option for a request of one of this relay's own clients.
     *
     * @param link the interface's address in the client's network; 0.0.0.0 when it has none
     * @param unicast whether the client sent the request to an address of this relay
     */
    void write(Circuit circuit, Ip4Address link, Message message, boolean unicast) {
        out.clear();
        writeIds(circuit, message);
        if (config.linkSelection() && !link.isZero()) {
            address(LINK_SELECTION, link);
        }
        if (config.serverIdOverride() && !link.isZero()) {
            out.begin(FLAGS);
            out.u8(unicast ? FLAG_UNICAST : 0);
            out.end();
            address(SERVER_ID_OVERRIDE, link);
        }
        writeRelayId();
        if (config.sourcePort() != 0) {
            out.begin(SOURCE_PORT);
            out.end();
        }
        VirtualSubnet virtual = config.virtualSubnet();
        if (virtual != null) {
            out.begin(VIRTUAL_SUBNET);
            out.u8(virtual.type());
            out.octets(virtual.information());
            out.end();
            // The server that understands the one takes the other out (RFC 6607 §3.3).
            out.begin(VIRTUAL_SUBNET_CONTROL);
            out.end();
        }
    }

    /**
     * Writes the option for a request that another relay passed on: only what tells the way. Its
     * reply goes to that relay, and not through this one.
     */
    void writeForRelayed(Circuit circuit, Message message) {
        out.clear();
        writeIds(circuit, message);
        writeRelayId();
    }

    private void writeIds(Circuit circuit, Message message) {
        if (!circuitId.isEmpty()) {
            out.begin(CIRCUIT_ID);
            circuitId.write(out, circuit.name, circuit.address(0), message);
            out.end();
        }
        if (!remoteId.isEmpty()) {
            out.begin(REMOTE_ID);
            remoteId.write(out, circuit.name, circuit.address(0), message);
            out.end();
        }
    }

    private void writeRelayId() {
        if (config.relayId().length() > 0) {
            out.begin(RELAY_ID);
            out.octets(config.relayId());
            out.end();
        }
    }

    private void address(int code, Ip4Address address) {
        out.begin(code);
        out.u32(address.bits());
        out.end();
    }

    /**
     * How many bytes of an echoed option come before what {@link #write} wrote; -1 when the option
     * does not end with that. Addresses and flags are not compared, since they may have been others
     * at the time of the request, nor is it missed when the server took 152 out.
     */
    int foreignBytes(byte[] echoed) {
        int foreign = endsWith(echoed, out.length());
        if (foreign < 0 && config.virtualSubnet() != null) {
            foreign = endsWith(echoed, out.length() - 2);
        }
        return foreign;
    }

    private int endsWith(byte[] echoed, int length) {
        int foreign = echoed.length - length;
        if (foreign < 0) {
            return -1;
        }
        byte[] ours = out.bytes();
        int at = 0;
        while (at < length) {
            int code = ours[at] & 0xff;
            int end = at + 2 + (ours[at + 1] & 0xff);
            boolean varies = code == LINK_SELECTION || code == FLAGS || code == SERVER_ID_OVERRIDE;
            int compared = varies ? at + 2 : end;
            while (at < compared) {
                if (ours[at] != echoed[foreign + at]) {
                    return -1;
                }
                at++;
            }
            at = end;
        }
        return foreign;
    }

    /** True when the sub-options of an option fill it exactly. */
    static boolean isWellFormed(byte[] option) {
        Cursor cursor = new Cursor(option);
        while (cursor.remaining() > 0) {
            cursor.u8();
            cursor.skip(cursor.u8());
        }
        return !cursor.overrun();
    }

    /** The address that the last link selection says; 0.0.0.0 when there is none. */
    static int linkSelection(byte[] option) {
        Cursor cursor = new Cursor(option);
        int link = 0;
        while (cursor.remaining() > 0) {
            int code = cursor.u8();
            int length = cursor.u8();
            if (code == LINK_SELECTION && length == 4) {
                link = cursor.u32();
            } else {
                cursor.skip(length);
            }
        }
        return cursor.overrun() ? 0 : link;
    }

    /** True when the last sub-option is the one that a server of virtual subnets takes out. */
    boolean isVirtualSubnetIgnored(byte[] option) {
        int end = option.length;
        return config.virtualSubnet() != null
                && end >= 2
                && (option[end - 2] & 0xff) == VIRTUAL_SUBNET_CONTROL
                && option[end - 1] == 0;
    }
}
