package io.leasehold.netboot.tftp;

import java.io.IOException;

/** Where ports for transfers come from. */
public interface TftpPorts {
    /**
     * A port that nobody has, on the address that the client asked.
     *
     * @throws IOException when none can be had; the message is one line for the operator
     */
    TftpPort open(TftpClient client) throws IOException;
}
