package io.leasehold.testkit;

import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.service.client.ClientSettings;
import io.leasehold.service.client.DhcpClient;
import io.leasehold.service.handler.DhcpHandler;
import io.leasehold.service.handler.DhcpService;
import io.leasehold.service.handler.ServiceOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A handler on a virtual link and a virtual clock: no network, no privileges, no waiting. What is
 * sent to it has been answered when the call returns, and time passes only when the test says so,
 * so that a test runs the same each time. The handler runs in a {@link DhcpService} as it does with
 * real sockets, on that service's thread. For one test thread.
 *
 * <pre>{@code
 * try (VirtualLab<MyHandler> lab = VirtualLab.start(MyHandler::new)) {
 *     Message offer = lab.ask(discover);
 *     lab.advance(Duration.ofMinutes(1));
 *     DhcpClient client = lab.client(HardwareAddress.parse("52:54:00:aa:00:01"));
 *     Acquisition acquired = client.acquire(Duration.ofSeconds(10));
 * }
 * }</pre>
 *
 * @param <H> the handler
 */
public final class VirtualLab<H extends DhcpHandler> implements AutoCloseable {
    /** The address of the host where none is named. */
    public static final String HOST = "192.168.1.1/24";

    private static final int CLIENT_PORT = 68;
    private static final int SERVER_PORT = 67;
    private static final long SEED = 2131;

    private final VirtualHost host;
    private final VirtualClock clock;
    private final VirtualTransport transport;
    private final DhcpService<H> service;
    private final Random random = new Random(SEED);

    private VirtualLab(Supplier<? extends H> maker, VirtualHost host) throws IOException {
        this.host = host;
        clock = new VirtualClock(host.start());
        ServiceOptions options = host.options();
        int port = options.port() == 0 ? ServiceOptions.PORT : options.port();
        transport = new VirtualTransport(clock, port, host.interfaces());
        service = DhcpService.start(maker, options, transport, clock);
        transport.settle();
    }

    /**
     * A lab with a host at {@link #HOST}.
     *
     * @param maker makes the handler, and another one when it has thrown
     * @throws IOException when the handler's {@code init} threw, which is the cause
     */
    public static <H extends DhcpHandler> VirtualLab<H> start(Supplier<? extends H> maker)
            throws IOException {
        return start(maker, VirtualHost.of(HOST));
    }

    /** As {@link #start(Supplier)}, on a host of the caller's. */
    public static <H extends DhcpHandler> VirtualLab<H> start(
            Supplier<? extends H> maker, VirtualHost host) throws IOException {
        return new VirtualLab<>(maker, host);
    }

    /** The service that the handler runs in: for {@code call}, {@code cast} and counters. */
    public DhcpService<H> service() {
        return service;
    }

    /** The host on which the handler serves. */
    public VirtualHost host() {
        return host;
    }

    /** Milliseconds since the lab began. */
    public long nowMillis() {
        return clock.bootMillis();
    }

    /**
     * Sends a message as a client without an address does, by broadcast; one with a giaddr as that
     * relay agent does, one with a ciaddr as its client does, to the host's own address.
     *
     * @return all that the handler has sent, where each says itself where it goes
     */
    public List<Outgoing> send(Message message) {
        Ip4Address own = host.interfaces().getFirst().primary();
        if (!message.giaddr().isZero()) {
            return send(message, message.giaddr(), SERVER_PORT, own);
        }
        return message.ciaddr().isZero()
                ? send(message, Ip4Address.ZERO, CLIENT_PORT, Ip4Address.BROADCAST)
                : send(message, message.ciaddr(), CLIENT_PORT, own);
    }

    /** Sends a message from one address to another, by the host's first interface. */
    public List<Outgoing> send(
            Message message, Ip4Address source, int sourcePort, Ip4Address destination) {
        return send(message.toBytes(), source, sourcePort, destination);
    }

    /** Sends any bytes. */
    public List<Outgoing> send(
            byte[] datagram, Ip4Address source, int sourcePort, Ip4Address destination) {
        transport.settle();
        transport.deliver(
                new VirtualTransport.Incoming(
                        Octets.of(datagram),
                        host.interfaces().getFirst().index(),
                        source,
                        sourcePort,
                        destination));
        transport.settle();
        return transport.takeSent();
    }

    /**
     * Sends a message as {@link #send(Message)} does, and returns the one answer.
     *
     * @throws AssertionError when there is no answer, or there are several; the message tells them
     */
    public Message ask(Message message) {
        List<Outgoing> answers = send(message);
        if (answers.size() != 1) {
            throw new AssertionError(
                    "expected one answer to "
                            + message
                            + ", and found "
                            + (answers.isEmpty() ? "none" : answers.size() + ": " + answers));
        }
        return answers.getFirst().message();
    }

    /**
     * Lets time pass, and with it the handler's timers, each at its time.
     *
     * @return what the handler has sent meanwhile
     */
    public List<Outgoing> advance(Duration time) {
        advanceTo(clock.bootMillis() + time.toMillis());
        return transport.takeSent();
    }

    /** Moves to a time, and stops no earlier. */
    private void advanceTo(long bootMillis) {
        transport.settle();
        while (clock.bootMillis() < bootMillis) {
            transport.moveTowards(bootMillis);
            transport.settle();
        }
    }

    /**
     * Moves until something is sent, at the latest to the given time; it may take several calls.
     */
    void step(long bootMillis) {
        transport.settle();
        transport.moveTowards(bootMillis);
        transport.settle();
    }

    List<Outgoing> takeSent() {
        transport.settle();
        return transport.takeSent();
    }

    /**
     * A client on the link: it takes part in the lab's time, so that its waits and its lease's
     * times pass at once.
     */
    public DhcpClient client(HardwareAddress hardware) {
        return client(ClientSettings.of(hardware));
    }

    /** As {@link #client(HardwareAddress)}, with settings of the caller's. */
    public DhcpClient client(ClientSettings settings) {
        VirtualWire wire = new VirtualWire(this, settings.hardware(), host.options().clientPort());
        return new DhcpClient(wire, settings, clock, random);
    }

    @Override
    public void close() {
        service.close();
    }
}
