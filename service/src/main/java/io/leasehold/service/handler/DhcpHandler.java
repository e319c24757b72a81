package io.leasehold.service.handler;

import io.leasehold.protocol.role.Arrival;

/**
 * What you write: what to answer. {@link #discover}, {@link #request} and {@link #decline} have to
 * be written, all else may be. {@link DhcpService} calls all of it on one thread, one call after
 * the other, so that a handler needs no lock; while it works nobody else is answered, so it must
 * not wait for anything.
 *
 * <p>A handler that throws is started afresh: another one is made, and its {@link #init} called;
 * the sockets stay. {@link ServiceOptions#withRestarts} bounds how often.
 */
public interface DhcpHandler {
    /**
     * Called before anything else, once for each handler that is made. What it throws ends the
     * start.
     */
    default void init() throws Exception {}

    /**
     * As {@link #init()}, with the sockets at hand: they are open, and what it sends goes out.
     * Unless it is written, it calls {@link #init()}.
     *
     * @param context what a handler can ask of its service, now and later
     */
    default void init(DhcpContext context) throws Exception {
        init();
    }

    /** A client looks for servers (RFC 2131 §4.3.1); an OFFER is the answer. */
    Answer discover(Arrival discover, DhcpContext context) throws Exception;

    /**
     * A client takes an offer, or wants to keep the address that it has (RFC 2131 §4.3.2); an ACK
     * or a NAK is the answer, or nothing where it took the offer of another server.
     */
    Answer request(Arrival request, DhcpContext context) throws Exception;

    /** A client found another host at the address that it was given (RFC 2131 §4.3.3). */
    Answer decline(Arrival decline, DhcpContext context) throws Exception;

    /** A client gives its address back (RFC 2131 §4.3.4); it waits for no answer. */
    default Answer release(Arrival release, DhcpContext context) throws Exception {
        return Answer.nothing();
    }

    /**
     * A client that has an address asks for all else (RFC 2131 §4.3.5); an ACK without yiaddr and
     * lease time is the answer.
     */
    default Answer inform(Arrival inform, DhcpContext context) throws Exception {
        return Answer.nothing();
    }

    /**
     * Any other message: offers, ACKs and NAKs of other servers that pass by, BOOTP, and types that
     * this library has no name for.
     */
    default Answer other(Arrival message, DhcpContext context) throws Exception {
        return Answer.nothing();
    }

    /** UDP that is no DHCP message. */
    default Answer datagram(Datagram datagram, DhcpContext context) throws Exception {
        return Answer.nothing();
    }

    /** Interfaces or addresses of this host came or went; the context knows them already. */
    default void interfacesChanged(DhcpContext context) throws Exception {}

    /**
     * Called last, once for each handler whose {@link #init} went well; the sockets are still open,
     * and what it sends goes out.
     */
    default void terminate(Reason reason, DhcpContext context) throws Exception {}
}
