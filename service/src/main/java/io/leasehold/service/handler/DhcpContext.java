package io.leasehold.service.handler;

import io.leasehold.link.NetworkInterface;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import java.time.Duration;
import java.util.List;

/**
 * What a handler can ask of its service. On the handler's thread only; from others {@link
 * DhcpService#cast} leads there.
 */
public interface DhcpContext {
    /** The UDP port listened on. */
    int port();

    /** The interfaces of this host, as last seen. */
    List<NetworkInterface> interfaces();

    /** The name of the interface that a message came by; {@code interface 7} when it is gone. */
    String interfaceName(Arrival arrival);

    /**
     * The address by which the sender of a message knows this host: the one it was sent to, or else
     * the primary one of the interface it came by. It is what belongs into option 54, and replies
     * leave from it. 0.0.0.0 when the interface has none.
     */
    Ip4Address serverAddress(Arrival arrival);

    /** Milliseconds since 1970, on a clock that does not jump when the host's is set. */
    long nowMillis();

    /**
     * Where a reply goes and how, by the rules of RFC 2131 §4.1: what {@link Answer#reply} does.
     *
     * @param request what is answered
     */
    Outgoing route(Arrival request, Message reply);

    /** Sends a message that answers nothing that is at hand, or has been waited for. */
    void send(Outgoing outgoing);

    /**
     * Does something later. It is forgotten when the handler is started afresh.
     *
     * @param delay zero or more
     */
    Timer after(Duration delay, Action action);

    /**
     * Asks whether an address is in use, by an ICMP echo, and does something when that is known: to
     * answer then, by {@link #route} and {@link #send}. Forgotten when the handler is started
     * afresh. Takes {@link ServiceOptions#withPings}.
     *
     * @param address who may be there
     * @param about the message that led to it: asked is on the interface that it came by
     * @param within how long silence has to last, a minute at most
     * @return false when too many answers are waited for, a thousand; then nothing is asked
     */
    boolean ping(Ip4Address address, Arrival about, Duration within, AfterPing then);

    /**
     * Does something right after the call at hand, before anything else: to answer first, and work
     * then.
     */
    void next(Action action);

    /**
     * Ends the service after the call at hand.
     *
     * @param why what {@link DhcpHandler#terminate} and {@link DhcpService#await} are told
     */
    void stop(String why);

    /** Something to be done later; what it throws is the handler's fault. */
    @FunctionalInterface
    interface Action {
        /** Does it. */
        void run() throws Exception;
    }

    /** What is done after a ping; what it throws is the handler's fault. */
    @FunctionalInterface
    interface AfterPing {
        /**
         * Does it.
         *
         * @param answered true when something answered, so that the address is in use; false after
         *     silence, also when it could not be asked
         */
        void heard(boolean answered) throws Exception;
    }

    /** Something that will be done later. */
    @FunctionalInterface
    interface Timer {
        /** Calls it off; does nothing when it has been done. On the handler's thread. */
        void cancel();
    }
}
