package io.leasehold.netboot.tftp;

import io.leasehold.netboot.files.BootFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way to one client (RFC 1350 §2). Blocks are counted from 1 in a long; the wire
 * has their lowest 16 bits, so that files of any length go through.
 */
final class TftpTransfer {
    static final int HEADER_BYTES = 4;

    /** Before the client has shown that it is there, one packet is sent so many times again. */
    private static final int REPEATS_UNSEEN_MAX = 5;

    /** Afterwards; with the shortest wait it is half a minute until the client is given up. */
    private static final int REPEATS_MAX = 12;

    private static final int ERROR_TEXT_MAX = 128;

    private final BootFile file;
    private final TftpTerms terms;
    private final TftpPort port;
    private final TftpBuffers buffers;
    private final ByteBuffer datagrams;
    private final TftpWait wait;
    private final long begunMillis;
    private final long lastBlock;

    /** The last block that the client has confirmed; -1 until it has confirmed the OACK. */
    private long confirmed;

    /** The last block that was sent. */
    private long sent;

    private boolean seen;
    private boolean repeated;
    private int repeatsInARow;
    private int repeats;
    private long sentMillis;
    private @Nullable TftpEnd end;

    TftpTransfer(BootFile file, TftpTerms terms, TftpPort port, TftpBuffers buffers, long now) {
        this.file = file;
        this.terms = terms;
        this.port = port;
        this.buffers = buffers;
        this.datagrams = buffers.datagrams();
        this.wait = new TftpWait(terms.timeoutSeconds());
        this.begunMillis = now;
        this.lastBlock = file.size() / terms.blockBytes() + 1;
        this.confirmed = terms.agreed().isEmpty() ? 0 : -1;
    }

    /** Sends the OACK, or the first block where the client asked for no option that we know. */
    void start(long now) {
        send(now);
    }

    /** How it ended; null while it goes on. */
    @Nullable TftpEnd end() {
        return end;
    }

    /** True once the client has answered from its port: nobody has forged its address. */
    boolean seen() {
        return seen;
    }

    /** When {@link #tick} has something to do. */
    long dueMillis() {
        return sentMillis + wait.millis(repeatsInARow);
    }

    /** Takes a datagram of the client. Only ACK and ERROR mean anything here. */
    void received(ByteBuffer packet, long now) {
        if (end != null || packet.remaining() < HEADER_BYTES) {
            return;
        }
        int at = packet.position();
        int opcode = packet.getShort(at) & 0xffff;
        int number = packet.getShort(at + 2) & 0xffff;
        if (opcode == TftpReader.ACK) {
            confirmed(number, now);
        } else if (opcode == TftpReader.ERROR) {
            aborted(number, packet, now);
        }
    }

    /**
     * An ACK for what was confirmed before is not answered: who answers each copy with a copy sends
     * everything twice for ever (RFC 1123 §4.2.3.1).
     */
    private void confirmed(int number, long now) {
        int ahead = (number - (int) confirmed) & 0xffff;
        if (ahead == 0 || confirmed + ahead > sent) {
            return;
        }
        seen = true;
        confirmed += ahead;
        if (!repeated) {
            wait.measured(now - sentMillis);
        }
        repeated = false;
        repeatsInARow = 0;
        if (confirmed == lastBlock) {
            end(TftpEnd.Outcome.COMPLETE, "", now);
        } else {
            // Less than was sent says that the block behind it is missing (RFC 7440 §4).
            send(now);
        }
    }

    private void aborted(int code, ByteBuffer packet, long now) {
        if (confirmed < 0 && code != TftpErrors.OPTIONS_REFUSED || onlyAskedForSize(code)) {
            end(TftpEnd.Outcome.PROBED, "", now);
            return;
        }
        byte[] text = new byte[Math.min(packet.remaining() - HEADER_BYTES, ERROR_TEXT_MAX)];
        packet.get(packet.position() + HEADER_BYTES, text);
        String said = new String(text, StandardCharsets.UTF_8);
        int nul = said.indexOf(0);
        said = nul < 0 ? said : said.substring(0, nul);
        end(TftpEnd.Outcome.ABORTED, said.isEmpty() ? "error " + code : said, now);
    }

    /** EDK2 ends its question for the size with code 8 or 0, according to its age. */
    private boolean onlyAskedForSize(int code) {
        return confirmed < 0
                && code == TftpErrors.OPTIONS_REFUSED
                && terms.agreed().stream().anyMatch(option -> option.name().equals("tsize"));
    }

    /** The client's host says that nobody has that port any more. */
    void unreachable(long now) {
        if (end == null) {
            gone(now, "its port is closed");
        }
    }

    /** Sends again what was not confirmed in time. */
    void tick(long now) {
        if (end != null || now < dueMillis()) {
            return;
        }
        if (repeatsInARow >= (seen ? REPEATS_MAX : REPEATS_UNSEEN_MAX)) {
            gone(now, "");
            return;
        }
        repeatsInARow++;
        repeats++;
        repeated = true;
        send(now);
    }

    private void gone(long now, String why) {
        if (seen && sent == lastBlock) {
            end(TftpEnd.Outcome.UNCONFIRMED, why, now);
        } else if (confirmed < 0 && !why.isEmpty()) {
            end(TftpEnd.Outcome.PROBED, why, now);
        } else {
            end(TftpEnd.Outcome.STALLED, why, now);
        }
    }

    /** The client began anew from the same port. */
    void replaced(long now) {
        end(TftpEnd.Outcome.REPLACED, "", now);
    }

    /** Tells the client that no more comes. */
    void stop(long now) {
        if (end == null) {
            sendError(TftpErrors.OTHER, "server is stopping");
            end(TftpEnd.Outcome.STOPPED, "", now);
        }
    }

    private void end(TftpEnd.Outcome outcome, String detail, long now) {
        long bytes =
                confirmed == lastBlock ? file.size() : Math.max(confirmed, 0) * terms.blockBytes();
        end = new TftpEnd(outcome, detail, bytes, file.size(), now - begunMillis, repeats);
    }

    private void send(long now) {
        sentMillis = now;
        if (confirmed < 0) {
            datagrams.clear().put(terms.oack()).flip();
            port.send(datagrams, datagrams.limit());
            sent = 0;
            return;
        }
        try {
            sendWindow();
        } catch (IOException e) {
            sendError(TftpErrors.OTHER, "the file cannot be read");
            end(TftpEnd.Outcome.FILE_FAILED, String.valueOf(e.getMessage()), now);
        }
    }

    private void sendWindow() throws IOException {
        int datagramBytes = HEADER_BYTES + terms.blockBytes();
        long last = Math.min(confirmed + terms.windowBlocks(), lastBlock);
        datagrams.clear();
        for (long block = confirmed + 1; block <= last; block++) {
            if (datagrams.capacity() - datagrams.position() < datagramBytes) {
                port.send(datagrams.flip(), datagramBytes);
                datagrams.clear();
            }
            put(block, last);
        }
        port.send(datagrams.flip(), datagramBytes);
        sent = last;
    }

    private void put(long block, long last) throws IOException {
        long from = (block - 1) * terms.blockBytes();
        int bytes = (int) Math.min(terms.blockBytes(), file.size() - from);
        datagrams.putShort((short) TftpReader.DATA).putShort((short) block);
        if (bytes > 0) {
            buffers.read(this, file, from, bytes, (last - block + 1) * terms.blockBytes());
        }
    }

    private void sendError(int code, String text) {
        port.send(error(datagrams, code, text), datagrams.limit());
    }

    /** Writes an ERROR (RFC 1350 §5) into a buffer, ready to be sent. */
    static ByteBuffer error(ByteBuffer buffer, int code, String text) {
        return buffer.clear()
                .putShort((short) TftpReader.ERROR)
                .putShort((short) code)
                .put(text.getBytes(StandardCharsets.US_ASCII))
                .put((byte) 0)
                .flip();
    }

    void close() {
        buffers.forget(this);
        port.close();
        file.close();
    }
}
