package io.leasehold.link;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.leasehold.link.helper.HelperRecord;
import io.leasehold.link.helper.NeighbourEntries;
import io.leasehold.link.helper.NeighbourFailure;
import io.leasehold.protocol.wire.HardwareAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/**
 * Has neighbour entries made by the helper process: a whole batch is asked for with one write, and
 * its answers are waited for no longer than a reply may be held up. While answers to an earlier
 * batch are missing nothing is asked, so that a helper that hangs costs that wait once.
 */
final class HelpedNeighbours implements Neighbours {
    private static final System.Logger LOG = System.getLogger("io.leasehold.link");
    private static final long WAIT_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long START_SECONDS_MAX = 3;
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final byte[] NO_HARDWARE = new byte[NeighbourEntries.ETHERNET_OCTETS];
    private static final byte[] ANY_HARDWARE = {2, 0, 0, 0, 0, 1};

    /** The index of the loopback interface, of which 0.0.0.0 is no client. */
    private static final int LOOPBACK = 1;

    private final HelperProcess helper;
    private final MemorySegment state;
    private final MemorySegment buffer;
    private final byte[] requests = new byte[HelperRecord.BATCH_MAX * HelperRecord.REQUEST_BYTES];
    private final byte[] answers = new byte[HelperRecord.BATCH_MAX * HelperRecord.ANSWER_BYTES];
    private final MemorySegment poll;
    private final MemorySegment time;
    private final int[] slots = new int[HelperRecord.BATCH_MAX];
    private int added;
    private int taken;
    private boolean gone;

    /** Answers that nobody waits for any more; at first the one that says that it is ready. */
    private int owed = 1;

    HelpedNeighbours(Arena arena, HelperProcess helper) {
        this.helper = helper;
        state = Kernel.newState(arena);
        buffer = arena.allocate(requests.length, 8);
        poll = arena.allocate(JAVA_LONG);
        poll.set(JAVA_INT, 0, helper.answers());
        poll.set(JAVA_SHORT, 4, (short) Abi.POLLIN);
        time = arena.allocate(JAVA_LONG, 2);
    }

    /**
     * Waits for the helper's word that it is ready, and then has it refuse an entry: the first
     * client is to find neither of the two still loading what its entry takes. Without an answer
     * the start goes on: replies are broadcast until it comes.
     */
    void awaitStart() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
        while (owed > 0 && !gone && await(end - System.nanoTime())) {
            read((slot, errno) -> {});
        }
        add(0, LOOPBACK, 0, HardwareAddress.of(HardwareAddress.ETHERNET, ANY_HARDWARE));
        make((slot, errno) -> {}, end);
        if (gone) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the neighbour helper ended at its start: all replies are broadcast");
        } else if (owed > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the neighbour helper is not ready after "
                            + START_SECONDS_MAX
                            + " s: replies are broadcast until it is");
        }
    }

    @Override
    public void add(int slot, int interfaceIndex, int addressBits, HardwareAddress hardware) {
        HelperRecord.put(requests, added, interfaceIndex, addressBits, hardware.toBytes());
        slots[added++] = slot;
    }

    @Override
    public void addEverybody(int slot, int interfaceIndex) {
        HelperRecord.putEverybody(requests, added, interfaceIndex);
        slots[added++] = slot;
    }

    @Override
    public int pending() {
        return added;
    }

    @Override
    public void make(NeighbourFailure failure) {
        make(failure, System.nanoTime() + WAIT_NANOS_MAX);
    }

    private void make(NeighbourFailure failure, long end) {
        taken = 0;
        int errno = ask();
        if (errno == 0) {
            while (taken < added && !gone && await(end - System.nanoTime())) {
                read(failure);
            }
            owed = added - taken;
            errno = gone ? Abi.HELPER_IS_GONE : Abi.HELPER_IS_LATE;
        }
        for (int i = taken; i < added; i++) {
            failure.failed(slots[i], errno);
        }
        added = 0;
    }

    private int ask() {
        if (owed > 0 && !gone) {
            read((slot, errno) -> {});
        }
        if (gone) {
            return Abi.HELPER_IS_GONE;
        }
        if (owed > 0) {
            return Abi.HELPER_IS_LATE;
        }
        int length = added * HelperRecord.REQUEST_BYTES;
        MemorySegment.copy(requests, 0, buffer, JAVA_BYTE, 0, length);
        int written = Kernel.write(state, helper.requests(), buffer, length);
        gone = written != length && written != -Abi.EAGAIN;
        return gone ? Abi.HELPER_IS_GONE : written == length ? 0 : Abi.HELPER_IS_LATE;
    }

    private boolean await(long nanos) {
        if (nanos <= 0) {
            return false;
        }
        time.setAtIndex(JAVA_LONG, 0, nanos / NANOS_PER_SECOND);
        time.setAtIndex(JAVA_LONG, 1, nanos % NANOS_PER_SECOND);
        long result =
                Kernel.call(state, SystemCall.PPOLL, poll.address(), 1, time.address(), 0, 0, 0);
        return result > 0 || result == -Abi.EINTR;
    }

    /** Takes what answers there are; the first are those that nobody waits for any more. */
    private void read(NeighbourFailure failure) {
        int length = Kernel.read(state, helper.answers(), buffer.asSlice(0, answers.length));
        if (length == -Abi.EAGAIN || length == -Abi.EINTR) {
            return;
        }
        gone = length <= 0 || length % HelperRecord.ANSWER_BYTES != 0;
        MemorySegment.copy(buffer, JAVA_BYTE, 0, answers, 0, Math.max(length, 0));
        for (int i = 0; i < length / HelperRecord.ANSWER_BYTES; i++) {
            int errno = HelperRecord.answer(answers, i);
            if (owed > 0) {
                owed--;
            } else if (taken < added) {
                int slot = slots[taken++];
                if (errno != 0) {
                    failure.failed(slot, errno);
                }
            }
        }
    }

    @Override
    public void forget(int interfaceIndex, int addressBits) {
        HelperRecord.put(requests, added, interfaceIndex, addressBits, NO_HARDWARE);
        slots[added++] = -1;
        make((slot, errno) -> {});
    }

    @Override
    public void close() {
        helper.close();
    }
}
