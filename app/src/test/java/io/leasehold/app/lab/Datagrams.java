package io.leasehold.app.lab;

import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Messages of a client that is not there, sent by a host of the lab that has an address. */
final class Datagrams {
    private static final int FIXED_BYTES = 236;
    private static final int MAGIC_COOKIE = 0x63825363;
    private static final byte[] CHADDR = {0x52, 0x54, 0x00, (byte) 0xee, 0x00, 0x01};

    private Datagrams() {}

    static byte[] discover() {
        return message(new byte[] {53, 1, 1});
    }

    static byte[] request(String address, String server) {
        return message(
                ByteBuffer.allocate(15)
                        .put(new byte[] {53, 1, 3, 50, 4})
                        .putInt(Ip4Address.parse(address).bits())
                        .put(new byte[] {54, 4})
                        .putInt(Ip4Address.parse(server).bits())
                        .array());
    }

    private static byte[] message(byte[] options) {
        ByteBuffer bytes = ByteBuffer.allocate(300);
        bytes.put(new byte[] {1, 1, 6, 0}); // op, htype, hlen, hops
        bytes.putInt(0x1ea5e401); // xid
        bytes.put(28, CHADDR);
        bytes.position(FIXED_BYTES).putInt(MAGIC_COOKIE).put(options).put((byte) 255);
        return bytes.array();
    }

    /** Sends one datagram to port 67 of an address. */
    static void send(Host from, String to, byte[] datagram) {
        Path file = from.lab().directory().resolve("datagram");
        try {
            Files.write(file, datagram);
        } catch (IOException e) {
            throw new LabException("cannot write " + file, e);
        }
        from.run("bash", "-c", "cat " + file + " > /dev/udp/" + to + "/67");
    }
}
