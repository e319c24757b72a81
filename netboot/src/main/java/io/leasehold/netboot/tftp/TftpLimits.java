package io.leasehold.netboot.tftp;

/**
 * Bounds of a TFTP server.
 *
 * @param blockBytesMax the largest block size that is agreed to (RFC 2348), 8 to 65,464; 0 takes
 *     the MTU of the way to the client less 32, so that no packet is cut into fragments
 * @param windowBlocksMax the most blocks sent before one ACK (RFC 7440), 1 to 64
 * @param transfersPerAddressMax how many transfers one address may have at a time, 1 or more
 * @param transfersMax how many transfers there are at a time, 1 or more
 */
public record TftpLimits(
        int blockBytesMax, int windowBlocksMax, int transfersPerAddressMax, int transfersMax) {
    public static final int BLOCK_BYTES_MIN = 8;
    public static final int BLOCK_BYTES_LIMIT = 65_464;
    public static final int WINDOW_BLOCKS_LIMIT = 64;

    /** As good for a rack of machines as for one. */
    public static final TftpLimits DEFAULT = new TftpLimits(0, WINDOW_BLOCKS_LIMIT, 64, 4096);

    public TftpLimits {
        within(
                "block size",
                blockBytesMax,
                blockBytesMax == 0 ? 0 : BLOCK_BYTES_MIN,
                BLOCK_BYTES_LIMIT);
        within("window", windowBlocksMax, 1, WINDOW_BLOCKS_LIMIT);
        within("transfers of an address", transfersPerAddressMax, 1, Integer.MAX_VALUE);
        within("transfers", transfersMax, 1, Integer.MAX_VALUE);
    }

    private static void within(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + " " + value + " is not within " + least + " to " + most);
        }
    }

    /** Agrees to other block sizes. */
    public TftpLimits withBlockBytesMax(int bytes) {
        return new TftpLimits(bytes, windowBlocksMax, transfersPerAddressMax, transfersMax);
    }

    /** Has another number of transfers. */
    public TftpLimits withTransfers(int perAddress, int all) {
        return new TftpLimits(blockBytesMax, windowBlocksMax, perAddress, all);
    }
}
