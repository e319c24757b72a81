package io.leasehold.app.relay;

import io.leasehold.app.control.ControlAnswer;
import io.leasehold.app.control.ControlClient;
import io.leasehold.app.control.ControlHandler;
import io.leasehold.app.control.ControlServer;
import io.leasehold.link.User;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of running relays, beside which there is no server.
 *
 * @param reading reads their file again, and says what came of it; null where there is none
 */
record RelayControl(RelayProcess process, @Nullable Supplier<ControlAnswer> reading)
        implements ControlHandler {
    /**
     * Answers commands from now on. Before the process becomes somebody else, who could not make a
     * socket in a directory of root's. Clients are served also where none can be made.
     *
     * @param data where; null for nowhere
     * @param becoming whom the process becomes then; null when it stays who it is
     * @throws IOException when another process answers there
     */
    static Closeable answer(@Nullable Path data, @Nullable User becoming, ControlHandler handler)
            throws IOException {
        if (data == null) {
            return () -> {};
        }
        if (ControlClient.ask(data, "status").isPresent()) {
            throw new IOException(
                    "cannot answer commands in "
                            + data
                            + ": another server or relay does; --data takes another directory");
        }
        try {
            ControlServer server = ControlServer.start(data, becoming, handler);
            return () -> end(server);
        } catch (IOException e) {
            RelayLog.LOG.log(
                    Level.WARNING, e.getMessage() + "; leasehold status and reload will not work");
            return () -> {};
        }
    }

    private static void end(ControlServer server) {
        try {
            server.close();
        } catch (IOException e) {
            // Nobody answers there any more, which commands see.
            RelayLog.LOG.log(Level.DEBUG, "the control socket is left behind: " + e.getMessage());
        }
    }

    @Override
    public ControlAnswer reload() {
        return reading == null
                ? ControlAnswer.refused(
                        List.of("the relay was started with flags; there is no file to read"),
                        "the configuration is as it was")
                : reading.get();
    }

    @Override
    public ControlAnswer clear(Ip4Address address, String by) {
        return ControlAnswer.refused(List.of(), "a relay gives no addresses");
    }

    @Override
    public ControlAnswer status() {
        return ControlAnswer.ok(process.status());
    }
}
