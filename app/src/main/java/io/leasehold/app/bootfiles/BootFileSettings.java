package io.leasehold.app.bootfiles;

import io.leasehold.netboot.tftp.TftpLimits;
import java.nio.file.Path;
import java.util.List;

/**
 * What is served, and where.
 *
 * @param root the directory whose files are sent
 * @param interfaces names of the interfaces that TFTP is served on; none stands for all
 * @param tftpPort the UDP port, usually 69; 0 leaves TFTP out
 * @param httpPort the TCP port; 0 leaves HTTP out
 * @param tftp bounds of TFTP
 */
public record BootFileSettings(
        Path root, List<String> interfaces, int tftpPort, int httpPort, TftpLimits tftp) {
    public static final int TFTP_PORT = 69;

    public BootFileSettings {
        interfaces = List.copyOf(interfaces);
    }

    /** TFTP on its own port of all addresses, and no HTTP. */
    public static BootFileSettings of(Path root) {
        return new BootFileSettings(root, List.of(), TFTP_PORT, 0, TftpLimits.DEFAULT);
    }

    /** Serves TFTP on these interfaces alone. */
    public BootFileSettings withInterfaces(List<String> names) {
        return new BootFileSettings(root, names, tftpPort, httpPort, tftp);
    }

    /** Serves TFTP on another port. */
    public BootFileSettings withTftpPort(int port) {
        return new BootFileSettings(root, interfaces, port, httpPort, tftp);
    }

    /** Serves HTTP too. */
    public BootFileSettings withHttpPort(int port) {
        return new BootFileSettings(root, interfaces, tftpPort, port, tftp);
    }

    /** Keeps to other bounds of TFTP. */
    public BootFileSettings withTftp(TftpLimits limits) {
        return new BootFileSettings(root, interfaces, tftpPort, httpPort, limits);
    }
}
