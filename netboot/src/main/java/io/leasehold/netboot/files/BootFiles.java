package io.leasehold.netboot.files;

/** Where files are looked for. Safe for use by several threads. */
public interface BootFiles {
    /**
     * Opens the file of a name.
     *
     * @param name as the client wrote it
     */
    FileLookup open(String name);
}
