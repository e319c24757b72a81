package io.leasehold.netboot.proxy;

/** The two kinds of boot client, as their vendor class (option 60) begins. */
public enum BootFamily {
    /** Takes a name, and fetches it by TFTP (PXE 2.1). */
    PXE("PXEClient"),
    /** Takes a URL (UEFI 2.5, HTTP boot). */
    HTTP("HTTPClient");

    private final String vendorClass;

    BootFamily(String vendorClass) {
        this.vendorClass = vendorClass;
    }

    /** What option 60 begins with, and what it is in a reply. */
    public String vendorClass() {
        return vendorClass;
    }
}
