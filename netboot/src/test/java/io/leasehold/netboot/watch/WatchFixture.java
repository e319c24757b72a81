package io.leasehold.netboot.watch;

import io.leasehold.netboot.proxy.Architecture;
import io.leasehold.netboot.proxy.BootClient;
import io.leasehold.netboot.proxy.BootFamily;
import io.leasehold.netboot.proxy.BootMatch;
import io.leasehold.netboot.proxy.BootStage;
import io.leasehold.netboot.proxy.BootTold;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A watch whose clock is set by hand, and machines that boot. */
final class WatchFixture {
    static final HardwareAddress HARDWARE = HardwareAddress.parse("52:54:00:77:01:03");
    static final Ip4Address PLACE = Ip4Address.parse("10.77.0.101");
    static final String NAME = HARDWARE.toString();
    static final BootTold NBP = told("nbp.efi");
    static final BootTold SCRIPT = told("http://10.77.0.2:8080/boot.ipxe");

    final List<BootStep> steps = new ArrayList<>();
    final Map<Ip4Address, String> neighbours = new HashMap<>();
    final BootWatch watch = new BootWatch(steps::add, neighbours::get);
    private long millis = 5_000_000;

    static BootTold told(String what) {
        return new BootTold(what, false, 2, BootMatch.ALL, true);
    }

    static BootClient client(BootStage stage) {
        return client(HARDWARE, stage);
    }

    static BootClient client(HardwareAddress hardware, BootStage stage) {
        return new BootClient(
                hardware,
                BootFamily.PXE,
                stage,
                List.of(7),
                Architecture.X64,
                "PXEClient",
                List.of(),
                null,
                null,
                -1,
                null);
    }

    /** Lets time pass, as the program does: a bit at a time. */
    void pass(int seconds) {
        for (int i = 0; i < seconds * 4; i++) {
            millis += 250;
            watch.tick(millis);
        }
    }

    void asks(BootStage stage, BootTold told) {
        watch.answered(millis, client(stage), "eth0", Ip4Address.ZERO, MessageType.OFFER, told);
    }

    void asksOn4011(BootTold told) {
        BootClient client = client(BootStage.FIRMWARE);
        watch.answered(millis, client, "eth0", PLACE, MessageType.ACK, told);
        watch.tookAddress(millis, client, PLACE);
    }

    void takesAddress() {
        watch.tookAddress(millis, client(BootStage.FIRMWARE), PLACE);
    }

    void begins() {
        watch.fetching(millis, PLACE);
    }

    void ends(String file, BootFetch.Result result, long bytes) {
        watch.fetched(millis, fetch(file, result, bytes, "the client fell silent"), true);
    }

    void fetches(String file) {
        begins();
        ends(file, BootFetch.Result.WHOLE, 1000);
    }

    void misses(String file) {
        watch.fetched(millis, fetch(file, BootFetch.Result.MISSING, 0, "no such file"), false);
    }

    void systemAsks() {
        watch.system(millis, HARDWARE);
    }

    private static BootFetch fetch(
            String file, BootFetch.Result result, long bytes, String detail) {
        return new BootFetch(BootFetch.Protocol.TFTP, PLACE, file, result, detail, bytes, 1000, 10);
    }

    /** What was judged: {@code booted NEXT_STAGE nbp.efi}, {@code stuck FETCH ...}. */
    List<String> verdicts() {
        List<String> found = new ArrayList<>();
        for (BootStep step : steps) {
            switch (step) {
                case BootStep.Booted booted ->
                        found.add(
                                "booted "
                                        + booted.machine().stage()
                                        + " "
                                        + booted.evidence()
                                        + " "
                                        + booted.file());
                case BootStep.Stuck stuck -> found.add(stuck.at() + ": " + stuck.what());
                case BootStep.Asked _,
                        BootStep.LeftAlone _,
                        BootStep.Offered _,
                        BootStep.Fetched _ -> {
                    // Seen, and not judged.
                }
            }
        }
        return found;
    }
}
