package io.leasehold.app.bootfiles;

import io.leasehold.app.run.Counters;
import io.leasehold.app.run.RateLimit;
import io.leasehold.netboot.watch.BootFetch;
import io.leasehold.protocol.wire.Ip4Address;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Tells of files that are sent: a line a transfer, and counters. Strangers can cause all of it. */
final class BootFileLog {
    private static final System.Logger LOG = System.getLogger("leasehold.files");

    /** As many as a hall of machines that boot at once. */
    private static final int SENT_PER_SECOND_MAX = 200;

    private static final int SENT_BURST_MAX = 2_000;

    private final Counters counters;
    private final FetchWatch watch;
    private final RateLimit sent;
    private final RateLimit stuck;
    private final RateLimit missing;
    private final RateLimit refused;
    private final RateLimit failed;

    BootFileLog(Counters counters, FetchWatch watch, LongSupplier millis) {
        this.counters = counters;
        this.watch = watch;
        this.sent = new RateLimit(millis, SENT_PER_SECOND_MAX, SENT_BURST_MAX);
        this.stuck = new RateLimit(millis, SENT_PER_SECOND_MAX, SENT_BURST_MAX);
        this.missing = RateLimit.strangers(millis);
        this.refused = RateLimit.strangers(millis);
        this.failed = RateLimit.strangers(millis);
    }

    void count(String name) {
        counters.add(name);
    }

    void count(String name, long howMany) {
        counters.add(name, howMany);
    }

    /** A transfer begins. */
    void begun(Ip4Address from) {
        watch.begun(from);
    }

    /**
     * A transfer has ended, or did not begin.
     *
     * @param who as far as the server of files knows
     * @param begun whether {@link #begun} was told of it
     * @return who it was, as lines begin: {@code TFTP 10.78.0.10 (52:54:00:77:01:00)}
     */
    String ended(String who, BootFetch fetch, boolean begun) {
        String machine = watch.ended(fetch, begun);
        return machine.isEmpty() ? who : who + " (" + machine + ")";
    }

    /** A file went through. */
    void sent(String client, String path, String what) {
        tell(Level.INFO, sent, client, path, what);
    }

    /** A file got stuck on its way. */
    void stuck(String client, String path, String what) {
        tell(Level.WARNING, stuck, client, path, what);
    }

    /** There is no such file: firmware asks for many that need not be there. */
    void missing(String client, String path, String what) {
        tell(Level.INFO, missing, client, path, what);
    }

    /** A file was asked for that nobody gets, or in a way that is none. */
    void refused(String client, String path, String what) {
        tell(Level.WARNING, refused, client, path, what);
    }

    /** This machine cannot do what was rightly asked. */
    void failed(String client, String path, String what) {
        tell(Level.ERROR, failed, client, path, what);
    }

    void debug(String client, String path, String what) {
        LOG.log(Level.DEBUG, () -> line(client, path, what));
    }

    private void tell(Level level, RateLimit limit, String client, String path, String what) {
        boolean told = watch.tellsAll() && level != Level.ERROR;
        if (!told && LOG.isLoggable(level) && limit.pass()) {
            LOG.log(level, line(client, path, what) + limit.takeHeldText());
        }
    }

    private static String line(String client, String path, String what) {
        return client + " " + (path.isEmpty() ? "" : quoted(path) + " ") + what;
    }

    /** A name of a stranger's, on one line and not too long. */
    private static String quoted(String path) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < path.length() && text.length() < PATH_CHARACTERS_MAX; i++) {
            char c = path.charAt(i);
            boolean plain = c >= ' ' && c < 0x7f && c != '"' && c != '\\';
            text.append(plain ? c : '?');
        }
        return text.append(path.length() > PATH_CHARACTERS_MAX ? "…\"" : "\"").toString();
    }

    private static final int PATH_CHARACTERS_MAX = 200;

    /** Such as {@code 1,052,672 bytes in 0.31 s}. */
    static String amount(long bytes, long millis) {
        return String.format(Locale.ROOT, "%,d bytes in %.2f s", bytes, millis / 1000.0);
    }

    /** Such as {@code 512 of 1,052,672 bytes after 3.10 s}. */
    static String part(long bytes, long size, long millis) {
        return String.format(
                Locale.ROOT, "%,d of %,d bytes after %.2f s", bytes, size, millis / 1000.0);
    }
}
