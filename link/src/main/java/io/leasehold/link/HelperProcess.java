package io.leasehold.link;

import io.leasehold.protocol.wire.Ip4Address;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Starts {@link NeighbourHelper} with CAP_NET_ADMIN alone, through setpriv of util-linux: the
 * program is given its privileges before it has a thread, and so all of its threads have the same.
 */
final class HelperProcess {
    private static final System.Logger LOG = System.getLogger("io.leasehold.link");

    /** The helper as a program of its own, where the launcher's build could make one. */
    private static final String PROGRAM_PROPERTY = "leasehold.helper.program";

    /** What the launcher made for a quicker start of the helper as a JVM. */
    private static final String CACHE_PROPERTY = "leasehold.helper.cache";

    private static final String KEEP = "-all,+net_admin";

    /**
     * As small as it runs. Whoever is the same user must not be able to attach to it, and so to run
     * code with its capability.
     */
    private static final List<String> JVM_FLAGS =
            List.of(
                    "-XX:+DisableAttachMechanism",
                    "-XX:-UsePerfData",
                    "-XX:+UseSerialGC",
                    "-Xmx8m",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:ReservedCodeCacheSize=4m",
                    "-XX:TrimNativeHeapInterval=10000",
                    "-Xss256k",
                    "-XX:+UseCompactObjectHeaders",
                    "-Xlog:disable",
                    "-Xlog:all=error:stderr",
                    "--enable-native-access=ALL-UNNAMED");

    private final MemorySegment state;
    private final int requests;
    private final int answers;

    private HelperProcess(MemorySegment state, int requests, int answers) {
        this.state = state;
        this.requests = requests;
        this.answers = answers;
    }

    /** Starts it, while the process may still give CAP_NET_ADMIN to it. */
    static HelperProcess start(Arena arena, NeighbourScope scope) throws LinkException {
        MemorySegment state = Kernel.newState(arena);
        int[] in = Kernel.pipe(state);
        int[] out = Kernel.pipe(state);
        ProcessBuilder builder =
                new ProcessBuilder(command(scope))
                        .redirectInput(end(in[0]))
                        .redirectOutput(end(out[1]))
                        .redirectError(ProcessBuilder.Redirect.INHERIT);
        // Nothing of what this process was told is for the helper, least of all JAVA_TOOL_OPTIONS.
        builder.environment().keySet().retainAll(Set.of("PATH", "LANG"));
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        try {
            builder.start();
        } catch (IOException e) {
            Kernel.close(state, in[1]);
            Kernel.close(state, out[0]);
            throw new LinkException("cannot start the neighbour helper: " + e.getMessage());
        } finally {
            Kernel.close(state, in[0]);
            Kernel.close(state, out[1]);
        }
        return new HelperProcess(state, in[1], out[0]);
    }

    /** One end of a pipe, opened anew for the child, which inherits nothing else. */
    private static File end(int fd) {
        return new File("/proc/self/fd/" + fd);
    }

    private static List<String> command(NeighbourScope scope) throws LinkException {
        User nobody = User.nobody();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "setpriv",
                                "--reuid=" + Integer.toUnsignedString(nobody.uid()),
                                "--regid=" + Integer.toUnsignedString(nobody.gid()),
                                "--clear-groups",
                                "--no-new-privs",
                                "--inh-caps=" + KEEP,
                                "--ambient-caps=" + KEEP));
        if (Privileges.allowBoundingSet()) {
            command.add("--bounding-set=" + KEEP);
        }
        command.addAll(program());
        command.addAll(scope.toArguments());
        return command;
    }

    private static List<String> program() throws LinkException {
        String program = System.getProperty(PROGRAM_PROPERTY);
        if (program != null && Files.isExecutable(Path.of(program))) {
            return List.of(program);
        }
        if (program != null) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "the neighbour helper is a second JVM, which takes some 20 MB: there is no "
                            + program
                            + ", which a build makes where it finds a C compiler");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_FLAGS);
        String cache = System.getProperty(CACHE_PROPERTY);
        if (cache != null && Files.isReadable(Path.of(cache))) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.add("-cp");
        command.add(origin(NeighbourHelper.class) + File.pathSeparator + origin(Ip4Address.class));
        command.add(NeighbourHelper.class.getName());
        return command;
    }

    private static String origin(Class<?> type) throws LinkException {
        var source = type.getProtectionDomain().getCodeSource();
        try {
            if (source != null) {
                return Path.of(source.getLocation().toURI()).toString();
            }
        } catch (URISyntaxException e) {
            throw new LinkException("cannot start the neighbour helper: " + e.getMessage());
        }
        throw new LinkException("cannot start the neighbour helper: its classes are in no file");
    }

    /** Where requests are written. */
    int requests() {
        return requests;
    }

    /** Where answers are read. */
    int answers() {
        return answers;
    }

    /** The helper ends when it sees that nobody can ask it any more. */
    void close() {
        Kernel.close(state, requests);
        Kernel.close(state, answers);
    }
}
