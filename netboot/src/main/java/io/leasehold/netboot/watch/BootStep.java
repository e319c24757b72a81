package io.leasehold.netboot.watch;

import io.leasehold.netboot.proxy.BootTold;
import io.leasehold.netboot.proxy.NetbootDropReason;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageType;
import org.jspecify.annotations.Nullable;

/** Something that happened to a machine on its way. */
public sealed interface BootStep {
    /** The machine; null where a stranger fetches. */
    @Nullable BootMachine machine();

    /** It asked what to boot. */
    record Asked(BootMachine machine) implements BootStep {}

    /** It asked, and is not answered. */
    record LeftAlone(BootMachine machine, NetbootDropReason reason) implements BootStep {}

    /**
     * It was told.
     *
     * @param type OFFER or ACK
     */
    record Offered(BootMachine machine, MessageType type, BootTold told) implements BootStep {}

    /** It fetched, or tried to. */
    record Fetched(@Nullable BootMachine machine, BootFetch fetch) implements BootStep {}

    /**
     * It runs what it was told to boot, as far as one can tell from here.
     *
     * @param evidence how that is known
     * @param file what it fetched last
     */
    record Booted(BootMachine machine, Evidence evidence, String file) implements BootStep {}

    /**
     * It does not come any further.
     *
     * @param at where
     * @param what was seen of it
     */
    record Stuck(BootMachine machine, StuckAt at, String what) implements BootStep {}

    /** How it is known that a machine booted. */
    enum Evidence {
        NEXT_STAGE("what it fetched asks now"),
        SYSTEM("a system without PXE asks for an address now"),
        SILENCE("it has all that it asked for, and is silent");

        private final String text;

        Evidence(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** Told where a machine has which address. */
    @FunctionalInterface
    interface Neighbours {
        /** The hardware address at an IPv4 address of this link; null where it is not known. */
        @Nullable String hardwareOf(Ip4Address address);
    }
}
