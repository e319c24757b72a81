package io.leasehold.netboot.watch;

/** How far a machine has come. */
public enum BootPhase {
    ASKED,
    OFFERED,
    FETCHING,
    FETCHED,
    BOOTED,
    STUCK
}
