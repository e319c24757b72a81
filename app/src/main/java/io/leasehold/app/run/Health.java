package io.leasehold.app.run;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a program does that runs for long. Asked from any thread, at any rate. */
public interface Health {
    /** Why it is of no use and had better be started anew; null while it lives. */
    @Nullable String dead();

    /** What it lacks though it lives, a line each; nothing when it can do its work. */
    List<String> lacks();

    /** All that keeps it from its work, a line each; none when all is well. */
    default List<String> problems() {
        List<String> problems = new ArrayList<>();
        String dead = dead();
        if (dead != null) {
            problems.add(dead);
        }
        problems.addAll(lacks());
        return problems;
    }
}
