package io.leasehold.link;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The side of a program that its launcher started in the background, and waits for: a JVM cannot
 * fork. The launcher names two descriptors in the environment: one on which it is told that the
 * program is ready, and one where the log goes from then on.
 */
public final class Daemon {
    private static final String READY = "LEASEHOLD_READY_FD";
    private static final String LOG = "LEASEHOLD_LOG_FD";
    private static final byte[] WORD = "ready\n".getBytes(StandardCharsets.US_ASCII);

    private Daemon() {}

    /** True when a launcher waits for this program to be ready. */
    public static boolean isAwaited() {
        return System.getenv().containsKey(READY);
    }

    /**
     * Tells the launcher that the program is ready, and lets go of whoever started it: what is
     * printed from here on goes to the log. Does nothing when no launcher waits.
     */
    public static void ready() {
        Map<String, String> environment = System.getenv();
        if (!isAwaited()) {
            return;
        }
        int ready = Integer.parseInt(environment.get(READY));
        int log = Integer.parseInt(environment.getOrDefault(LOG, "0"));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Kernel.newState(arena);
            for (int standard = 1; standard <= 2; standard++) {
                Kernel.call(state, SystemCall.DUP3, log, standard, 0);
            }
            MemorySegment word = arena.allocate(WORD.length);
            word.copyFrom(MemorySegment.ofArray(WORD));
            Kernel.write(state, ready, word, WORD.length);
            Kernel.close(state, ready);
            if (log > 2) {
                Kernel.close(state, log);
            }
        }
    }
}
