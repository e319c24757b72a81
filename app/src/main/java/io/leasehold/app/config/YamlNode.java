package io.leasehold.app.config;

import io.leasehold.app.Printable;
import java.util.List;

/** A part of a YAML file that knows where it stands. Lines and columns count from 1. */
sealed interface YamlNode {
    int line();

    int column();

    /** What it is, for error messages. */
    String found();

    /**
     * A text.
     *
     * @param plain true when it was written without quotes
     */
    record Scalar(int line, int column, String text, boolean plain) implements YamlNode {
        /** True for {@code key:} with nothing behind it, {@code ~} and {@code null}. */
        boolean isNothing() {
            return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }

        @Override
        public String found() {
            return isNothing() ? "nothing" : Printable.quoted(text);
        }
    }

    /** A list. */
    record Sequence(int line, int column, List<YamlNode> items) implements YamlNode {
        @Override
        public String found() {
            return "a list";
        }
    }

    /** Keys with values, in the order written, duplicates kept. */
    record Mapping(int line, int column, List<Entry> entries) implements YamlNode {
        @Override
        public String found() {
            return "keys with values";
        }
    }

    /** A key with its value. */
    record Entry(Scalar key, YamlNode value) {}
}
