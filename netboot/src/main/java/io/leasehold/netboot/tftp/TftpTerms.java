package io.leasehold.netboot.tftp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a transfer keeps to, agreed on from what the client asked for (RFC 2347).
 *
 * @param blockBytes bytes of every block but the last (RFC 2348)
 * @param windowBlocks blocks sent before an ACK (RFC 7440)
 * @param timeoutSeconds how long to wait before sending again (RFC 2349); 0 leaves that to the
 *     server
 * @param agreed the options of the OACK; there is none when this is empty
 */
record TftpTerms(
        int blockBytes, int windowBlocks, int timeoutSeconds, List<TftpAsk.Option> agreed) {
    private static final int BLOCK_BYTES = 512;
    private static final int TIMEOUT_SECONDS_MAX = 255;
    private static final int WINDOW_ASKED_MAX = 65_535;

    /** IP and UDP headers take 28 bytes and TFTP's 4. */
    private static final int HEADER_BYTES = 32;

    TftpTerms {
        agreed = List.copyOf(agreed);
    }

    /**
     * Agrees to what was asked for, or to less. EDK2 takes an OACK with anything else for an error.
     *
     * @param mtu bytes of the largest packet on the way to the client
     */
    static TftpTerms of(TftpAsk.Read ask, long fileBytes, TftpLimits limits, int mtu) {
        int blockBytes = BLOCK_BYTES;
        int windowBlocks = 1;
        int timeoutSeconds = 0;
        List<TftpAsk.Option> agreed = new ArrayList<>();
        for (TftpAsk.Option option : ask.options()) {
            long asked = number(option.value());
            long answer =
                    switch (option.name()) {
                        case "blksize" -> blockBytes(asked, limits, mtu);
                        case "windowsize" -> windowBlocks(asked, limits);
                        case "timeout" -> asked >= 1 && asked <= TIMEOUT_SECONDS_MAX ? asked : -1;
                        // How long a text becomes is known when it has been sent.
                        case "tsize" -> ask.mode() == TftpMode.OCTET ? fileBytes : -1;
                        default -> -1;
                    };
            if (answer < 0) {
                continue;
            }
            agreed.add(new TftpAsk.Option(option.name(), Long.toString(answer)));
            switch (option.name()) {
                case "blksize" -> blockBytes = (int) answer;
                case "windowsize" -> windowBlocks = (int) answer;
                case "timeout" -> timeoutSeconds = (int) answer;
                default -> {}
            }
        }
        return new TftpTerms(blockBytes, windowBlocks, timeoutSeconds, agreed);
    }

    private static long blockBytes(long asked, TftpLimits limits, int mtu) {
        int most = limits.blockBytesMax() != 0 ? limits.blockBytesMax() : mtu - HEADER_BYTES;
        most = Math.min(Math.max(most, TftpLimits.BLOCK_BYTES_MIN), TftpLimits.BLOCK_BYTES_LIMIT);
        return asked < TftpLimits.BLOCK_BYTES_MIN ? -1 : Math.min(asked, most);
    }

    private static long windowBlocks(long asked, TftpLimits limits) {
        return asked < 1 || asked > WINDOW_ASKED_MAX
                ? -1
                : Math.min(asked, limits.windowBlocksMax());
    }

    /** A number of decimal digits alone; -1 for anything else. */
    private static long number(String text) {
        if (text.isEmpty() || text.length() > 18) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** The OACK that says so. */
    byte[] oack() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0);
        bytes.write(TftpReader.OACK);
        for (TftpAsk.Option option : agreed) {
            bytes.writeBytes(option.name().getBytes(StandardCharsets.US_ASCII));
            bytes.write(0);
            bytes.writeBytes(option.value().getBytes(StandardCharsets.US_ASCII));
            bytes.write(0);
        }
        return bytes.toByteArray();
    }
}
