package io.leasehold.netboot.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.netboot.files.BootFile;
import io.leasehold.netboot.files.BootFiles;
import io.leasehold.netboot.files.FileLookup;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A TFTP server with files of its own, whose every datagram is a line of text. */
final class TftpFixture implements BootFiles, TftpPorts, TftpEvents {
    static final TftpClient CLIENT = client(1, 2070);

    final Map<String, byte[]> files = new HashMap<>();
    final List<String> events = new ArrayList<>();
    final List<Port> opened = new ArrayList<>();
    final TftpServer server;
    long now = 1_000_000;
    int mtu = 1500;
    int openFiles;
    int openPorts;
    int readable = Integer.MAX_VALUE;
    int reads;

    TftpFixture() {
        this(TftpLimits.DEFAULT);
    }

    TftpFixture(TftpLimits limits) {
        server = new TftpServer(limits, this, this, this);
    }

    static TftpClient client(int host, int port) {
        return new TftpClient(
                Ip4Address.of(0x0a4d0000 + host), port, Ip4Address.parse("10.77.0.1"));
    }

    /** A file whose bytes tell where they are. */
    TftpFixture file(String name, int bytes) {
        byte[] content = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            content[i] = (byte) (i * 31 + i / 256);
        }
        files.put(name, content);
        return this;
    }

    /** One port of the server, and what it has sent by it. */
    final class Port implements TftpPort {
        final TftpClient client;
        final Deque<byte[]> sent = new ArrayDeque<>();
        boolean closed;

        Port(TftpClient client) {
            this.client = client;
        }

        @Override
        public int mtu() {
            return mtu;
        }

        @Override
        public void send(ByteBuffer datagrams, int datagramBytes) {
            assertThat(datagrams.isDirect()).isTrue();
            assertThat(closed).isFalse();
            ByteBuffer left = datagrams.duplicate();
            do {
                byte[] one = new byte[Math.min(datagramBytes, left.remaining())];
                left.get(one);
                sent.add(one);
            } while (left.hasRemaining());
        }

        @Override
        public void close() {
            assertThat(closed).isFalse();
            closed = true;
            openPorts--;
        }

        /** What it has sent since this was last asked, in words. */
        List<String> said() {
            List<String> words = new ArrayList<>();
            while (!sent.isEmpty()) {
                words.add(words(sent.remove()));
            }
            return words;
        }

        void hears(int opcode, int number, String text) {
            ByteBuffer packet =
                    ByteBuffer.allocateDirect(4 + text.length())
                            .putShort((short) opcode)
                            .putShort((short) number)
                            .put(text.getBytes(StandardCharsets.US_ASCII))
                            .flip();
            server.received(this, packet, now);
        }

        void ack(int block) {
            hears(4, block, "");
        }

        void error(int code, String text) {
            hears(5, code, text + "\0");
        }
    }

    static String words(byte[] datagram) {
        ByteBuffer packet = ByteBuffer.wrap(datagram);
        int opcode = packet.getShort();
        if (opcode == 3) {
            int block = packet.getShort() & 0xffff;
            return "DATA " + block + " of " + packet.remaining();
        }
        if (opcode == 5) {
            int code = packet.getShort();
            return "ERROR " + code + " " + text(packet);
        }
        assertThat(opcode).isEqualTo(6);
        return "OACK " + text(packet);
    }

    private static String text(ByteBuffer packet) {
        assertThat(packet.get(packet.limit() - 1)).isZero();
        return StandardCharsets.US_ASCII.decode(packet).toString().replace('\0', ' ').strip();
    }

    /** A client asks; the port that answers it, which is new unless nothing is answered. */
    Port ask(TftpClient client, String request) {
        int before = opened.size();
        send(client, request);
        assertThat(opened).hasSizeGreaterThan(before);
        return opened.getLast();
    }

    Port ask(String request) {
        return ask(CLIENT, request);
    }

    /** Sends a request such as {@code "a octet blksize 1024"}. */
    void send(TftpClient client, String request) {
        byte[] words = request.replace(' ', '\0').getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = new byte[words.length + 3];
        bytes[1] = 1;
        System.arraycopy(words, 0, bytes, 2, words.length);
        server.asked(client, bytes, 0, bytes.length, now);
    }

    /** Lets time pass in steps of 10 ms. */
    void pass(long millis) {
        for (long end = now + millis; now < end; ) {
            now += 10;
            server.tick(now);
        }
    }

    @Override
    public TftpPort open(TftpClient client) throws IOException {
        Port port = new Port(client);
        opened.add(port);
        openPorts++;
        return port;
    }

    @Override
    public FileLookup open(String name) {
        byte[] content = files.get(name);
        if (content == null) {
            return name.contains("..")
                    ? new FileLookup.Refused("the name climbs with ..")
                    : new FileLookup.Missing("no such file");
        }
        openFiles++;
        return new FileLookup.Found(new Memory(name, content));
    }

    private final class Memory implements BootFile {
        private final String path;
        private final byte[] content;

        Memory(String path, byte[] content) {
            this.path = path;
            this.content = content;
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public long size() {
            return content.length;
        }

        @Override
        public long modifiedMillis() {
            return 0;
        }

        @Override
        public void read(ByteBuffer into, long position) {
            reads++;
            int end = Math.min(content.length, readable);
            int count = Math.min(into.remaining(), Math.max(end - (int) position, 0));
            into.put(content, (int) position, count);
        }

        @Override
        public void close() {
            openFiles--;
        }
    }

    @Override
    public void begun(TftpClient client, String path, long size) {
        events.add("begun " + path + " of " + size);
    }

    @Override
    public void ended(TftpClient client, String path, TftpEnd end) {
        String detail = end.detail().isEmpty() ? "" : " (" + end.detail() + ")";
        events.add(end.outcome() + " " + end.bytes() + "/" + end.size() + detail);
    }

    @Override
    public void refused(TftpClient client, String name, int code, String why) {
        events.add("refused " + name + " with " + code + ": " + why);
    }

    @Override
    public void ignored(TftpClient client, TftpAsk.Stray why) {
        events.add("ignored " + why);
    }

    String lastEvent() {
        return events.getLast();
    }

    void assertNothingIsLeft() {
        assertThat(server.transfers()).isZero();
        assertThat(openFiles).isZero();
        assertThat(openPorts).isZero();
        assertThat(server.tick(now)).isEqualTo(Long.MAX_VALUE);
    }
}
