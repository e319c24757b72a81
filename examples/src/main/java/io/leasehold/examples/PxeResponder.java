package io.leasehold.examples;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.Options;
import io.leasehold.protocol.wire.Text;
import io.leasehold.service.handler.Answer;
import io.leasehold.service.handler.DhcpContext;
import io.leasehold.service.handler.DhcpHandler;
import io.leasehold.service.handler.DhcpService;
import io.leasehold.service.handler.ServiceOptions;
import java.util.List;

/**
 * Tells machines what to boot, beside the server that gives them their addresses. The files come
 * from a TFTP server on this host.
 */
public final class PxeResponder implements DhcpHandler {
    /**
     * "Boot the file that is named, and look for no boot servers" (PXE 2.1, PXE_DISCOVERY_CONTROL).
     */
    private static final byte[] NO_DISCOVERY = {6, 1, 8, (byte) 255};

    @Override
    public Answer discover(Arrival discover, DhcpContext context) {
        Message asked = discover.message();
        if (!asked.get(Options.VENDOR_CLASS).or(Text.EMPTY).value().startsWith("PXEClient")) {
            return Answer.nothing();
        }
        Ip4Address self = context.serverAddress(discover);
        return Answer.reply(
                MessageBuilder.reply(asked, MessageType.OFFER)
                        .siaddr(self)
                        .file(bootFile(asked.get(Options.CLIENT_ARCHITECTURE).or(List.of(0))))
                        .option(Options.SERVER_ID, self)
                        .option(Options.VENDOR_CLASS, Text.of("PXEClient"))
                        .option(OptionCode.VENDOR_INFORMATION, NO_DISCOVERY));
    }

    /** The architectures of RFC 4578 §2.1, as IANA has them now. */
    private static String bootFile(List<Integer> architectures) {
        return switch (architectures.getFirst()) {
            case 0 -> "undionly.kpxe";
            case 6 -> "ipxe-i386.efi";
            case 11 -> "ipxe-arm64.efi";
            default -> "ipxe.efi";
        };
    }

    /** It is for the server that offered an address. */
    @Override
    public Answer request(Arrival request, DhcpContext context) {
        return Answer.nothing();
    }

    @Override
    public Answer decline(Arrival decline, DhcpContext context) {
        return Answer.nothing();
    }

    /** Serves the interface that is named: {@code PxeResponder eth0}. */
    public static void main(String[] args) throws Exception {
        if (args.length != 1) {
            System.err.println("Usage: PxeResponder INTERFACE");
            System.exit(2);
        }
        ServiceOptions options = ServiceOptions.of().withPort(67).withDevice(args[0]);
        try (var service = DhcpService.start(PxeResponder::new, options)) {
            System.out.println("answering PXE clients on port " + service.port());
            service.await();
        }
    }
}
