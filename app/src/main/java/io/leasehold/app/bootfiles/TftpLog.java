package io.leasehold.app.bootfiles;

import io.leasehold.netboot.tftp.TftpAsk;
import io.leasehold.netboot.tftp.TftpClient;
import io.leasehold.netboot.tftp.TftpEnd;
import io.leasehold.netboot.tftp.TftpErrors;
import io.leasehold.netboot.tftp.TftpEvents;
import io.leasehold.netboot.watch.BootFetch;
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
        log.begun(client.address());
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
        BootFetch.Result result = result(end.outcome());
        String who =
                log.ended(
                        who(client),
                        new BootFetch(
                                BootFetch.Protocol.TFTP,
                                client.address(),
                                path,
                                result,
                                detail.isEmpty() && result != BootFetch.Result.WHOLE
                                        ? outcome(end.outcome())
                                        : detail,
                                end.bytes(),
                                end.size(),
                                end.millis()),
                        true);
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
                                    + (detail.isEmpty() ? outcome(end.outcome()) : detail));
            case REPLACED -> log.stuck(who, path, "begun anew by the client at " + part);
            case FILE_FAILED -> log.failed(who, path, "failed at " + part + ": " + detail);
            case STOPPED -> log.stuck(who, path, "cut off at " + part + ": this server ends");
        }
    }

    private static BootFetch.Result result(TftpEnd.Outcome outcome) {
        return switch (outcome) {
            case COMPLETE, UNCONFIRMED -> BootFetch.Result.WHOLE;
            // Whoever asks anew from the same port gets it anew.
            case PROBED, REPLACED -> BootFetch.Result.PROBED;
            case ABORTED, STALLED, STOPPED -> BootFetch.Result.BROKEN;
            case FILE_FAILED -> BootFetch.Result.FAILED;
        };
    }

    /** Where neither the client nor the file system said why. */
    private static String outcome(TftpEnd.Outcome outcome) {
        return switch (outcome) {
            case STALLED -> "the client fell silent";
            case ABORTED -> "ended by the client";
            case STOPPED -> "this server ends";
            case COMPLETE, UNCONFIRMED, PROBED, REPLACED, FILE_FAILED -> "";
        };
    }

    @Override
    public void refused(TftpClient client, String name, int code, String why) {
        BootFetch.Result result =
                switch (code) {
                    case TftpErrors.FILE_NOT_FOUND -> BootFetch.Result.MISSING;
                    case TftpErrors.OTHER -> BootFetch.Result.FAILED;
                    default -> BootFetch.Result.REFUSED;
                };
        String who =
                log.ended(
                        who(client),
                        BootFetch.refused(
                                BootFetch.Protocol.TFTP, client.address(), name, result, why),
                        false);
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
