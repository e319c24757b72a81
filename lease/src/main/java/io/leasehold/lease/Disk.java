package io.leasehold.lease;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** The directory that a journal lives in. Names are file names without a path. */
interface Disk {
    /** Opens a file to read and write; makes it, or empties it, first when it is to be fresh. */
    File open(String name, boolean fresh) throws IOException;

    /** Opens a file to read only. */
    File openToRead(String name) throws IOException;

    /** The names of all files there are, in no order. */
    List<String> list() throws IOException;

    /** Gives a file another name, in one step; a file that has that name is replaced. */
    void rename(String from, String to) throws IOException;

    /** Removes a file; no error when there is none. */
    void delete(String name) throws IOException;

    /** Makes names durable: what was made, renamed and removed. */
    void syncDirectory() throws IOException;

    /** What an operator calls a file: its whole path. */
    String describe(String name);

    /** An open file. */
    interface File extends Closeable {
        /** Reads at an offset; returns how many bytes, or -1 at the end. */
        int read(ByteBuffer into, long offset) throws IOException;

        /** Writes the whole buffer at an offset. */
        void write(ByteBuffer from, long offset) throws IOException;

        /** Makes durable what was written. */
        void sync() throws IOException;

        void truncate(long length) throws IOException;

        long size() throws IOException;
    }
}
