package io.leasehold.link.helper;

/** Told of each neighbour entry that could not be made. */
public interface NeighbourFailure {
    void failed(int slot, int errno);
}
