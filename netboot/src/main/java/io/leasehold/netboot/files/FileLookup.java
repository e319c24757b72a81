package io.leasehold.netboot.files;

/** What became of a name that was looked for. */
public sealed interface FileLookup {
    /**
     * @param file open; whoever asked closes it
     */
    record Found(BootFile file) implements FileLookup {}

    /**
     * There is no file of that name.
     *
     * @param why for a log line
     */
    record Missing(String why) implements FileLookup {}

    /**
     * Nothing is sent under that name.
     *
     * @param why for a log line
     */
    record Refused(String why) implements FileLookup {}

    /**
     * It is there and could not be opened: this machine's fault, not the client's.
     *
     * @param why for a log line
     */
    record Failed(String why) implements FileLookup {}
}
