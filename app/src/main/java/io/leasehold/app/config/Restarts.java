package io.leasehold.app.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects which keys at the top of a file changed that only a restart can follow. */
public final class Restarts {
    private final Path file;
    private final ConfigResult.Loaded loaded;
    private final List<String> lines = new ArrayList<>();

    public Restarts(Path file, ConfigResult.Loaded loaded) {
        this.file = file;
        this.loaded = loaded;
    }

    public void compare(String key, @Nullable Object running, @Nullable Object next) {
        if (!Objects.equals(running, next)) {
            lines.add(
                    loaded.at(file, key)
                            + ": "
                            + key
                            + ": "
                            + text(next)
                            + " instead of "
                            + text(running)
                            + " takes a restart");
        }
    }

    private static String text(@Nullable Object value) {
        String text =
                switch (value) {
                    case null -> "";
                    case List<?> list ->
                            String.join(", ", list.stream().map(Object::toString).toList());
                    case InetSocketAddress at -> at.getHostString() + ":" + at.getPort();
                    default -> value.toString();
                };
        return text.isEmpty() ? "nothing" : text;
    }

    /** A line each. */
    public List<String> lines() {
        return lines;
    }
}
