package io.leasehold.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.OptionIndex;
import java.util.Arrays;

/** What holds of every message that goes on, whatever came and however the relay is configured. */
final class Invariants {
    private static final int HOPS_OFFSET = 3;
    private static final int GIADDR_OFFSET = 24;
    private static final int SNAME_OFFSET = 44;
    private static final int OPTIONS_OFFSET = 240;

    private Invariants() {}

    /** Rules 1, 2, 4 and 13. */
    static void forwarded(Message before, Message after) {
        assertThat(after.hops()).isEqualTo(before.hops() + 1);
        if (!before.giaddr().isZero()) {
            assertThat(after.giaddr()).isEqualTo(before.giaddr());
        }
        assertThat(after.giaddr().isZero()).isFalse();
        assertThat(headerOf(after)).isEqualTo(headerOf(before));
        if (Arrays.equals(rest(before), rest(after))) {
            return;
        }
        assertThat(before.hasOptions()).isTrue();
        if (RequestAgent.isCarriedBy(after)) {
            assertThat(after.index().endMissing()).isFalse();
            assertThat(lastOfOptionsArea(after.index()))
                    .isEqualTo(OptionCode.RELAY_AGENT_INFORMATION);
        }
        assertOthersKept(before, after);
    }

    /** Rules 1 and 5. */
    static void answered(Message before, Message after) {
        assertThat(after.hops()).isEqualTo(before.hops());
        assertThat(after.giaddr()).isEqualTo(before.giaddr());
        assertThat(headerOf(after)).isEqualTo(headerOf(before));
        // Zeros behind an option that runs past the end would complete it.
        boolean cutShort = after.index().truncatedOffset() >= OPTIONS_OFFSET;
        if (!cutShort) {
            assertThat(after.length()).isGreaterThanOrEqualTo(300);
        }
        assertOthersKept(before, after);
    }

    /** Every option but 82 is there, with its bytes and in its order. */
    private static void assertOthersKept(Message before, Message after) {
        int at = 0;
        for (int i = 0; i < before.index().size(); i++) {
            if (before.index().code(i) != OptionCode.RELAY_AGENT_INFORMATION) {
                at = next(after.index(), at);
                assertThat(option(after, at)).isEqualTo(option(before, i));
                at++;
            }
        }
        assertThat(next(after.index(), at)).isEqualTo(after.index().size());
    }

    private static int next(OptionIndex index, int from) {
        int at = from;
        while (at < index.size() && index.code(at) == OptionCode.RELAY_AGENT_INFORMATION) {
            at++;
        }
        return at;
    }

    private static byte[] option(Message message, int at) {
        OptionIndex index = message.index();
        assertThat(at).isLessThan(index.size());
        return Arrays.copyOfRange(
                message.toBytes(), index.offset(at) - 2, index.offset(at) + index.length(at));
    }

    private static int lastOfOptionsArea(OptionIndex index) {
        int last = -1;
        for (int i = 0; i < index.size(); i++) {
            last = index.offset(i) >= OPTIONS_OFFSET ? index.code(i) : last;
        }
        return last;
    }

    /** The header up to sname, without hops and giaddr. */
    private static byte[] headerOf(Message message) {
        byte[] header = Arrays.copyOf(message.toBytes(), SNAME_OFFSET);
        header[HOPS_OFFSET] = 0;
        Arrays.fill(header, GIADDR_OFFSET, GIADDR_OFFSET + 4, (byte) 0);
        return header;
    }

    private static byte[] rest(Message message) {
        return Arrays.copyOfRange(message.toBytes(), SNAME_OFFSET, message.length());
    }
}
