package io.leasehold.netboot.diagnose;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.Options;
import java.nio.charset.StandardCharsets;

/** A DISCOVER as UEFI firmware for x64 sends it. It asks for offers, and takes none up. */
public final class BootProbe {
    private static final String VENDOR_CLASS = "PXEClient:Arch:00007:UNDI:003016";

    /** What firmware asks for; without 60 in the list a server need not send it. */
    private static final byte[] ASKED_FOR = {1, 2, 3, 4, 5, 6, 12, 13, 43, 54, 60, 66, 67, 97};

    private static final int UNDI = 94;
    private static final int UUID_BYTES = 17;

    private BootProbe() {}

    /**
     * @param hardware of nobody else on the link
     * @param uuid 16 octets
     */
    public static Message discover(HardwareAddress hardware, int xid, byte[] uuid) {
        byte[] machineId = new byte[UUID_BYTES];
        System.arraycopy(uuid, 0, machineId, 1, uuid.length);
        return MessageBuilder.request(hardware, xid)
                .type(MessageType.DISCOVER)
                .broadcast(true)
                .option(OptionCode.PARAMETER_LIST, ASKED_FOR)
                .option(Options.CLIENT_MACHINE_ID.code(), machineId)
                .option(UNDI, new byte[] {1, 3, 16})
                .option(Options.CLIENT_ARCHITECTURE.code(), new byte[] {0, 7})
                .option(OptionCode.VENDOR_CLASS, VENDOR_CLASS.getBytes(StandardCharsets.US_ASCII))
                .build();
    }
}
