package io.leasehold.protocol.wire;

import java.util.ArrayList;
import java.util.List;

/** The options of a message in the making, one value to a code, for a plan where each shall lie. */
final class OptionList {
    private final List<Integer> codes = new ArrayList<>();
    private final List<byte[]> values = new ArrayList<>();

    static OptionList of(MessageDraft draft) {
        OptionList options = new OptionList();
        for (int at = Message.OPTIONS_OFFSET; at < draft.end(); at = draft.behind(at)) {
            options.codes.add(draft.code(at));
            options.values.add(draft.value(at));
        }
        return options;
    }

    int size() {
        return codes.size();
    }

    int code(int at) {
        return codes.get(at);
    }

    byte[] value(int at) {
        return values.get(at);
    }

    /** The place of a code; -1 when it is not there. */
    int find(int code) {
        return codes.indexOf(code);
    }

    /** All codes, in their order. */
    List<Integer> codes() {
        return List.copyOf(codes);
    }
}
