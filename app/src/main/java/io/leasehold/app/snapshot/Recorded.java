package io.leasehold.app.snapshot;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import java.util.List;

/**
 * A request of a capture, and what answered it.
 *
 * @param request what was asked
 * @param source the address it came from
 * @param destination the address it was sent to
 * @param afterMillis how long after the request before it, 0 or more
 * @param answers in the order in which they came
 */
public record Recorded(
        Message request,
        Ip4Address source,
        Ip4Address destination,
        long afterMillis,
        List<Message> answers) {
    public Recorded {
        answers = List.copyOf(answers);
    }
}
