package io.leasehold.app.bootfiles;

import io.leasehold.app.run.Counters;
import io.leasehold.app.run.HostClock;
import io.leasehold.link.Flows;
import io.leasehold.netboot.files.BootRoot;
import io.leasehold.netboot.tftp.TftpLimits;
import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** The servers of boot files: TFTP, HTTP, or both, of one root. */
public final class BootFileServers implements AutoCloseable {
    private final @Nullable TftpLoop tftp;
    private final @Nullable FileHttp http;

    private BootFileServers(@Nullable TftpLoop tftp, @Nullable FileHttp http) {
        this.tftp = tftp;
        this.http = http;
    }

    /**
     * Listens, and serves from then on.
     *
     * @param made what HTTP has beside the files of the root
     * @param counters what is done is counted here: {@code tftp-complete}, {@code http-200}, …
     * @param watch hears of each transfer
     * @throws IOException says in one line why the root or a port cannot be had
     */
    public static BootFileServers start(
            BootFileSettings settings, MadeFiles made, Counters counters, FetchWatch watch)
            throws IOException {
        if (!Files.isDirectory(settings.root())) {
            throw new IOException(
                    "the boot files' root "
                            + settings.root()
                            + (Files.exists(settings.root())
                                    ? " is no directory"
                                    : " does not exist"));
        }
        BootFileLog log = new BootFileLog(counters, watch, HostClock::runningMillis);
        BootRoot files = new BootRoot(settings.root());
        ServedAddresses served =
                new ServedAddresses(settings.interfaces(), HostClock::runningMillis);
        Flows flows = null;
        FileHttp http = null;
        TftpLimits limits = settings.tftp();
        if (limits != null) {
            flows = Flows.open(BootFileSettings.TFTP_PORT);
        }
        try {
            if (settings.httpPort() != 0) {
                http = FileHttp.start(settings.httpPort(), files, made, served, log);
            }
        } catch (IOException e) {
            if (flows != null) {
                flows.close();
            }
            throw e;
        }
        TftpLoop tftp =
                flows == null || limits == null
                        ? null
                        : TftpLoop.start(flows, served, limits, files, new TftpLog(log));
        return new BootFileServers(tftp, http);
    }

    /** Ends all transfers, and tells TFTP clients of it. */
    @Override
    public void close() {
        if (tftp != null) {
            tftp.close();
        }
        if (http != null) {
            http.close();
        }
    }
}
