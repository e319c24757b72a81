package io.leasehold.link;

import io.leasehold.link.helper.NeighbourEntries;
import io.leasehold.link.helper.NeighbourFailure;
import io.leasehold.protocol.wire.HardwareAddress;
import java.lang.foreign.Arena;

/** Makes neighbour entries itself, which takes CAP_NET_ADMIN. */
final class KernelNeighbours implements Neighbours {
    private final LinkKernel kernel;
    private final int socket;
    private final NeighbourEntries entries;

    KernelNeighbours(Arena arena) throws LinkException {
        kernel = new LinkKernel(arena);
        socket = kernel.openNetlink(0);
        if (socket < 0) {
            throw new LinkException("cannot open a netlink socket: " + Abi.errorText(socket));
        }
        entries = new NeighbourEntries(kernel, socket, SendBatch.SLOTS);
    }

    @Override
    public int pending() {
        return entries.pending();
    }

    @Override
    public void add(int slot, int interfaceIndex, int addressBits, HardwareAddress hardware) {
        entries.add(slot, interfaceIndex, addressBits, hardware.toBytes(), 0);
    }

    @Override
    public void addEverybody(int slot, int interfaceIndex) {
        entries.addEverybody(slot, interfaceIndex);
    }

    @Override
    public void make(NeighbourFailure failure) {
        entries.make(failure);
    }

    @Override
    public void forget(int interfaceIndex, int addressBits) {
        entries.forget(interfaceIndex, addressBits);
    }

    @Override
    public void close() {
        kernel.close(socket);
    }
}
