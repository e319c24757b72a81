package io.leasehold.lease;

/** The numbers that the records of a journal begin with, and the flags of a lease. */
final class RecordType {
    static final int PUT = 1;
    static final int REMOVE = 2;
    static final int SHIFT = 3;

    /** How the wall clock stood to the time since boot. */
    static final int CLOCK_MARK = 4;

    /** The last record of each frame but a trailer: the wall clock when it was written. */
    static final int WALL = 5;

    /** The only record of a snapshot's last frame: how many leases the snapshot has. */
    static final int END = 6;

    static final int STATE_BITS = 0x03;
    static final int CLIENT_BITS = 0x0c;
    static final int CLIENT_IS_HARDWARE = 0x00;
    static final int CLIENT_BY_ID = 0x04;
    static final int CLIENT_BY_OTHER_HARDWARE = 0x08;
    static final int FOREVER = 0x10;
    static final int NAMED = 0x20;
    static final int RELAYED = 0x40;
    static final int UNUSED_BITS = 0x80;

    private static final Lease.State[] STATES = {
        Lease.State.BOUND, Lease.State.RELEASED, Lease.State.DECLINED, Lease.State.CONFLICT
    };

    private RecordType() {}

    /** What a state is on disk; not its ordinal, which may change with the source. */
    static int codeOf(Lease.State state) {
        return switch (state) {
            case BOUND -> 0;
            case RELEASED -> 1;
            case DECLINED -> 2;
            case CONFLICT -> 3;
        };
    }

    static Lease.State stateOf(int flags) {
        return STATES[flags & STATE_BITS];
    }
}
