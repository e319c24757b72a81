package io.leasehold.app.serve;

import io.leasehold.app.control.ControlAnswer;
import io.leasehold.app.control.ControlHandler;
import io.leasehold.app.control.ControlServer;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What {@code leasehold reload} and its like ask of a running server. */
final class Control implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("leasehold.server");

    private final @Nullable ControlServer server;

    private Control(@Nullable ControlServer server) {
        this.server = server;
    }

    /** Answers from now on. A server that cannot be asked anything still serves its clients. */
    static Control open(Path data, ServerProcess process, @Nullable Reload reload) {
        try {
            return new Control(ControlServer.start(data, new Handler(process, reload)));
        } catch (IOException e) {
            LOG.log(Level.WARNING, e.getMessage() + "; reload works by SIGHUP only");
            return new Control(null);
        }
    }

    private record Handler(ServerProcess process, @Nullable Reload configuration)
            implements ControlHandler {
        @Override
        public ControlAnswer reload() {
            List<String> problems = Control.reload(process, configuration);
            if (!problems.isEmpty()) {
                return ControlAnswer.refused(problems, "the configuration is as it was");
            }
            LOG.log(Level.INFO, "configuration read again");
            return ControlAnswer.ok(List.of("configuration read again"));
        }

        @Override
        public ControlAnswer clear(Ip4Address address) {
            try {
                String why = process.clear(address);
                return why == null
                        ? ControlAnswer.ok(List.of())
                        : ControlAnswer.refused(List.of(), why);
            } catch (IOException e) {
                return ControlAnswer.refused(List.of(), String.valueOf(e.getMessage()));
            }
        }

        @Override
        public ControlAnswer status() {
            List<String> lines = new ArrayList<>();
            new TreeMap<>(process.counters())
                    .forEach((name, count) -> lines.add(name + " " + count));
            return ControlAnswer.ok(lines);
        }
    }

    /** Reads the configuration again. Returns what is wrong, a line each. */
    static List<String> reload(ServerProcess process, @Nullable Reload reload) {
        return reload == null
                ? List.of("the server was started with flags and has no file to read again")
                : reload.run(process);
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }
}
