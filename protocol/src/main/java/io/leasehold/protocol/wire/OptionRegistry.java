package io.leasehold.protocol.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options that are known by code and by name: the standard ones, and those that a configuration
 * adds. Immutable.
 */
public final class OptionRegistry {
    /** All of {@link Options}. */
    public static final OptionRegistry STANDARD = new OptionRegistry(StandardOptions.ALL);

    private static final int CODE_MAX = 254;
    private static final String UNKNOWN_PREFIX = "option-";

    private final @Nullable Option<?>[] byCode = new Option<?>[CODE_MAX + 1];
    private final Map<String, Option<?>> byName = new HashMap<>();
    private final List<Option<?>> all = new ArrayList<>();

    private OptionRegistry(List<Option<?>> options) {
        for (Option<?> option : options) {
            byCode[option.code()] = option;
        }
        for (int code = 1; code <= CODE_MAX; code++) {
            Option<?> option = byCode[code];
            if (option != null) {
                all.add(option);
                byName.put(option.name(), option);
            }
        }
    }

    /**
     * A set of these options alone; a later one takes the place of an earlier one with its code.
     *
     * @throws IllegalArgumentException when two codes have one name
     */
    public static OptionRegistry of(Option<?>... options) {
        OptionRegistry set = new OptionRegistry(List.of());
        for (Option<?> option : options) {
            set = set.with(option);
        }
        return set;
    }

    /**
     * These options and those of another set, which take the place of those with their codes or
     * names.
     */
    public OptionRegistry and(OptionRegistry later) {
        List<Option<?>> options = new ArrayList<>();
        for (Option<?> option : all) {
            if (later.byName.get(option.name()) == null) {
                options.add(option);
            }
        }
        options.addAll(later.all);
        return new OptionRegistry(options);
    }

    /**
     * What a message holds, by name and as people write it, in the order of the message. What is
     * unknown or malformed is hexadecimal.
     */
    public Map<String, String> values(Message message) {
        Map<String, String> values = new LinkedHashMap<>();
        OptionIndex index = message.index();
        for (int at = 0; at < index.size(); at++) {
            Option<?> option = byCode(index.code(at));
            byte[] value = message.raw(option.code());
            if (value != null) {
                values.putIfAbsent(option.name(), option.spell(value));
            }
        }
        return values;
    }

    /**
     * The option with a code. An unknown one has its bytes as its value, and a name such as {@code
     * option-224}.
     *
     * @param code 1 to 254
     */
    public Option<?> byCode(int code) {
        Option<?> option = code >= 1 && code <= CODE_MAX ? byCode[code] : null;
        return option == null
                ? new Option<>(code, UNKNOWN_PREFIX + code, OptionTypes.OCTETS)
                : option;
    }

    /**
     * The option with a name, or with another name that ISC's DHCP, Kea or the RFC has for it; or
     * {@code option-224} for any code. Null when there is none.
     */
    public @Nullable Option<?> byName(String name) {
        Option<?> option = byName.get(name);
        if (option != null) {
            return option;
        }
        if (name.startsWith(UNKNOWN_PREFIX)) {
            int code = code(name.substring(UNKNOWN_PREFIX.length()));
            return code < 1 ? null : byCode(code);
        }
        int alias = OptionAliases.code(name);
        return alias < 1 ? null : byCode[alias];
    }

    private static int code(String digits) {
        if (digits.isEmpty() || digits.length() > 3) {
            return -1;
        }
        int code = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            code = code * 10 + (c - '0');
        }
        return code <= CODE_MAX ? code : -1;
    }

    /** True when a code has a definition, and is not just {@code option-224}. */
    public boolean defines(int code) {
        return code >= 1 && code <= CODE_MAX && byCode[code] != null;
    }

    /** In the order of their codes. */
    public List<Option<?>> all() {
        return Collections.unmodifiableList(all);
    }

    /**
     * These options and one more, which takes the place of the one with its code.
     *
     * @throws IllegalArgumentException when another code has its name
     */
    public OptionRegistry with(Option<?> option) {
        Option<?> namesake = byName(option.name());
        if (namesake != null && namesake.code() != option.code()) {
            throw new IllegalArgumentException(
                    "\""
                            + option.name()
                            + "\" is already the name of option "
                            + namesake.code()
                            + ", so it cannot be that of option "
                            + option.code());
        }
        List<Option<?>> options = new ArrayList<>(all);
        options.add(option);
        return new OptionRegistry(options);
    }
}
