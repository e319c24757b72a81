package io.leasehold.app.config;

import io.leasehold.protocol.wire.Option;
import io.leasehold.protocol.wire.OptionRegistry;
import io.leasehold.protocol.wire.OptionType;
import io.leasehold.protocol.wire.OptionTypes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options that a file may name: those of the standard, and its own definitions. */
final class OptionNames {
    /** Below this, codes mean the same everywhere; from it on, sites and makers reuse them. */
    private static final int REUSED_CODE_MIN = 128;

    private final BitSet own = new BitSet();
    private OptionRegistry registry = OptionRegistry.STANDARD;

    /** Defines an option of the file's own. */
    void define(Option<?> option) {
        registry = registry.with(option);
        own.set(option.code());
    }

    @Nullable Option<?> byName(String name) {
        return registry.byName(name);
    }

    /** The name of a code; null when it has none. */
    @Nullable String name(int code) {
        if (code < 1 || code > 254) {
            return null;
        }
        String name = registry.byCode(code).name();
        return name.equals("option-" + code) ? null : name;
    }

    /** True when the file may say itself what a code means. */
    boolean mayDefine(int code) {
        return !own.get(code) && (code >= REUSED_CODE_MIN || name(code) == null);
    }

    @Nullable OptionType<?> type(String name) {
        return OptionTypes.named(name);
    }

    List<String> typeNames() {
        return OptionTypes.names();
    }

    /** Every name that is known. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (Option<?> option : registry.all()) {
            names.add(option.name());
        }
        return names;
    }
}
