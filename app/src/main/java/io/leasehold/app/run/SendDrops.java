package io.leasehold.app.run;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Notices that the kernel drops what was sent and says nothing of it: to a neighbour that found no
 * room in its table, or into a queue that is full. It is counted for the network namespace, so for
 * other programs' datagrams too.
 */
final class SendDrops {
    private static final Path COUNTERS = Path.of("/proc/thread-self/net/snmp");
    private static final String COUNTER = "SndbufErrors";
    private static final int LOOK_SECONDS = 5;

    private final System.Logger log;
    private final RateLimit looks;
    private final RateLimit lines;
    private long told = -1;

    /**
     * @param millis a clock that does not go back
     */
    SendDrops(System.Logger log, LongSupplier millis) {
        this.log = log;
        this.looks = RateLimit.every(millis, LOOK_SECONDS);
        this.lines = RateLimit.oncePerMinute(millis);
    }

    /** Looks from time to time; on the thread that sends. */
    void tick() {
        if (!looks.pass()) {
            return;
        }
        long now;
        try {
            now = read(Files.readAllLines(COUNTERS));
        } catch (IOException e) {
            // Without /proc there is nobody to ask.
            return;
        }
        if (told < 0) {
            told = now;
        }
        if (now > told && lines.pass()) {
            log.log(
                    Level.WARNING,
                    "the kernel dropped "
                            + (now - told)
                            + " UDP datagrams of this host instead of sending them: its table of"
                            + " neighbours is full (\"neighbor table overflow\" in dmesg; more"
                            + " clients at once than net.ipv4.neigh.default.gc_thresh3, which"
                            + " sysctl raises), or the queue of an interface is (tc -s qdisc)");
            told = now;
        }
    }

    /** The counter in what /proc/net/snmp says: a line of names, then one of numbers; or -1. */
    static long read(List<String> lines) {
        List<String> names = List.of();
        for (String line : lines) {
            List<String> words = List.of(line.split(" +"));
            if (!words.getFirst().equals("Udp:")) {
                continue;
            }
            int at = names.indexOf(COUNTER);
            if (at >= 0 && at < words.size()) {
                return Long.parseLong(words.get(at));
            }
            names = words;
        }
        return -1;
    }
}
