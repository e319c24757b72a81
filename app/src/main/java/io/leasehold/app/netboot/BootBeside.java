package io.leasehold.app.netboot;

import io.leasehold.app.config.NetbootSetup;
import io.leasehold.app.run.Counters;
import io.leasehold.app.run.InterfaceNames;
import io.leasehold.protocol.role.Role;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Network boot by this process's own DHCP server: port 67 is the server's, whose answers tell what
 * to boot; port 4011 and the files are beside it.
 */
public final class BootBeside {
    private final @Nullable NetbootSetup setup;
    private final BootTelling telling;
    private volatile @Nullable BootWithLeases<?> answers;
    private volatile @Nullable NetbootProcess process;

    /**
     * @param setup null where nothing is booted
     * @param json where it tells of machines, a JSON object a line; null for the log
     */
    public BootBeside(@Nullable NetbootSetup setup, Counters counters, @Nullable PrintStream json) {
        this.setup = setup;
        // The ACK tells again what the OFFER told, and the server logs no OFFER either.
        this.telling = new BootTelling(counters, json, Level.DEBUG);
    }

    /** A server whose answers tell what to boot too, where there is something to boot. */
    public <C> Role<C> around(Role<C> server, InterfaceNames names) {
        NetbootSetup boots = setup;
        if (boots == null) {
            return server;
        }
        BootWithLeases<C> both = new BootWithLeases<>(server, boots.rules(), names, telling);
        answers = both;
        return both;
    }

    /** Answers on port 4011 and serves the files until what it returns is closed. */
    public Closeable open() throws IOException {
        NetbootSetup boots = setup;
        if (boots == null) {
            return () -> {};
        }
        Netbooting.warnOfMissing(boots);
        NetbootProcess beside = NetbootProcess.beside(boots, telling);
        process = beside;
        return beside;
    }

    /** Boots machines by other rules from now on. */
    public void configure(@Nullable NetbootSetup now) {
        BootWithLeases<?> both = answers;
        NetbootProcess beside = process;
        if (now != null && both != null) {
            both.configure(now.rules());
        }
        if (now != null && beside != null) {
            beside.configure(now.rules());
            Netbooting.warnOfMissing(now);
        }
    }

    /** What keeps machines from booting, a line each. */
    public List<String> problems() {
        NetbootProcess beside = process;
        List<String> problems = new ArrayList<>();
        if (beside != null) {
            String dead = beside.dead();
            if (dead != null) {
                problems.add("network boot: " + dead);
            }
            problems.addAll(beside.lacks());
        }
        return problems;
    }

    /** Tells of machines that boot; null where none do. */
    public @Nullable BootTelling telling() {
        return setup == null ? null : telling;
    }
}
