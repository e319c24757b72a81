package io.leasehold.app.bootfiles;

import io.leasehold.netboot.tftp.TftpAsk;
import io.leasehold.netboot.tftp.TftpClient;
import io.leasehold.netboot.tftp.TftpEnd;
import io.leasehold.netboot.tftp.TftpErrors;
import io.leasehold.netboot.tftp.TftpEvents;
import java.util.Locale;

/** Tells of TFTP transfers. */
final class TftpLog implements TftpEvents {
    private final BootFileLog log;

    TftpLog(BootFileLog log) {
        this.log = log;
    }

    @Override
    public void begun(TftpClient client, String path, long size) {
        log.count("tftp-begun");
        log.debug(who(client), path, "begins: " + size + " bytes");
    }

    private static String who(TftpClient client) {
        return "TFTP " + client.address();
    }

    @Override
    public void ended(TftpClient client, String path, TftpEnd end) {
        log.count("tftp-" + end.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        log.count("tftp-bytes", end.bytes());
        log.count("tftp-repeats", end.repeats());
        String part = BootFileLog.part(end.bytes(), end.size(), end.millis());
        String detail = end.detail();
        String who = who(client);
        String again = end.repeats() == 0 ? "" : ", " + end.repeats() + " sent again";
        switch (end.outcome()) {
            case COMPLETE ->
                    log.sent(who, path, BootFileLog.amount(end.bytes(), end.millis()) + again);
            case UNCONFIRMED ->
                    log.sent(
                            who,
                            path,
                            BootFileLog.amount(end.size(), end.millis())
                                    + again
                                    + ", the last block without an ACK");
            case PROBED -> log.debug(who, path, "only its size was asked for");
            case ABORTED -> log.stuck(who, path, "ended by the client at " + part + ": " + detail);
            case STALLED ->
                    log.stuck(
                            who,
                            path,
                            "stuck at "
                                    + part
                                    + again
                                    + ": "
                                    + (detail.isEmpty() ? "the client fell silent" : detail));
            case REPLACED -> log.stuck(who, path, "begun anew by the client at " + part);
            case FILE_FAILED -> log.failed(who, path, "failed at " + part + ": " + detail);
            case STOPPED -> log.stuck(who, path, "cut off at " + part + ": this server ends");
        }
    }

    @Override
    public void refused(TftpClient client, String name, int code, String why) {
        String who = who(client);
        switch (code) {
            case TftpErrors.FILE_NOT_FOUND -> {
                log.count("tftp-missing");
                log.missing(who, name, "not sent: " + why);
            }
            case TftpErrors.OTHER -> {
                log.count("tftp-failed");
                log.failed(who, name, "not sent: " + why);
            }
            default -> {
                log.count("tftp-refused");
                log.refused(who, name, "refused: " + why);
            }
        }
    }

    @Override
    public void ignored(TftpClient client, TftpAsk.Stray why) {
        log.count("tftp-ignored");
        log.debug(who(client), "", "ignored: " + why);
    }
}
