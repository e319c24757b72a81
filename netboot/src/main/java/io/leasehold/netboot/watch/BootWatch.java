package io.leasehold.netboot.watch;

import io.leasehold.netboot.proxy.BootClient;
import io.leasehold.netboot.proxy.BootTold;
import io.leasehold.netboot.proxy.NetbootDropReason;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageType;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows each machine from its first question to its last file, and says how far it came. It hears
 * what the rules, the file servers and the clock have to tell, from any thread; times are
 * milliseconds of a clock that does not go back.
 */
public final class BootWatch {
    /** Machines that are followed; strangers may make up any number of them. */
    public static final int MACHINES_MAX = 4096;

    /** A machine that was not heard of for so long is forgotten. */
    static final int FORGET_MILLIS = 3_600_000;

    private static final long NEVER = Long.MAX_VALUE;

    private final Consumer<BootStep> steps;
    private final BootStep.Neighbours neighbours;

    /** By hardware address, or UUID where there is none; who was heard last comes last. */
    private final LinkedHashMap<String, Attempt> machines = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<Ip4Address, Attempt> places = new HashMap<>();
    private long dueMillis = NEVER;

    /**
     * @param steps hears what happens, one thing after the other
     */
    public BootWatch(Consumer<BootStep> steps, BootStep.Neighbours neighbours) {
        this.steps = steps;
        this.neighbours = neighbours;
    }

    /**
     * A machine asked, and is told.
     *
     * @param type of the answer
     * @param address the machine's own; 0.0.0.0 where it has none yet
     */
    public synchronized void answered(
            long now,
            BootClient client,
            String interfaceName,
            Ip4Address address,
            MessageType type,
            BootTold told) {
        Attempt attempt = machines.get(key(client));
        if (attempt == null) {
            makeRoom();
            BootMachine machine = BootMachine.of(client, interfaceName, null);
            attempt = new Attempt(key(client), machine, steps);
            machines.put(attempt.key(), attempt);
        }
        attempt.asked(now, client, interfaceName);
        place(attempt, address);
        attempt.offered(now, new BootStep.Offered(attempt.machine(), type, told));
        follow(attempt);
    }

    /** A machine asked, and is left alone. */
    public synchronized void leftAlone(
            BootClient client, String interfaceName, NetbootDropReason reason) {
        Attempt attempt = machines.get(key(client));
        Ip4Address address = attempt == null ? null : attempt.machine().address();
        BootMachine machine = BootMachine.of(client, interfaceName, address);
        if (attempt != null) {
            attempt.leftAlone(machine);
        }
        steps.accept(new BootStep.LeftAlone(machine, reason));
    }

    /** A machine that boots takes an address, or was given it. */
    public synchronized void tookAddress(long now, BootClient client, Ip4Address address) {
        Attempt attempt = machines.get(key(client));
        if (attempt != null) {
            place(attempt, address);
            attempt.tookAddress(now);
            follow(attempt);
        }
    }

    /** Somebody asks for an address who does not boot from the network. */
    public synchronized void system(long now, HardwareAddress hardware) {
        Attempt attempt = machines.isEmpty() ? null : machines.get(hardware.toString());
        if (attempt != null) {
            attempt.system(now);
        }
    }

    /** A transfer begins; {@link #fetched} tells of its end. */
    public synchronized void fetching(long now, Ip4Address from) {
        Attempt attempt = at(from);
        if (attempt != null) {
            attempt.fetching(now);
        }
    }

    /**
     * A transfer has ended, or did not begin.
     *
     * @param begun whether {@link #fetching} was told of it
     * @return whose it was; null when that is not known
     */
    public synchronized @Nullable BootMachine fetched(long now, BootFetch fetch, boolean begun) {
        Attempt attempt = at(fetch.from());
        BootMachine machine = attempt == null ? null : attempt.machine();
        if (fetch.result() != BootFetch.Result.PROBED) {
            steps.accept(new BootStep.Fetched(machine, fetch));
        }
        if (attempt != null) {
            attempt.fetched(now, fetch, begun);
            follow(attempt);
        }
        return machine;
    }

    /** Judges by what did not happen; to be called again and again. */
    public synchronized void tick(long now) {
        Iterator<Attempt> oldest = machines.values().iterator();
        while (oldest.hasNext()) {
            Attempt attempt = oldest.next();
            if (now - attempt.seenMillis() < FORGET_MILLIS) {
                break;
            }
            oldest.remove();
            leavePlace(attempt);
        }
        if (now < dueMillis) {
            return;
        }
        dueMillis = NEVER;
        for (Attempt each : machines.values()) {
            if (each.dueMillis() <= now) {
                each.due();
            }
            follow(each);
        }
    }

    /** How many machines came how far, of those heard of within the hour. */
    public synchronized Map<BootPhase, Integer> counts() {
        Map<BootPhase, Integer> counts = new EnumMap<>(BootPhase.class);
        for (BootPhase phase : BootPhase.values()) {
            counts.put(phase, 0);
        }
        machines.values().forEach(each -> counts.merge(each.phase(), 1, Integer::sum));
        return counts;
    }

    private static String key(BootClient client) {
        boolean nameless = client.hardware().length() == 0;
        return nameless ? String.valueOf(client.uuid()) : client.hardware().toString();
    }

    private void makeRoom() {
        while (machines.size() >= MACHINES_MAX) {
            Iterator<Attempt> oldest = machines.values().iterator();
            Attempt gone = oldest.next();
            oldest.remove();
            leavePlace(gone);
        }
    }

    private void follow(Attempt attempt) {
        dueMillis = Math.min(dueMillis, attempt.dueMillis());
    }

    private void place(Attempt attempt, Ip4Address address) {
        if (address.isZero()) {
            return;
        }
        leavePlace(attempt);
        Attempt before = places.put(address, attempt);
        if (before != null && before != attempt) {
            before.address(null);
        }
        attempt.address(address);
    }

    private void leavePlace(Attempt attempt) {
        Ip4Address address = attempt.machine().address();
        if (address != null) {
            places.remove(address, attempt);
        }
    }

    /** Who has an address, by what was seen of DHCP, else by the neighbours of this host. */
    private @Nullable Attempt at(Ip4Address address) {
        Attempt known = places.get(address);
        if (known != null) {
            machines.get(known.key());
            return known;
        }
        String hardware = machines.size() == places.size() ? null : neighbours.hardwareOf(address);
        Attempt found = hardware == null ? null : machines.get(hardware);
        if (found != null) {
            place(found, address);
        }
        return found;
    }
}
