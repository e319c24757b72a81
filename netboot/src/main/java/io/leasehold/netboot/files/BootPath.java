package io.leasehold.netboot.files;

import java.util.ArrayList;
import java.util.List;

/**
 * What a name that a client sent stands for: a path under the root, or the reason why it is none.
 */
public sealed interface BootPath {
    /**
     * A path under the root.
     *
     * @param text names between slashes, none of them empty, "." or ".."; no slash at its start
     */
    record Relative(String text) implements BootPath {}

    /**
     * A name that is not looked for.
     *
     * @param why what is wrong with it, for a log line
     */
    record Refused(String why) implements BootPath {}

    /**
     * Reads a name as clients write them: with slashes or backslashes, with one at its start,
     * several or none.
     */
    static BootPath of(String name) {
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < ' ' || name.charAt(i) == 0x7f) {
                return new Refused("the name holds a control character");
            }
        }
        for (String step : name.replace('\\', '/').split("/", -1)) {
            if (step.equals("..")) {
                return new Refused("the name climbs with ..");
            }
            if (steps.isEmpty() && step.length() > 1 && step.charAt(1) == ':') {
                return new Refused("the name begins with a drive letter");
            }
            if (!step.isEmpty() && !step.equals(".")) {
                steps.add(step);
            }
        }
        return steps.isEmpty()
                ? new Refused("the name is empty")
                : new Relative(String.join("/", steps));
    }
}
