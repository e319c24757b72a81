package io.leasehold.link;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The process that makes neighbour entries for a link whose process may not: it holds CAP_NET_ADMIN
 * and nothing else, takes requests from standard input, trusts none of them, and ends when the
 * link's process does. Which addresses it serves it asks the kernel itself.
 */
public final class NeighbourHelper {
    private static final int INPUT = 0;
    private static final int OUTPUT = 1;

    private final MemorySegment state;
    private final MemorySegment requests;
    private final MemorySegment answers;
    private final NeighbourScope scope;
    private final Poller poller;
    private final InterfaceWatch watch;
    private final KernelNeighbours neighbours;
    private List<NetworkInterface> interfaces;

    private NeighbourHelper(Arena arena, NeighbourScope scope) throws LinkException {
        this.scope = scope;
        state = Kernel.newState(arena);
        requests = arena.allocate((long) HelperRecord.BATCH_MAX * HelperRecord.REQUEST_BYTES, 8);
        answers = arena.allocate((long) HelperRecord.BATCH_MAX * HelperRecord.ANSWER_BYTES, 8);
        poller = new Poller(arena);
        watch = new InterfaceWatch(arena);
        neighbours = new KernelNeighbours(arena);
        interfaces = InterfaceDump.read();
        poller.add(INPUT);
        poller.add(watch.fd());
    }

    /**
     * Serves until standard input ends.
     *
     * @param arguments the scope, as {@link NeighbourScope} writes it
     */
    public static void main(String[] arguments) {
        try (Arena arena = Arena.ofConfined()) {
            new NeighbourHelper(arena, NeighbourScope.parse(List.of(arguments))).serve();
        } catch (LinkException | IllegalArgumentException e) {
            System.err.println("leasehold: the neighbour helper ends: " + e.getMessage());
            System.exit(1);
        }
    }

    private void serve() throws LinkException {
        warmUp();
        // The first answer, to no request, says that it is ready.
        answer(1);
        while (true) {
            int ready = poller.await(watch.waitMillis(-1));
            for (int i = 0; i < ready; i++) {
                int fd = poller.ready(i);
                if (fd == watch.fd()) {
                    watch.heard();
                } else if (fd == INPUT && !takeRequests()) {
                    return;
                }
            }
            if (watch.takeDue()) {
                interfaces = InterfaceDump.read();
            }
        }
    }

    /**
     * Asks about an address of each network, and the kernel for what it refuses, so that the first
     * client finds all of it loaded.
     */
    private void warmUp() {
        for (NetworkInterface each : interfaces) {
            for (InterfaceAddress own : each.addresses()) {
                scope.allows(interfaces, each.index(), own.network().last());
            }
        }
        neighbours.add(0, 0, 0, HardwareAddress.of(1, new byte[Neighbours.ETHERNET_OCTETS]));
        neighbours.make((position, errno) -> {});
    }

    /** False when the other end is gone. */
    private boolean takeRequests() throws LinkException {
        int length = Kernel.read(state, INPUT, requests);
        if (length == 0) {
            return false;
        }
        if (length < 0 || length % HelperRecord.REQUEST_BYTES != 0) {
            throw new LinkException("found a request of " + length + " octets, expected 16");
        }
        int count = length / HelperRecord.REQUEST_BYTES;
        for (int i = 0; i < count; i++) {
            answers.setAtIndex(JAVA_INT, i, take(i));
        }
        neighbours.make(this::failed);
        answer(count);
        return true;
    }

    private int take(int position) {
        int index = HelperRecord.interfaceIndex(requests, position);
        Ip4Address address = Ip4Address.of(HelperRecord.addressBits(requests, position));
        HardwareAddress hardware = HelperRecord.hardware(requests, position);
        boolean removal = HelperRecord.isRemoval(requests, position);
        if (!HelperRecord.isWellFormed(requests, position)
                || !removal && !Neighbours.fits(hardware)
                || !scope.allows(interfaces, index, address)) {
            return Abi.REFUSED_BY_HELPER;
        }
        if (removal) {
            neighbours.make(this::failed);
            neighbours.forget(index, address.bits());
        } else {
            neighbours.add(position, index, address.bits(), hardware);
        }
        return 0;
    }

    private void failed(int position, int errno) {
        answers.setAtIndex(JAVA_INT, position, errno);
    }

    private void answer(int count) throws LinkException {
        int length = count * HelperRecord.ANSWER_BYTES;
        int written = Kernel.write(state, OUTPUT, answers, length);
        if (written != length && written != -Abi.EPIPE) {
            throw new LinkException("cannot answer: " + Abi.errorText(written));
        }
    }
}
