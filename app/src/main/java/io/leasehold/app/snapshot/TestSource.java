package io.leasehold.app.snapshot;

import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageHex;
import io.leasehold.protocol.wire.MessageType;
import java.util.List;

/**
 * The source of a JUnit test that replays what was recorded.
 *
 * @param className the test's class, without its package
 * @param handler the handler's class, with its package if it has one
 * @param capture the name of the capture
 * @param address the handler's address and prefix length
 * @param ignored names of fields and options that may differ
 */
public record TestSource(
        String className, String handler, String capture, String address, List<String> ignored) {
    /** How each begins, so that no other file is overwritten. */
    public static final String MARK = "// Made by leasehold snapshot";

    public TestSource {
        ignored = List.copyOf(ignored);
    }

    /** The text of the file. */
    public String of(List<Recorded> recorded) {
        StringBuilder out = new StringBuilder();
        int dot = handler.lastIndexOf('.');
        // No text of a stranger gets into the source: names are cut down to what files are called.
        String name = capture.replaceAll("[^A-Za-z0-9._-]", "_");
        out.append(MARK).append(" from ").append(name).append(".\n");
        if (dot > 0) {
            // In the handler's own package, so that it need not be public.
            out.append("package ").append(handler, 0, dot).append(";\n\n");
        }
        out.append("import io.leasehold.testkit.Replay;\n");
        boolean timed = recorded.stream().anyMatch(each -> each.afterMillis() > 0);
        if (timed) {
            out.append("import java.time.Duration;\n");
        }
        out.append("import org.junit.jupiter.api.Test;\n\n");
        out.append("/** The requests of ").append(name).append(", and what answered them. */\n");
        out.append("class ").append(className).append(" {\n");
        out.append("    @Test\n");
        out.append("    void answersAsInTheCapture() throws Exception {\n");
        out.append("        try (Replay replay = Replay.of(").append(handler.substring(dot + 1));
        out.append("::new, \"").append(address).append("\")) {\n");
        if (!ignored.isEmpty()) {
            String names = String.join("\", \"", ignored);
            out.append("            replay.ignoring(\"").append(names).append("\");\n");
        }
        recorded.forEach(each -> step(out, each));
        return out.append("        }\n    }\n}\n").toString();
    }

    private static void step(StringBuilder out, Recorded each) {
        out.append('\n');
        if (each.afterMillis() > 0) {
            out.append("            replay.after(Duration.ofMillis(");
            out.append(each.afterMillis()).append("));\n");
        }
        comment(out, each.request(), each.answers().isEmpty() ? ": no answer" : "");
        out.append("            replay.request(\"").append(each.source()).append("\", \"");
        out.append(each.destination()).append("\", ");
        block(out, each.request());
        for (Message answer : each.answers()) {
            comment(out, answer, "");
            out.append("            replay.expect(");
            block(out, answer);
        }
    }

    private static void comment(StringBuilder out, Message message, String more) {
        MessageType type = message.type();
        out.append("            // ").append(type == null ? "type " + message.typeCode() : type);
        out.append(message.yiaddr().isZero() ? "" : " of " + message.yiaddr());
        out.append(message.ciaddr().isZero() ? "" : " from " + message.ciaddr());
        out.append(", ").append(message.hardware()).append(more).append('\n');
    }

    private static void block(StringBuilder out, Message message) {
        String indent = "                    ";
        out.append("\"\"\"\n");
        MessageHex.format(message)
                .lines()
                .forEach(line -> out.append(indent).append(line).append('\n'));
        out.append(indent).append("\"\"\");\n");
    }
}
