package io.leasehold.netboot.tftp;

import io.leasehold.protocol.wire.Ip4Address;

/**
 * Who asks, and where.
 *
 * @param address the client's address
 * @param port the client's UDP port, its transfer identifier (RFC 1350 §4)
 * @param asked the address of ours that it asked, which answers leave from
 */
public record TftpClient(Ip4Address address, int port, Ip4Address asked) {
    @Override
    public String toString() {
        return address + " port " + port;
    }
}
