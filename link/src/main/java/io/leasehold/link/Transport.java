package io.leasehold.link;

import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.util.List;

/**
 * What carries messages to and from a loop: the host's own sockets, {@link Link}, or another
 * network that behaves like them. One thread receives; any may send.
 */
public interface Transport extends AutoCloseable {
    /**
     * Takes what has come.
     *
     * @param waitMillis how long to wait for the first datagram; 0 does not wait, a negative number
     *     waits until one comes or {@link #wakeUp} is called
     * @return how many datagrams were handed over, some thousands at most
     * @throws IOException when nothing will ever come again
     */
    int receive(int waitMillis, Receiver receiver) throws IOException;

    /** Ends a {@link #receive} that waits, or else the next one. From any thread. */
    void wakeUp();

    /** Sends messages; from any thread. What cannot be sent is counted, and never thrown. */
    void send(List<Outgoing> outgoings);

    /**
     * Sends one ICMP echo request; what answers comes to {@link Receiver#pingAnswered}. What cannot
     * be sent is counted. From any thread.
     *
     * @param source the address to ask from; 0.0.0.0 lets the host choose
     * @param interfaceIndex the interface to ask on; 0 lets the routing table choose
     */
    void ping(Ip4Address address, Ip4Address source, int interfaceIndex);

    /** All interfaces there are, as last seen. */
    List<NetworkInterface> interfaces();

    /** The UDP port listened on, the first where there are several: 1 to 65535. */
    int port();

    /** What was counted since it was opened. */
    LinkCounters counters();

    /** Ends a {@link #receive} that waits, waits for calls that are under way, and closes all. */
    @Override
    void close();
}
