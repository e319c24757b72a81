package io.leasehold.netboot.proxy;

/** Where a boot service is asked. */
public enum BootPort {
    /** The port of DHCP servers: machines ask everyone there. */
    DHCP(67),
    /** The port of boot servers (PXE 2.1 §2.2.3): machines ask this one there. */
    BOOT_SERVER(4011);

    private final int number;

    BootPort(int number) {
        this.number = number;
    }

    /** The UDP port. */
    public int number() {
        return number;
    }
}
