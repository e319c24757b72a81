package io.leasehold.netboot.tftp;

import io.leasehold.netboot.files.BootFile;
import io.leasehold.netboot.files.BootFiles;
import io.leasehold.netboot.files.FileLookup;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A TFTP server that only gives files out: all its transfers, and what becomes of each datagram. It
 * has no socket, thread or clock of its own. Used by one thread.
 */
public final class TftpServer {
    private final TftpLimits limits;
    private final BootFiles files;
    private final TftpPorts ports;
    private final TftpEvents events;
    private final TftpBuffers buffers = new TftpBuffers();
    private final Map<TftpPort, Running> byPort = new HashMap<>();
    private final Map<TftpClient, Running> byClient = new HashMap<>();
    private final Map<Ip4Address, Integer> perAddress = new HashMap<>();

    private record Running(
            TftpClient client, TftpAsk.Read ask, String path, TftpPort port, TftpTransfer it) {}

    public TftpServer(TftpLimits limits, BootFiles files, TftpPorts ports, TftpEvents events) {
        this.limits = limits;
        this.files = files;
        this.ports = ports;
        this.events = events;
    }

    /**
     * Takes a datagram that came to the port of TFTP.
     *
     * @param now milliseconds of a clock that does not go back
     */
    public void asked(TftpClient client, byte[] bytes, int offset, int length, long now) {
        switch (TftpReader.read(bytes, offset, length)) {
            case TftpAsk.Ignored(TftpAsk.Stray why) -> events.ignored(client, why);
            case TftpAsk.Refused(int code, String text) -> refuse(client, "", code, text, text);
            case TftpAsk.Read read -> asked(client, read, now);
        }
    }

    private void asked(TftpClient client, TftpAsk.Read ask, long now) {
        Running before = byClient.get(client);
        if (before != null && before.ask.equals(ask) && !before.it.seen()) {
            events.ignored(client, TftpAsk.Stray.REPEATED);
            return;
        }
        if (before != null) {
            before.it.replaced(now);
            endIfDone(before);
        }
        String busy = busy(client.address());
        if (!busy.isEmpty()) {
            refuse(client, ask.name(), TftpErrors.OTHER, "too many transfers", busy);
            return;
        }
        switch (files.open(ask.name())) {
            case FileLookup.Found(BootFile file) -> found(client, ask, file, now);
            case FileLookup.Missing(String why) ->
                    refuse(client, ask.name(), TftpErrors.FILE_NOT_FOUND, "file not found", why);
            case FileLookup.Refused(String why) ->
                    refuse(client, ask.name(), TftpErrors.ACCESS_VIOLATION, "access refused", why);
            case FileLookup.Failed(String why) ->
                    refuse(client, ask.name(), TftpErrors.OTHER, "cannot open the file", why);
        }
    }

    private String busy(Ip4Address address) {
        int its = perAddress.getOrDefault(address, 0);
        if (its >= limits.transfersPerAddressMax()) {
            return "its address has " + its + " transfers already, the most it may have";
        }
        int all = byPort.size();
        return all >= limits.transfersMax() ? "there are " + all + " transfers, the most" : "";
    }

    private void found(TftpClient client, TftpAsk.Read ask, BootFile file, long now) {
        BootFile toSend = file;
        if (ask.mode() == TftpMode.NETASCII) {
            try {
                toSend = NetasciiFile.of(file);
            } catch (IOException e) {
                file.close();
                String why = String.valueOf(e.getMessage());
                refuse(client, ask.name(), TftpErrors.OTHER, "not sent as netascii", why);
                return;
            }
        }
        begin(client, ask, toSend, now);
    }

    private void begin(TftpClient client, TftpAsk.Read ask, BootFile file, long now) {
        TftpPort port;
        try {
            port = ports.open(client);
        } catch (IOException e) {
            file.close();
            events.refused(client, ask.name(), TftpErrors.OTHER, String.valueOf(e.getMessage()));
            return;
        }
        TftpTerms terms = TftpTerms.of(ask, file.size(), limits, port.mtu());
        TftpTransfer transfer = new TftpTransfer(file, terms, port, buffers, now);
        Running running = new Running(client, ask, file.path(), port, transfer);
        byPort.put(port, running);
        byClient.put(client, running);
        perAddress.merge(client.address(), 1, Integer::sum);
        events.begun(client, file.path(), file.size());
        transfer.start(now);
        endIfDone(running);
    }

    private void refuse(TftpClient client, String name, int code, String text, String why) {
        events.refused(client, name, code, why);
        try {
            TftpPort port = ports.open(client);
            ByteBuffer error = TftpTransfer.error(buffers.datagrams(), code, text);
            port.send(error, error.limit());
            port.close();
        } catch (IOException e) {
            events.refused(client, name, TftpErrors.OTHER, String.valueOf(e.getMessage()));
        }
    }

    /** Takes a datagram that came to the port of a transfer, from its client. */
    public void received(TftpPort port, ByteBuffer packet, long now) {
        Running running = byPort.get(port);
        if (running != null) {
            running.it.received(packet, now);
            endIfDone(running);
        }
    }

    /** Takes word that nobody has the client's port any more. */
    public void unreachable(TftpPort port, long now) {
        Running running = byPort.get(port);
        if (running != null) {
            running.it.unreachable(now);
            endIfDone(running);
        }
    }

    /**
     * Sends again what is due, and gives up clients that have fallen silent.
     *
     * @return when to call again at the latest, in milliseconds of the same clock; {@link
     *     Long#MAX_VALUE} where there is no transfer
     */
    public long tick(long now) {
        long next = Long.MAX_VALUE;
        List<Running> done = null;
        for (Running running : byPort.values()) {
            running.it.tick(now);
            if (running.it.end() != null) {
                done = done == null ? new ArrayList<>() : done;
                done.add(running);
            } else {
                next = Math.min(next, running.it.dueMillis());
            }
        }
        if (done != null) {
            done.forEach(this::endIfDone);
        }
        return next;
    }

    /** How many transfers there are now. */
    public int transfers() {
        return byPort.size();
    }

    /** Ends all transfers, and tells their clients. */
    public void stop(long now) {
        for (Running running : List.copyOf(byPort.values())) {
            running.it.stop(now);
            endIfDone(running);
        }
    }

    private void endIfDone(Running running) {
        @Nullable TftpEnd end = running.it.end();
        if (end == null) {
            return;
        }
        byPort.remove(running.port);
        byClient.remove(running.client, running);
        perAddress.computeIfPresent(
                running.client.address(), (address, count) -> count > 1 ? count - 1 : null);
        running.it.close();
        events.ended(running.client, running.path, end);
    }
}
