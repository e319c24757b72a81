package io.leasehold.netboot.watch;

import io.leasehold.netboot.proxy.BootClient;
import io.leasehold.netboot.proxy.BootStage;
import io.leasehold.netboot.proxy.BootTold;
import io.leasehold.protocol.wire.Ip4Address;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How far one machine has come. All its judgement is here. */
final class Attempt {
    /** After an answer, or a whole file, it takes so long until silence says something. */
    static final int SILENT_MILLIS = 60_000;

    /** After something went wrong it may try again, so long. */
    static final int TRY_AGAIN_MILLIS = 10_000;

    /** As often it may ask for the same: DHCP servers that ping first let it wait a little. */
    static final int ASKS_MAX = 3;

    private static final int ASKS_MILLIS_MIN = 10_000;

    /** So often it may come back within {@link #BACK_MILLIS} of what it fetched. */
    static final int ROUNDS_MAX = 3;

    static final int BACK_MILLIS = 120_000;

    private static final long NEVER = Long.MAX_VALUE;

    private final String key;
    private final Consumer<BootStep> steps;
    private BootMachine machine;
    private BootPhase phase = BootPhase.ASKED;
    private @Nullable BootTold told;
    private int transfers;
    private int asks;
    private int rounds;
    private long askedMillis;
    private long askedLastMillis;
    private long fetchedMillis;
    private long dueMillis = NEVER;
    private long seenMillis;
    private boolean took;
    private String lastFile = "";
    private @Nullable BootFetch failed;

    /**
     * @param key by which it is found
     */
    Attempt(String key, BootMachine machine, Consumer<BootStep> steps) {
        this.key = key;
        this.machine = machine;
        this.steps = steps;
    }

    String key() {
        return key;
    }

    BootMachine machine() {
        return machine;
    }

    BootPhase phase() {
        return phase;
    }

    long dueMillis() {
        return dueMillis;
    }

    long seenMillis() {
        return seenMillis;
    }

    void address(@Nullable Ip4Address address) {
        machine = machine.at(address);
        took |= address != null;
    }

    void asked(long now, BootClient client, String interfaceName) {
        boolean anew = now - seenMillis > BACK_MILLIS;
        seenMillis = now;
        BootMachine before = machine;
        BootMachine asks = BootMachine.of(client, interfaceName, machine.address());
        boolean fetched = !lastFile.isEmpty();
        if (fetched && before.stage() == BootStage.FIRMWARE && asks.stage() == BootStage.IPXE) {
            booted(BootStep.Evidence.NEXT_STAGE);
            told = null;
        }
        machine = asks;
        steps.accept(new BootStep.Asked(asks));
        if (anew || fetched || before.stage() != asks.stage()) {
            begin();
        }
        askedMillis = this.asks++ == 0 ? now : askedMillis;
        askedLastMillis = now;
        if (phase != BootPhase.STUCK && asksInVain()) {
            stuckInVain();
        }
    }

    private boolean asksInVain() {
        long millis = askedLastMillis - askedMillis;
        return asks >= ASKS_MAX && millis >= ASKS_MILLIS_MIN && transfers == 0;
    }

    /** A stage of its way, from the start. */
    private void begin() {
        asks = 0;
        took = false;
        failed = null;
        phase = BootPhase.ASKED;
        dueMillis = NEVER;
    }

    /** What it fetched asks, and no rule is for that. */
    void leftAlone(BootMachine now) {
        if (!lastFile.isEmpty() && machine.stage() == BootStage.FIRMWARE) {
            booted(BootStep.Evidence.NEXT_STAGE);
        }
        machine = now;
        lastFile = "";
        begin();
        phase = BootPhase.STUCK;
    }

    void offered(long now, BootStep.Offered step) {
        seenMillis = now;
        BootTold before = told;
        told = step.told();
        if (!lastFile.isEmpty() && before != null) {
            cameBack(now, before, step.told());
        }
        steps.accept(step);
        lastFile = "";
        if (phase != BootPhase.STUCK) {
            phase = BootPhase.OFFERED;
            // What others serve is not seen from here.
            dueMillis = step.told().ours() ? now + SILENT_MILLIS : NEVER;
        }
    }

    /** A machine that has fetched asks again: it got on, was switched on anew, or goes round. */
    private void cameBack(long now, BootTold before, BootTold after) {
        boolean ipxe = machine.stage() == BootStage.IPXE;
        if (ipxe && !before.what().equals(after.what())) {
            booted(BootStep.Evidence.NEXT_STAGE);
            return;
        }
        rounds = now - fetchedMillis < BACK_MILLIS ? rounds + 1 : 0;
        if (rounds > 0 && rounds % ROUNDS_MAX == 0) {
            String times = " fetched it and came back, " + rounds + " times in a row";
            stuck(StuckAt.LOOP, quoted(lastFile) + ": it" + times);
        }
    }

    void tookAddress(long now) {
        seenMillis = now;
        took = true;
        if (phase == BootPhase.OFFERED && dueMillis != NEVER) {
            dueMillis = now + SILENT_MILLIS;
        }
    }

    /** Something that does not boot from the network asks from its hardware address. */
    void system(long now) {
        seenMillis = now;
        if (!lastFile.isEmpty() && phase != BootPhase.BOOTED && failed == null) {
            booted(BootStep.Evidence.SYSTEM);
            rounds = 0;
        } else if (phase == BootPhase.OFFERED && told != null && told.ours()) {
            stuck(StuckAt.ELSEWHERE, "fetched nothing, and " + BootStep.Evidence.SYSTEM.text());
        }
    }

    void fetching(long now) {
        seenMillis = now;
        transfers++;
        phase = BootPhase.FETCHING;
        dueMillis = NEVER;
    }

    /**
     * @param begun whether {@link #fetching} was told of it
     */
    void fetched(long now, BootFetch fetch, boolean begun) {
        seenMillis = now;
        transfers -= begun && transfers > 0 ? 1 : 0;
        switch (fetch.result()) {
            case WHOLE -> {
                failed = null;
                lastFile = fetch.file();
                fetchedMillis = now;
                asks = 0;
                phase = BootPhase.FETCHED;
                dueMillis = now + SILENT_MILLIS;
            }
            case PROBED -> {
                phase = lastFile.isEmpty() ? BootPhase.OFFERED : BootPhase.FETCHED;
                dueMillis = now + SILENT_MILLIS;
            }
            case BROKEN -> fail(now, fetch);
            case MISSING, REFUSED, FAILED -> {
                // Of what it was not told, firmware looks for many files that need not be there.
                if (isTold(fetch.file()) || machine.stage() == BootStage.IPXE) {
                    fail(now, fetch);
                }
            }
        }
    }

    private void fail(long now, BootFetch fetch) {
        failed = fetch;
        dueMillis = now + TRY_AGAIN_MILLIS;
    }

    private boolean isTold(String file) {
        String what = told == null ? "" : told.what();
        String name = file.startsWith("/") ? file.substring(1) : file;
        return !name.isEmpty() && (what.equals(name) || what.endsWith("/" + name));
    }

    /** Judges by what did not happen. */
    void due() {
        dueMillis = NEVER;
        if (transfers > 0) {
            return;
        }
        BootFetch wrong = failed;
        if (wrong != null) {
            stuckAt(wrong);
        } else if (!lastFile.isEmpty()) {
            booted(BootStep.Evidence.SILENCE);
        } else if (phase == BootPhase.OFFERED) {
            stuckInVain();
        }
    }

    private void stuckAt(BootFetch wrong) {
        if (wrong.result() == BootFetch.Result.BROKEN) {
            String where = String.format(Locale.ROOT, "%,d of %,d", wrong.bytes(), wrong.size());
            stuck(StuckAt.TRANSFER, quoted(wrong.file()) + " broke off at byte " + where);
        } else {
            stuck(StuckAt.MISSING, quoted(wrong.file()) + ": " + wrong.detail());
        }
    }

    private void stuckInVain() {
        BootTold what = told;
        if (what == null) {
            return;
        }
        String times = asks > 1 ? "asked " + asks + " times in " + seconds() + " s" : "asked";
        if (!took) {
            stuck(StuckAt.ADDRESS, times + ", and took no address");
        } else if (what.asksAgain()) {
            stuck(StuckAt.PORT_4011, times + ", and never on port 4011 as it was told");
        } else if (what.ours()) {
            stuck(StuckAt.FETCH, times + ", has an address, and fetched nothing");
        }
    }

    private long seconds() {
        return (askedLastMillis - askedMillis) / 1000;
    }

    private void booted(BootStep.Evidence evidence) {
        boolean told = phase == BootPhase.BOOTED;
        phase = BootPhase.BOOTED;
        dueMillis = NEVER;
        if (!told) {
            steps.accept(new BootStep.Booted(machine, evidence, lastFile));
        }
    }

    private void stuck(StuckAt at, String what) {
        phase = BootPhase.STUCK;
        dueMillis = NEVER;
        steps.accept(new BootStep.Stuck(machine, at, what));
    }

    /** Names are strangers': whoever prints them looks after what cannot be printed. */
    private static String quoted(String file) {
        return '"' + file + '"';
    }
}
