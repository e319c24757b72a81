package io.leasehold.app.run;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.ParseResult;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tells and counts what every loop meets, whatever it decides; each kind of line has a limit. */
public final class LoopLog {
    private static final int FAULT_LINE_SECONDS = 10;

    private final System.Logger log;
    private final InterfaceNames names;
    private final Counters counters;
    private final RateLimit malformed;
    private final RateLimit shed;
    private final RateLimit faults;
    private final SendDrops sendDrops;

    /**
     * @param millis a clock that does not go back
     */
    public LoopLog(
            System.Logger log, InterfaceNames names, Counters counters, LongSupplier millis) {
        this.log = log;
        this.names = names;
        this.counters = counters;
        this.malformed = RateLimit.oncePerMinute(millis);
        this.shed = RateLimit.oncePerMinute(millis);
        this.faults = RateLimit.every(millis, FAULT_LINE_SECONDS);
        this.sendDrops = new SendDrops(log, millis);
    }

    /** From time to time, on the loop's thread. */
    public void tick() {
        sendDrops.tick();
    }

    /** Bytes came that are no message. */
    public void malformed(Ip4Address source, int interfaceIndex, ParseResult.Malformed what) {
        counters.add("malformed-" + what.why().name().toLowerCase(Locale.ROOT));
        if (malformed.pass()) {
            log.log(
                    Level.INFO,
                    "no DHCP message from "
                            + source
                            + " on "
                            + names.of(interfaceIndex)
                            + ": "
                            + what.why()
                            + " at byte "
                            + what.offset()
                            + malformed.takeHeldText());
        }
    }

    /** A DISCOVER was shed. */
    public void shed() {
        counters.add("shed-discovers");
        if (shed.pass()) {
            log.log(
                    Level.WARNING,
                    "more DISCOVERs than can be answered: those of the clients that began last wait"
                            + shed.takeHeldText());
        }
    }

    /**
     * Something impossible happened, and what was at hand is dropped.
     *
     * @param arrival the message that led to it; null when none did
     */
    public void fault(String what, @Nullable Arrival arrival, Throwable fault) {
        counters.add("faults");
        if (faults.pass()) {
            String of =
                    arrival == null
                            ? ""
                            : " of "
                                    + ClientText.of(arrival.message())
                                    + " on "
                                    + names.of(arrival.interfaceIndex());
            log.log(
                    Level.ERROR,
                    "a fault of this program while "
                            + what
                            + of
                            + "; what was at hand is dropped, serving goes on"
                            + faults.takeHeldText(),
                    fault);
        }
    }
}
