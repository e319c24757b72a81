package io.leasehold.scratch;

import java.io.IOException;
import org.teavm.classlib.PlatformDetector;
import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/**
 * Standard input and output. TeaVM's {@code System.in} does not read, and its {@code System.out}
 * takes bytes for characters: as C the bytes go through read(2) and write(2).
 */
final class Descriptors {
    private static final int STDIN = 0;
    private static final int STDOUT = 1;

    private Descriptors() {}

    /** Fills the array; false when the input ends before. */
    static boolean read(byte[] bytes) throws IOException {
        if (!PlatformDetector.isC()) {
            return System.in.readNBytes(bytes, 0, bytes.length) == bytes.length;
        }
        int done = 0;
        while (done < bytes.length) {
            int now = read(STDIN, Address.ofData(bytes).add(done), bytes.length - done);
            if (now <= 0) {
                return false;
            }
            done += now;
        }
        return true;
    }

    static void write(byte[] bytes, int length) throws IOException {
        if (!PlatformDetector.isC()) {
            System.out.write(bytes, 0, length);
            System.out.flush();
            return;
        }
        int done = 0;
        while (done < length) {
            int now = write(STDOUT, Address.ofData(bytes).add(done), length - done);
            if (now <= 0) {
                throw new IOException("standard output takes no more");
            }
            done += now;
        }
    }

    @Import(name = "read")
    @Include("unistd.h")
    private static native int read(int descriptor, Address buffer, int count);

    @Import(name = "write")
    @Include("unistd.h")
    private static native int write(int descriptor, Address buffer, int count);
}
