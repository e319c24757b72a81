package io.leasehold.app.config;

import io.leasehold.app.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a file, so that an operator sees all of it at once. */
final class Problems {
    /** How many are shown; the rest is counted. */
    static final int SHOWN_MAX = 100;

    private static final int KEPT_MAX = 10_000;

    private record Problem(int line, int column, String text) {}

    private final String file;
    private final List<Problem> kept = new ArrayList<>();
    private long count;

    Problems(String file) {
        this.file = Printable.of(file);
    }

    /** Something is wrong at a place. Lines and columns count from 1. */
    void add(int line, int column, String text) {
        count++;
        if (kept.size() < KEPT_MAX) {
            kept.add(new Problem(line, column, text));
        }
    }

    void add(YamlNode at, String text) {
        add(at.line(), at.column(), text);
    }

    /** Something else was found than what has to stand there. */
    void expected(YamlNode at, String name, String expected) {
        add(at, name + ": found " + at.found() + ", expected " + expected);
    }

    /** The file as a whole cannot be used; line 0 stands for that. */
    void addForFile(String text) {
        add(0, 0, text);
    }

    boolean isEmpty() {
        return count == 0;
    }

    long count() {
        return count;
    }

    /** A line each, in the order of the file. */
    List<String> lines() {
        List<Problem> sorted = new ArrayList<>(kept);
        sorted.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        List<String> lines = new ArrayList<>();
        for (Problem problem : sorted.subList(0, Math.min(SHOWN_MAX, sorted.size()))) {
            String place = problem.line == 0 ? "" : ":" + problem.line + ":" + problem.column;
            lines.add(file + place + ": " + problem.text);
        }
        if (count > SHOWN_MAX) {
            lines.add(file + ": and " + (count - SHOWN_MAX) + " more errors");
        }
        return lines;
    }
}
