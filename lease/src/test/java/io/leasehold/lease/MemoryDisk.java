package io.leasehold.lease;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A disk that forgets, at a crash, what was not synced, and fails when it is told to. After a
 * failed sync it behaves as Linux does: what was written is taken for clean and lost.
 */
final class MemoryDisk implements Disk {
    /** What becomes of what was not synced. */
    enum Unsynced {
        LOST,
        KEPT,
        /** The first half is kept; where the file grew, the rest is zero. */
        HALF
    }

    /** Decides about each change of the disk before it is made. */
    interface Fault {
        /**
         * @param operation what is to be done, such as "write journal-00000001.log"
         */
        void before(String operation) throws IOException;
    }

    private static final class Content {
        private byte[] written = new byte[0];
        private byte[] durable = new byte[0];
        private boolean syncFailed;
    }

    private final Map<String, Content> names = new HashMap<>();
    private Map<String, Content> durableNames = new HashMap<>();
    private volatile Fault fault = operation -> {};
    private int syncs;

    void fault(Fault next) {
        fault = next;
    }

    synchronized int syncs() {
        return syncs;
    }

    /** Another disk with what is left of this one after a power cut. */
    synchronized MemoryDisk afterCrash(Unsynced unsynced) {
        MemoryDisk after = new MemoryDisk();
        Map<String, Content> left = unsynced == Unsynced.LOST ? durableNames : names;
        left.forEach(
                (name, content) -> {
                    Content copy = new Content();
                    copy.durable = left(content, unsynced);
                    copy.written = copy.durable;
                    after.names.put(name, copy);
                });
        after.durableNames = new HashMap<>(after.names);
        return after;
    }

    /** The same disk once the process was killed: what was not synced is in the cache still. */
    synchronized MemoryDisk afterKill() {
        MemoryDisk after = new MemoryDisk();
        Map<Content, Content> copies = new HashMap<>();
        names.forEach((name, content) -> after.names.put(name, copy(content, copies)));
        durableNames.forEach(
                (name, content) -> after.durableNames.put(name, copy(content, copies)));
        return after;
    }

    private static Content copy(Content content, Map<Content, Content> copies) {
        return copies.computeIfAbsent(
                content,
                from -> {
                    Content to = new Content();
                    to.written = from.written.clone();
                    to.durable = from.durable.clone();
                    return to;
                });
    }

    private static byte[] left(Content content, Unsynced unsynced) {
        return switch (unsynced) {
            case LOST -> content.durable;
            case KEPT -> content.written;
            case HALF -> {
                byte[] half = content.written.clone();
                int synced = Math.min(content.durable.length, half.length);
                Arrays.fill(half, (synced + half.length) / 2, half.length, (byte) 0);
                yield half;
            }
        };
    }

    synchronized byte[] bytes(String name) {
        return existing(name).written.clone();
    }

    /** Puts a file there, durable. */
    synchronized void set(String name, byte[] bytes) {
        Content content = new Content();
        content.written = bytes.clone();
        content.durable = content.written;
        names.put(name, content);
        durableNames.put(name, content);
    }

    private Content existing(String name) {
        Content content = names.get(name);
        if (content == null) {
            throw new AssertionError("there is no " + name);
        }
        return content;
    }

    private void change(String operation) throws IOException {
        fault.before(operation);
    }

    @Override
    public File open(String name, boolean fresh) throws IOException {
        if (!fresh) {
            return openToRead(name);
        }
        change("create " + name);
        synchronized (this) {
            Content content = names.computeIfAbsent(name, ignored -> new Content());
            content.written = new byte[0];
            return new OpenFile(name, content);
        }
    }

    @Override
    public synchronized File openToRead(String name) throws IOException {
        Content content = names.get(name);
        if (content == null) {
            throw new FileNotFoundException(name);
        }
        return new OpenFile(name, content);
    }

    @Override
    public synchronized List<String> list() {
        return List.copyOf(names.keySet());
    }

    @Override
    public void rename(String from, String to) throws IOException {
        change("rename " + from);
        synchronized (this) {
            names.put(to, existing(from));
            names.remove(from);
        }
    }

    @Override
    public void delete(String name) throws IOException {
        change("delete " + name);
        synchronized (this) {
            names.remove(name);
        }
    }

    @Override
    public void syncDirectory() throws IOException {
        change("sync directory");
        synchronized (this) {
            durableNames = new HashMap<>(names);
        }
    }

    @Override
    public String describe(String name) {
        return "/disk/" + name;
    }

    private final class OpenFile implements File {
        private final String name;
        private final Content content;

        OpenFile(String name, Content content) {
            this.name = name;
            this.content = content;
        }

        @Override
        public int read(ByteBuffer into, long offset) {
            synchronized (MemoryDisk.this) {
                int count = Math.min(into.remaining(), content.written.length - (int) offset);
                if (count <= 0) {
                    return -1;
                }
                into.put(content.written, (int) offset, count);
                return count;
            }
        }

        @Override
        public void write(ByteBuffer from, long offset) throws IOException {
            int half = from.remaining() / 2;
            try {
                change("write " + name);
            } catch (IOException e) {
                // A disk that is full takes what it has room for first.
                put(from.slice(from.position(), half), (int) offset);
                throw e;
            }
            put(from, (int) offset);
        }

        private void put(ByteBuffer from, int offset) {
            synchronized (MemoryDisk.this) {
                if (content.syncFailed) {
                    throw new AssertionError(name + " is written after a failed sync");
                }
                int length = Math.max(content.written.length, offset + from.remaining());
                byte[] written = Arrays.copyOf(content.written, length);
                from.get(written, offset, from.remaining());
                content.written = written;
            }
        }

        @Override
        public void sync() throws IOException {
            try {
                change("sync " + name);
            } catch (IOException e) {
                synchronized (MemoryDisk.this) {
                    content.syncFailed = true;
                }
                throw e;
            }
            synchronized (MemoryDisk.this) {
                if (content.syncFailed) {
                    throw new AssertionError(name + " is synced after a failed sync");
                }
                content.durable = content.written;
                syncs++;
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            change("truncate " + name);
            synchronized (MemoryDisk.this) {
                content.written = Arrays.copyOf(content.written, (int) length);
            }
        }

        @Override
        public long size() {
            synchronized (MemoryDisk.this) {
                return content.written.length;
            }
        }

        @Override
        public void close() {}
    }
}
