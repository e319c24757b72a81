package io.leasehold.app.netboot;

import io.leasehold.netboot.proxy.Architecture;
import io.leasehold.netboot.watch.BootFetch;
import io.leasehold.netboot.watch.BootMachine;
import io.leasehold.netboot.watch.BootStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** How many machines did what, by architecture, stage and reason: as many names as those have. */
public final class BootCounts {
    /** What is counted, and by what. */
    public enum Kind {
        ASKED("Questions what to boot.", "architecture stage"),
        OFFERED("Answers that told what to boot.", "architecture stage"),
        LEFT_ALONE("Questions that were not answered.", "architecture stage reason"),
        FETCHED("Files that went over as a whole.", "protocol"),
        FETCHED_BYTES("Bytes of files that went over.", "protocol"),
        FETCH_FAILURES("Files that did not go over.", "protocol reason"),
        BOOTED("Stages that booted, as far as it can be told.", "architecture stage evidence"),
        STUCK("Machines that came no further.", "architecture stage at");

        private final String help;
        private final String labels;

        Kind(String help, String labels) {
            this.help = help;
            this.labels = labels;
        }

        public String help() {
            return help;
        }

        /** The names of what it is counted by. */
        public List<String> labels() {
            return List.of(labels.split(" ", -1));
        }

        /** {@code fetched-bytes}. */
        public String label() {
            return lower(name());
        }
    }

    private record Key(Kind kind, List<String> values) {}

    private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

    void count(BootStep step) {
        switch (step) {
            case BootStep.Asked asked -> add(Kind.ASKED, asked.machine());
            case BootStep.LeftAlone left -> {
                add(Kind.ASKED, left.machine());
                add(Kind.LEFT_ALONE, left.machine(), left.reason().label());
            }
            case BootStep.Offered offered -> add(Kind.OFFERED, offered.machine());
            case BootStep.Booted booted ->
                    add(Kind.BOOTED, booted.machine(), lower(booted.evidence().name()));
            case BootStep.Stuck stuck -> add(Kind.STUCK, stuck.machine(), stuck.at().label());
            case BootStep.Fetched fetched -> count(fetched.fetch());
        }
    }

    private void count(BootFetch fetch) {
        String protocol = lower(fetch.protocol().name());
        if (fetch.result() == BootFetch.Result.WHOLE) {
            add(Kind.FETCHED, List.of(protocol), 1);
        } else {
            add(Kind.FETCH_FAILURES, List.of(protocol, lower(fetch.result().name())), 1);
        }
        if (fetch.bytes() > 0) {
            add(Kind.FETCHED_BYTES, List.of(protocol), fetch.bytes());
        }
    }

    private void add(Kind kind, BootMachine machine, String... more) {
        Architecture known = machine.architecture();
        String architecture = known == null ? "unknown" : known.key();
        List<String> values = new ArrayList<>(List.of(architecture));
        values.add(lower(machine.stage().name()));
        values.addAll(List.of(more));
        add(kind, values, 1);
    }

    private void add(Kind kind, List<String> values, long howMany) {
        counts.computeIfAbsent(new Key(kind, List.copyOf(values)), any -> new LongAdder())
                .add(howMany);
    }

    /** What one kind counted, by the values of its labels. */
    public Map<List<String>, Long> of(Kind kind) {
        return counts.entrySet().stream()
                .filter(each -> each.getKey().kind() == kind)
                .sorted((a, b) -> text(a.getKey()).compareTo(text(b.getKey())))
                .collect(
                        Collectors.toMap(
                                each -> each.getKey().values(),
                                each -> each.getValue().sum(),
                                Long::sum,
                                LinkedHashMap::new));
    }

    private static String text(Key key) {
        return String.join(" ", key.values());
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
