package io.leasehold.netboot.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.wire.Cursor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A life of a TFTP server, read from bytes: datagrams to its port, what clients say afterwards, and
 * time that passes. No more is sent to whom has not answered than a few packets, each block has the
 * bytes it stands for, only questions are answered, and nothing is left at the end.
 */
public final class TftpScript {
    private static final int STEPS_MAX = 64;
    private static final int BLOCK_BYTES_USUAL = 512;
    private static final int UNSEEN_PACKETS_MAX = 6;
    private static final int PER_ADDRESS_MAX = 3;
    private static final int ALL_MAX = 5;
    private static final int DATA = 3;
    private static final int OACK = 6;
    private static final List<String> NAMES = List.of("a", "b", "long", "none");

    private final TftpFixture lab =
            new TftpFixture(TftpLimits.DEFAULT.withTransfers(PER_ADDRESS_MAX, ALL_MAX))
                    .file("a", 1000)
                    .file("b", 1024)
                    .file("long", 4_000);

    private final Cursor script;
    private final Map<TftpFixture.Port, Way> ways = new HashMap<>();

    /** What went by a port. */
    private static final class Way {
        int packets;
        int lastBlock;
        int blockBytes = BLOCK_BYTES_USUAL;
        boolean heard;
    }

    private TftpScript(byte[] bytes) {
        script = new Cursor(bytes, 2, bytes.length - 2);
    }

    public static void run(byte[] bytes) {
        TftpScript life = new TftpScript(bytes);
        life.lab.mtu = 576 + (bytes[1] & 0xff) * 36;
        for (int step = 0; step < STEPS_MAX && life.script.remaining() > 0; step++) {
            life.step();
            assertThat(life.lab.server.transfers()).isLessThanOrEqualTo(ALL_MAX);
        }
        life.end();
    }

    private void step() {
        int how = script.u8();
        int who = script.u8();
        byte[] said = script.bytes(Math.min(script.u16(), script.remaining()));
        TftpClient client = TftpFixture.client(1 + (who & 1), 2000 + (who >>> 1 & 3));
        switch (how & 7) {
            case 0, 1 -> ask(client, said);
            case 2, 3 -> ask(client, request(how, said));
            case 4 -> hear(who, ByteBuffer.allocateDirect(said.length).put(said).flip());
            case 5, 6 -> acknowledge(who, how >>> 3);
            default -> {
                if (bit(who)) {
                    pass(how * 40L);
                } else if (!lab.opened.isEmpty()) {
                    lab.server.unreachable(port(who), lab.now);
                }
            }
        }
        lab.opened.forEach(this::check);
    }

    private static boolean bit(int bits) {
        return (bits & 1) != 0;
    }

    private TftpFixture.Port port(int which) {
        return lab.opened.get(lab.opened.size() - 1 - which % Math.min(lab.opened.size(), 8));
    }

    private void ask(TftpClient client, byte[] datagram) {
        int before = lab.opened.size();
        lab.server.asked(client, datagram, 0, datagram.length, lab.now);
        boolean question = datagram.length > 1 && datagram[0] == 0 && (datagram[1] & ~3) == 0;
        if (!question || datagram[1] == 0 || datagram[1] == DATA) {
            assertThat(lab.opened).as("answered no question").hasSize(before);
        }
        assertThat(lab.opened.size()).isLessThanOrEqualTo(before + 1);
    }

    /** A request for a file that is there, whose options are by chance. */
    private static byte[] request(int how, byte[] chance) {
        StringBuilder text = new StringBuilder("\0\1").append(NAMES.get(how >>> 3 & 3));
        text.append(bit(how >>> 5) ? "\0netascii\0" : "\0octet\0");
        String[] names = {"blksize", "windowsize", "tsize", "timeout"};
        for (int i = 0; i + 1 < Math.min(chance.length, 8); i += 2) {
            int value = (chance[i] & 0xff) << 8 | chance[i + 1] & 0xff;
            text.append(names[i / 2]).append('\0').append(value).append('\0');
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private void hear(int which, ByteBuffer packet) {
        if (!lab.opened.isEmpty()) {
            TftpFixture.Port port = port(which);
            way(port).heard |= packet.remaining() >= 4;
            lab.server.received(port, packet, lab.now);
        }
    }

    /** What a client says that takes what comes, or that lost the last of it. */
    private void acknowledge(int which, int lost) {
        if (lab.opened.isEmpty()) {
            return;
        }
        TftpFixture.Port port = port(which);
        int block = Math.max(way(port).lastBlock - (lost & 3), 0);
        ByteBuffer ack = ByteBuffer.allocateDirect(4).putShort((short) 4).putShort((short) block);
        hear(which, ack.flip());
    }

    private Way way(TftpFixture.Port port) {
        return ways.computeIfAbsent(port, each -> new Way());
    }

    private void check(TftpFixture.Port port) {
        Way way = way(port);
        while (!port.sent.isEmpty()) {
            ByteBuffer packet = ByteBuffer.wrap(port.sent.remove());
            way.packets++;
            int opcode = packet.getShort();
            if (opcode == OACK) {
                agreed(way, StandardCharsets.US_ASCII.decode(packet).toString().split("\0"));
            } else if (opcode == DATA) {
                way.lastBlock = packet.getShort() & 0xffff;
                assertThat(packet.remaining()).isLessThanOrEqualTo(way.blockBytes);
            } else {
                assertThat(opcode).isEqualTo(TftpReader.ERROR);
            }
        }
        if (!way.heard) {
            assertThat(way.packets).isLessThanOrEqualTo(UNSEEN_PACKETS_MAX);
        }
    }

    private void agreed(Way way, String[] words) {
        for (int i = 0; i + 1 < words.length; i += 2) {
            long value = Long.parseLong(words[i + 1]);
            switch (words[i]) {
                case "blksize" -> {
                    assertThat(value).isBetween(8L, lab.mtu - 32L);
                    way.blockBytes = (int) value;
                }
                case "windowsize" -> assertThat(value).isBetween(1L, 64L);
                case "timeout" -> assertThat(value).isBetween(1L, 255L);
                default -> assertThat(words[i]).isEqualTo("tsize");
            }
        }
    }

    private void pass(long millis) {
        lab.now += millis;
        lab.server.tick(lab.now);
    }

    /** Nobody says anything any more. */
    private void end() {
        for (int i = 0; i < 20 && lab.server.transfers() > 0; i++) {
            pass(300_000);
            lab.opened.forEach(this::check);
        }
        lab.assertNothingIsLeft();
    }
}
