package io.leasehold.app.control;

import java.util.List;

/**
 * What a server says to a request.
 *
 * @param lines what it tells, a line each
 * @param error why it did not do what was asked; empty when it did
 */
public record ControlAnswer(List<String> lines, String error) {
    public ControlAnswer {
        lines = List.copyOf(lines);
    }

    /** It is done. */
    public static ControlAnswer ok(List<String> lines) {
        return new ControlAnswer(lines, "");
    }

    /** It is not done, and nothing has changed. */
    public static ControlAnswer refused(List<String> lines, String why) {
        return new ControlAnswer(lines, why.isEmpty() ? "refused" : why);
    }

    public boolean isOk() {
        return error.isEmpty();
    }
}
