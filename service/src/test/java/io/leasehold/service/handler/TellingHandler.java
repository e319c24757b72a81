package io.leasehold.service.handler;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import java.util.List;

/** Writes down what it is called for, on which thread, and answers. */
class TellingHandler implements DhcpHandler {
    final List<String> told;
    private final Thread thread = Thread.currentThread();

    TellingHandler(List<String> told) {
        this.told = told;
    }

    Answer tell(String what) throws Exception {
        if (Thread.currentThread() != thread) {
            told.add("on a thread of its own");
        }

        told.add(what);
        return Answer.nothing();
    }

    @Override
    public void init(DhcpContext context) throws Exception {
        tell("init with a port above 1023: " + (context.port() > 1023));
    }

    @Override
    public Answer discover(Arrival discover, DhcpContext context) throws Exception {
        tell("discover");
        return Answer.reply(MessageBuilder.reply(discover.message(), MessageType.OFFER));
    }

    @Override
    public Answer request(Arrival request, DhcpContext context) throws Exception {
        tell("request");
        return Answer.reply(MessageBuilder.reply(request.message(), MessageType.ACK));
    }

    @Override
    public Answer decline(Arrival decline, DhcpContext context) throws Exception {
        return tell("decline");
    }

    @Override
    public Answer release(Arrival release, DhcpContext context) throws Exception {
        return tell("release");
    }

    @Override
    public Answer inform(Arrival inform, DhcpContext context) throws Exception {
        return tell("inform");
    }

    @Override
    public Answer other(Arrival message, DhcpContext context) throws Exception {
        return tell("other " + message.message().type());
    }

    @Override
    public Answer datagram(Datagram datagram, DhcpContext context) throws Exception {
        tell("datagram of " + datagram.bytes().length());
        return Answer.nothing();
    }

    @Override
    public void terminate(Reason reason, DhcpContext context) throws Exception {
        tell("terminate " + reason);
    }
}
