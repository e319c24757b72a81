package io.leasehold.app.serve;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code leasehold reload} and its like ask of a running server. */
final class Control implements AutoCloseable {
    private Control() {}

    static Control open(Path data, ServerProcess process, @Nullable Reload reload) {
        return new Control();
    }

    /** Reads the configuration again. Returns what is wrong, a line each. */
    static List<String> reload(ServerProcess process, @Nullable Reload reload) {
        return reload == null
                ? List.of("the server was started with flags and has no file to read again")
                : reload.run(process);
    }

    @Override
    public void close() {}
}
