package io.leasehold.app.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What came of reading a configuration. */
public sealed interface ConfigResult {
    /**
     * The configuration, to start with; null when it is refused, and its errors were told.
     *
     * @param told takes each error, a line
     */
    default @Nullable AppConfig orTell(Consumer<String> told) {
        return switch (this) {
            case Refused refused -> {
                refused.errors().forEach(told);
                yield null;
            }
            case Loaded loaded -> loaded.config();
        };
    }

    /**
     * It is whole and right.
     *
     * @param places where each key at the top of the file stands, {@code line:column}
     */
    record Loaded(AppConfig config, Map<String, String> places) implements ConfigResult {
        public Loaded {
            places = Map.copyOf(places);
        }

        /**
         * The file and the place of a key at its top; the file alone where the key is not there.
         */
        public String at(Path file, String key) {
            String place = places.get(key);
            return place == null ? file.toString() : file + ":" + place;
        }
    }

    /**
     * It is not to be used.
     *
     * @param errors a line each, {@code file:line:column: what was found and what was expected}, in
     *     the order of the file
     */
    record Refused(List<String> errors) implements ConfigResult {
        public Refused {
            errors = List.copyOf(errors);
        }
    }
}
