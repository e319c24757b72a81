package io.leasehold.netboot.watch;

import java.util.Locale;

/** Where a machine does not come any further, and what to look at. */
public enum StuckAt {
    ADDRESS("is there a DHCP server on this network, with addresses left?"),
    PORT_4011("a firewall before UDP port 4011, or another server that sends option 60"),
    FETCH(
            "a firewall before TFTP and HTTP, or another server that names a file:"
                    + " leasehold netboot --diagnose tells"),
    MISSING("is it under the root, spelt so, and readable?"),
    TRANSFER("are packets lost on the way, or does a firewall not know TFTP?"),
    LOOP("does the file run on this machine (architecture, Secure Boot), or does it end at once?"),
    ELSEWHERE("the machine's order of booting, and what it says on its screen");

    private final String look;

    StuckAt(String look) {
        this.look = look;
    }

    /** What to look at. */
    public String look() {
        return look;
    }

    /** As counters and JSON have it: {@code port-4011}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
