package io.leasehold.netboot.proxy;

/** What asks: a machine boots in two stages where iPXE comes first. */
public enum BootStage {
    /** The machine's own ROM or UEFI. */
    FIRMWARE,
    /** iPXE, which takes a script. */
    IPXE
}
