package io.leasehold.server;

import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import org.jspecify.annotations.Nullable;

/**
 * What the server reads from relay agent information (RFC 3046).
 *
 * @param raw the option as it came; empty when there is none
 * @param circuitId sub-option 1; empty when absent
 * @param remoteId sub-option 2; empty when absent
 * @param linkSelection sub-option 5 (RFC 3527); 0.0.0.0 when absent
 * @param serverIdOverride sub-option 11 (RFC 5107); 0.0.0.0 when absent
 * @param relaySourcePort true when sub-option 19 is there (RFC 8357): replies go to the port the
 *     request came from
 * @param clientUnicast true when sub-option 10 (RFC 5010) says that the client sent its message to
 *     the relay alone
 */
record AgentInformation(
        Octets raw,
        Octets circuitId,
        Octets remoteId,
        Ip4Address linkSelection,
        Ip4Address serverIdOverride,
        boolean relaySourcePort,
        boolean clientUnicast) {

    static final AgentInformation NONE =
            new AgentInformation(
                    Octets.EMPTY,
                    Octets.EMPTY,
                    Octets.EMPTY,
                    Ip4Address.ZERO,
                    Ip4Address.ZERO,
                    false,
                    false);

    private static final int CIRCUIT_ID = 1;
    private static final int REMOTE_ID = 2;
    private static final int LINK_SELECTION = 5;
    private static final int FLAGS = 10;
    private static final int SERVER_ID_OVERRIDE = 11;
    private static final int RELAY_SOURCE_PORT = 19;

    /** The first bit of the flags, U. */
    private static final int UNICAST = 0x80;

    /** Reads the sub-options; null when one runs past the end or an address is not four bytes. */
    static @Nullable AgentInformation parse(byte[] value) {
        Octets circuitId = Octets.EMPTY;
        Octets remoteId = Octets.EMPTY;
        Ip4Address link = Ip4Address.ZERO;
        Ip4Address override = Ip4Address.ZERO;
        boolean sourcePort = false;
        boolean unicast = false;
        Cursor cursor = new Cursor(value);
        while (cursor.remaining() > 0) {
            int code = cursor.u8();
            byte[] content = cursor.bytes(cursor.u8());
            if (cursor.overrun()) {
                return null;
            }
            boolean isAddress = code == LINK_SELECTION || code == SERVER_ID_OVERRIDE;
            if (isAddress && content.length != 4) {
                return null;
            }
            switch (code) {
                case CIRCUIT_ID -> circuitId = Octets.of(content);
                case REMOTE_ID -> remoteId = Octets.of(content);
                case LINK_SELECTION -> link = new Cursor(content).address();
                case FLAGS -> unicast = content.length == 1 && (content[0] & UNICAST) != 0;
                case SERVER_ID_OVERRIDE -> override = new Cursor(content).address();
                case RELAY_SOURCE_PORT -> sourcePort = true;
                default -> {
                    // Sub-options that the server has no use for are echoed with the rest.
                }
            }
        }
        return new AgentInformation(
                Octets.of(value), circuitId, remoteId, link, override, sourcePort, unicast);
    }
}
