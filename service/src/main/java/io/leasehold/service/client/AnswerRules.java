package io.leasehold.service.client;

import io.leasehold.protocol.wire.Field;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.Options;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Whether a message answers a question. Whatever it holds, nothing is thrown. */
final class AnswerRules {
    private AnswerRules() {}

    /** What kinds of answer are waited for. */
    enum Wanted {
        /** Any reply. */
        ANY,
        /** An OFFER, or an ACK with option 80 to a DISCOVER that has one (RFC 4039). */
        OFFER,
        /** An ACK that gives a lease, or a NAK. */
        LEASE,
        /** An ACK to an INFORM. */
        ACK
    }

    /** Why a message does not answer a question; null when it does. */
    static @Nullable Ignored refusal(Message question, Message answer, Wanted wanted) {
        if (answer.op() != Message.BOOTREPLY) {
            return Ignored.NOT_A_REPLY;
        }
        if (answer.xid() != question.xid()) {
            return Ignored.OTHER_TRANSACTION;
        }
        if (!answer.hardware().equals(question.hardware())) {
            return Ignored.OTHER_HARDWARE;
        }
        byte[] echoed = answer.raw(OptionCode.CLIENT_ID);
        byte[] own = question.raw(OptionCode.CLIENT_ID);
        if (echoed != null && !(own != null && Arrays.equals(own, echoed))) {
            return Ignored.OTHER_CLIENT_ID;
        }
        MessageType type = answer.type();
        return switch (wanted) {
            case ANY -> null;
            case OFFER -> refusalOfOffer(question, answer, type);
            case LEASE -> refusalOfLease(question, answer, type);
            case ACK -> type == MessageType.ACK ? null : Ignored.UNEXPECTED_TYPE;
        };
    }

    private static @Nullable Ignored refusalOfOffer(
            Message question, Message answer, @Nullable MessageType type) {
        if (type == MessageType.OFFER) {
            boolean whole =
                    ClientLease.usable(answer.yiaddr())
                            && answer.get(Options.SERVER_ID) instanceof Field.Present<Ip4Address>;
            return whole ? null : Ignored.UNUSABLE;
        }
        boolean rapid =
                question.has(OptionCode.RAPID_COMMIT) && answer.has(OptionCode.RAPID_COMMIT);
        if (type != MessageType.ACK || !rapid) {
            return Ignored.UNEXPECTED_TYPE;
        }
        return givesLease(answer) ? null : Ignored.UNUSABLE;
    }

    private static @Nullable Ignored refusalOfLease(
            Message question, Message answer, @Nullable MessageType type) {
        if (type == MessageType.NAK) {
            return null;
        }
        if (type != MessageType.ACK) {
            return Ignored.UNEXPECTED_TYPE;
        }
        Ip4Address asked = question.ciaddr();
        boolean another = !asked.isZero() && !asked.equals(answer.yiaddr());
        return givesLease(answer) && !another ? null : Ignored.UNUSABLE;
    }

    private static boolean givesLease(Message ack) {
        return ClientLease.of(ack, Ip4Address.ZERO, 0) != null;
    }
}
