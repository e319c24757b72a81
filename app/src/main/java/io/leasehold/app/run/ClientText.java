package io.leasehold.app.run;

import io.leasehold.app.Printable;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.OptionCode;
import java.nio.charset.StandardCharsets;

/** How a log line calls a client. */
public final class ClientText {
    private static final int HOST_NAME_BYTES_MAX = 63;

    private ClientText() {}

    /** Hardware address, and host name where there is one. */
    public static String of(Message message) {
        byte[] hostName = message.raw(OptionCode.HOST_NAME);
        if (hostName == null || hostName.length == 0) {
            return message.hardware().toString();
        }
        int length = Math.min(hostName.length, HOST_NAME_BYTES_MAX);
        String name = new String(hostName, 0, length, StandardCharsets.ISO_8859_1);
        return message.hardware() + " \"" + Printable.of(name) + "\"";
    }
}
