package io.leasehold.app.snoop;

import java.util.List;

/**
 * What is known of a message beyond itself.
 *
 * @param answerNanos how long after its request an answer came; -1 for what answers none
 * @param notes what is wrong or remarkable, a short sentence each
 */
public record Finding(long answerNanos, List<String> notes) {
    public Finding {
        notes = List.copyOf(notes);
    }
}
