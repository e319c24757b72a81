package io.leasehold.netboot.script;

import io.leasehold.netboot.files.BootFile;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A script that was made for one machine, as a file that is open. */
public final class MadeScript implements BootFile {
    private static final int TAG_BYTES = 12;

    private final String path;
    private final byte[] bytes;
    private final long madeMillis;

    /**
     * @param path what it is called in the log, and what its type follows from
     * @param madeMillis in milliseconds since 1970
     */
    public MadeScript(String path, byte[] bytes, long madeMillis) {
        this.path = path;
        this.bytes = bytes.clone();
        this.madeMillis = madeMillis;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public long modifiedMillis() {
        return madeMillis;
    }

    /** Follows from what is in it alone: the same script has the same tag each time it is made. */
    public String tag() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "\"" + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public void read(ByteBuffer into, long position) {
        int at = (int) Math.min(position, bytes.length);
        into.put(bytes, at, Math.min(into.remaining(), bytes.length - at));
    }

    @Override
    public void close() {
        // There is nothing open.
    }
}
