package io.leasehold.server.config;

import io.leasehold.protocol.wire.Octets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Option values by code, in the order given.
 *
 * @param values the encoded values; codes are 1 to 254
 */
public record OptionSet(Map<Integer, Octets> values) {
    public static final OptionSet EMPTY = new OptionSet(Map.of());

    public OptionSet {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** These options, and the other's, which win where both have one. */
    public OptionSet overriddenBy(OptionSet other) {
        if (other.values.isEmpty()) {
            return this;
        }
        Map<Integer, Octets> merged = new LinkedHashMap<>(values);
        merged.putAll(other.values);
        return new OptionSet(merged);
    }
}
