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

    /**
     * Says how many DISCOVERs are worth receiving, where more come than are answered: the others
     * may be left out before they cost anything, picked at random. It concerns only clients that
     * have just begun (secs 0), and DISCOVERs that tell their type in their first option. A
     * transport that cannot do so hands all over. On the thread that receives.
     *
     * @param share how many of them to let in, 0 to 1; 1, as it is at first, leaves none out
     */
    default void admitDiscovers(double share) {}

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
