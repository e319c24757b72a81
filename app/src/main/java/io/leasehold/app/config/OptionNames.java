package io.leasehold.app.config;

import io.leasehold.protocol.wire.Option;
import io.leasehold.protocol.wire.OptionType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options that a file may name: those of the standard, and its own definitions. */
final class OptionNames {
    private final Map<String, Option<?>> ownByName = new HashMap<>();
    private final Map<Integer, Option<?>> ownByCode = new HashMap<>();

    /** Defines an option of the file's own. */
    void define(Option<?> option) {
        ownByName.put(option.name(), option);
        ownByCode.put(option.code(), option);
    }

    @Nullable Option<?> byName(String name) {
        return ownByName.get(name);
    }

    @Nullable Option<?> byCode(int code) {
        return ownByCode.get(code);
    }

    @Nullable OptionType<?> type(String name) {
        return null;
    }

    Collection<String> typeNames() {
        return List.of();
    }

    Collection<String> names() {
        return ownByName.keySet();
    }
}
