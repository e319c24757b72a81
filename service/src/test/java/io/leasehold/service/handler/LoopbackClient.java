package io.leasehold.service.handler;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.ParseResult;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/** A client on the loopback interface, that has its address already. */
final class LoopbackClient implements AutoCloseable {
    static final Ip4Address LOOPBACK = Ip4Address.parse("127.0.0.1");
    static final HardwareAddress HARDWARE = HardwareAddress.parse("52:54:00:aa:00:01");
    private static final int WAIT_MILLIS_MAX = 20_000;

    private final DatagramSocket socket;
    private int xid;

    LoopbackClient() {
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            socket.setSoTimeout(WAIT_MILLIS_MAX);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Options of a service that answers this client. */
    ServiceOptions options() {
        return ServiceOptions.of().withPort(0).withAddress(LOOPBACK).withClientPort(port());
    }

    /** A message with our address in ciaddr, where the answer goes. */
    Message message(MessageType type) {
        return MessageBuilder.request(HARDWARE, ++xid).type(type).ciaddr(LOOPBACK).build();
    }

    Message send(int port, MessageType type) throws IOException {
        Message message = message(type);
        send(port, message.toBytes());
        return message;
    }

    void send(int port, byte[] bytes) throws IOException {
        socket.send(
                new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
    }

    Message receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        socket.receive(packet);
        byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
        if (Message.parse(bytes) instanceof ParseResult.Parsed parsed) {
            return parsed.message();
        }
        throw new AssertionError("no message came");
    }

    /** True when nothing has come that was not received. */
    boolean hasNothing() throws IOException {
        socket.setSoTimeout(1);
        try {
            socket.receive(new DatagramPacket(new byte[1500], 1500));
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(WAIT_MILLIS_MAX);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
