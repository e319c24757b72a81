package io.leasehold.app.run;

import io.leasehold.link.LinkCounters;
import java.util.Map;
import java.util.TreeMap;

/** What sockets counted, under the names that operators see. */
public final class LinkCounts {
    private LinkCounts() {}

    /** All of it, those that are 0 too. */
    public static Map<String, Long> byName(LinkCounters sockets) {
        Map<String, Long> all = new TreeMap<>();
        all.put("socket-received", sockets.received());
        all.put("socket-dropped", sockets.dropped());
        all.put("socket-shed", sockets.shed());
        all.put("socket-ignored", sockets.ignored());
        all.put("socket-sent", sockets.sent());
        all.put("socket-send-failures", sockets.sendFailures());
        all.put("neighbours", sockets.neighbours());
        all.put("neighbour-fallbacks", sockets.neighbourFallbacks());
        all.put("pings", sockets.pings());
        all.put("ping-failures", sockets.pingFailures());
        all.put("ping-answers", sockets.pingAnswers());
        all.put("interface-changes", sockets.interfaceChanges());
        all.put("socket-failures", sockets.socketFailures());
        return all;
    }
}
