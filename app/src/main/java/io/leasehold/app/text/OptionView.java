package io.leasehold.app.text;

import io.leasehold.protocol.wire.Octets;
import java.util.List;

/**
 * An option as it is read, all its instances together (RFC 3396).
 *
 * @param code 1 to 254; 0 to 255 for a sub-option
 * @param name as configurations spell it; {@code sub-option-3} where a sub-option has none
 * @param value its spelling, printable and on one line
 * @param meaning what the value stands for, where that says more; otherwise empty
 * @param problem why it is malformed; empty when it is not
 * @param octets its bytes
 * @param parts the sub-options within
 */
public record OptionView(
        int code,
        String name,
        String value,
        String meaning,
        String problem,
        Octets octets,
        List<OptionView> parts) {
    public OptionView {
        parts = List.copyOf(parts);
    }
}
