package io.leasehold.app.bootfiles;

import io.leasehold.app.run.Counters;
import io.leasehold.netboot.tftp.TftpLimits;
import java.nio.file.Path;

/** Serves the files of a directory until it is ended: the servers without a command around them. */
final class BootFilesProgram {
    private BootFilesProgram() {}

    /** Takes the root, the ports of TFTP and HTTP, and the largest block of TFTP. */
    public static void main(String[] words) throws Exception {
        BootFileSettings settings =
                BootFileSettings.of(Path.of(words[0]))
                        .withTftpPort(Integer.parseInt(words[1]))
                        .withHttpPort(Integer.parseInt(words[2]))
                        .withTftp(TftpLimits.DEFAULT.withBlockBytesMax(Integer.parseInt(words[3])));
        BootFileServers.start(settings, MadeFiles.NONE, new Counters(), FetchWatch.NONE);
        System.out.println("ready");
        Thread.sleep(Long.MAX_VALUE);
    }
}
