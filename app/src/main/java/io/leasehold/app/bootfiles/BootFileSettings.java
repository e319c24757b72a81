package io.leasehold.app.bootfiles;

import io.leasehold.netboot.tftp.TftpLimits;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is served, and where.
 *
 * @param root the directory whose files are sent
 * @param interfaces names of the interfaces that it is served on; none stands for all
 * @param tftp bounds of TFTP; null leaves TFTP out
 * @param httpPort the TCP port; 0 leaves HTTP out
 */
public record BootFileSettings(
        Path root, List<String> interfaces, @Nullable TftpLimits tftp, int httpPort) {
    public static final int TFTP_PORT = 69;

    public BootFileSettings {
        interfaces = List.copyOf(interfaces);
    }
}
