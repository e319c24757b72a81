package io.leasehold.service.handler;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Role;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Octets;

/** Leads each message to the method of the handler that is for it. */
final class HandlerRole implements Role<Void> {
    private final HandlerLoop<?> loop;

    HandlerRole(HandlerLoop<?> loop) {
        this.loop = loop;
    }

    @Override
    public Decision<Void> decide(Arrival arrival) {
        Message message = arrival.message();
        int op = message.op();
        if (op != Message.BOOTREQUEST && op != Message.BOOTREPLY) {
            return loop.datagram(
                    new Datagram(
                            Octets.of(message.toBytes()),
                            arrival.interfaceIndex(),
                            arrival.source(),
                            arrival.sourcePort(),
                            arrival.destination(),
                            arrival.nowMillis()));
        }
        return loop.answer(
                arrival, op == Message.BOOTREQUEST ? method(message) : HandlerRole::other);
    }

    /** What a handler does about one kind of message. */
    @FunctionalInterface
    interface Method {
        Answer of(DhcpHandler handler, Arrival arrival, DhcpContext context) throws Exception;
    }

    private static Method method(Message message) {
        MessageType type = message.type();
        if (type == null) {
            return HandlerRole::other;
        }
        return switch (type) {
            case DISCOVER -> DhcpHandler::discover;
            case REQUEST -> DhcpHandler::request;
            case DECLINE -> DhcpHandler::decline;
            case RELEASE -> DhcpHandler::release;
            case INFORM -> DhcpHandler::inform;
            case OFFER, ACK, NAK -> HandlerRole::other;
        };
    }

    private static Answer other(DhcpHandler handler, Arrival arrival, DhcpContext context)
            throws Exception {
        return handler.other(arrival, context);
    }

    @Override
    public Decision<Void> asked(Object token, boolean answered, long nowMillis) {
        ((HandlerPings.Outcome) token).is(answered);
        return new Decision.Drop<>(HandlerDrop.SILENCE);
    }
}
