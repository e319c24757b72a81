package io.leasehold.app.serve;

import io.leasehold.app.control.ControlAnswer;
import io.leasehold.app.control.ControlHandler;
import io.leasehold.link.Notify;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a running server, by {@code leasehold reload} and its like and by SIGHUP. What
 * came of it is in the log too, since who asked is not always who reads.
 */
final class Control implements ControlHandler {
    private static final System.Logger LOG = System.getLogger("leasehold.server");

    private final ServerProcess process;
    private final @Nullable Reload reload;

    /**
     * @param reload null when there is no file to read again
     */
    Control(ServerProcess process, @Nullable Reload reload) {
        this.process = process;
        this.reload = reload;
    }

    @Override
    public ControlAnswer reload() {
        Notify.reloading();
        List<String> problems =
                reload == null
                        ? List.of("the server was started with flags; there is no file to read")
                        : reload.run(process);
        Notify.ready();
        for (String problem : problems) {
            LOG.log(Level.ERROR, "configuration not changed: " + problem);
        }
        if (problems.isEmpty() && reload != null) {
            String again = "configuration read again: " + reload.summary();
            LOG.log(Level.INFO, again);
            return ControlAnswer.ok(List.of(again));
        }
        return ControlAnswer.refused(problems, "the configuration is as it was");
    }

    @Override
    public ControlAnswer clear(Ip4Address address, String by) {
        try {
            String why = process.clear(address, by);
            return why == null
                    ? ControlAnswer.ok(List.of())
                    : ControlAnswer.refused(List.of(), why);
        } catch (IOException e) {
            return ControlAnswer.refused(List.of(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public ControlAnswer status() {
        try {
            return ControlAnswer.ok(process.status());
        } catch (IOException e) {
            return ControlAnswer.refused(List.of(), String.valueOf(e.getMessage()));
        }
    }
}
