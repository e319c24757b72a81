package io.leasehold.service.handler;

import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import java.util.List;

/** What a handler does about what came. */
public sealed interface Answer {
    /**
     * Sends a message to whom it answers, by the rules of RFC 2131 §4.1: through the relay, to the
     * client's address, or to all on the wire where the client cannot be reached otherwise. The
     * answer to what is no DHCP message goes to where that came from.
     *
     * @param message what to send
     */
    record Reply(Message message) implements Answer {}

    /**
     * Sends messages where they say themselves.
     *
     * @param outgoings what to send and where, in this order
     */
    record Send(List<Outgoing> outgoings) implements Answer {
        public Send {
            outgoings = List.copyOf(outgoings);
        }
    }

    /** Answers with silence. */
    record Nothing() implements Answer {
        private static final Nothing ONLY = new Nothing();
    }

    /**
     * Ends the service, in good order.
     *
     * @param why what {@link DhcpHandler#terminate} and {@link DhcpService#await} are told
     * @param last what is done before
     */
    record Stop(String why, Answer last) implements Answer {}

    /** Sends a message to whom it answers. */
    static Answer reply(Message message) {
        return new Reply(message);
    }

    /** Builds a message and sends it to whom it answers. */
    static Answer reply(MessageBuilder message) {
        return new Reply(message.build());
    }

    /** Sends messages where they say themselves; {@link DhcpContext#route} helps to say it. */
    static Answer send(Outgoing... outgoings) {
        return new Send(List.of(outgoings));
    }

    /** Answers with silence. */
    static Answer nothing() {
        return Nothing.ONLY;
    }

    /** Ends the service. */
    static Answer stop(String why) {
        return new Stop(why, nothing());
    }

    /** Does this, and then ends the service. */
    default Answer thenStop(String why) {
        return new Stop(why, this);
    }
}
