package io.leasehold.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sockets that systemd opened and passed on (sd_listen_fds(3)), so that no privilege is needed. */
public final class InheritedSockets {
    private static final int FIRST = 3;
    private static final int MAX = 64;

    private InheritedSockets() {}

    /**
     * The descriptors passed to this process; none when there are none, or when they are meant for
     * another process.
     *
     * @param environment of the process
     * @throws LinkException when the environment names a number that cannot be
     */
    public static List<Integer> of(Map<String, String> environment) throws LinkException {
        String count = environment.get("LISTEN_FDS");
        String pid = environment.get("LISTEN_PID");
        String own = Long.toString(ProcessHandle.current().pid());
        if (count == null || !own.equals(pid)) {
            return List.of();
        }
        if (!count.matches("[0-9]{1,4}") || Integer.parseInt(count) > MAX) {
            throw new LinkException(
                    "LISTEN_FDS: found \"" + count + "\", expected 0 to " + MAX + " sockets");
        }
        List<Integer> descriptors = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(count); i++) {
            descriptors.add(FIRST + i);
        }
        return descriptors;
    }
}
