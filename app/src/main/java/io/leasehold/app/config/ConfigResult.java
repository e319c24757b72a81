package io.leasehold.app.config;

import java.util.List;

/** What came of reading a configuration. */
public sealed interface ConfigResult {
    /** It is whole and right. */
    record Loaded(AppConfig config) implements ConfigResult {}

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
