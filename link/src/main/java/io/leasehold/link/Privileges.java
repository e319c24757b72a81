package io.leasehold.link;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Gives up what root may do, once the sockets are open. There is no way back. */
public final class Privileges {
    private static final System.Logger LOG = System.getLogger("io.leasehold.link");
    private static final Path THREADS = Path.of("/proc/self/task");
    private static final int CAP_SETPCAP = 8;
    private static final int CAP_NET_ADMIN = 12;
    private static final List<String> CAPABILITIES = List.of("CapPrm:", "CapEff:", "CapAmb:");

    private Privileges() {}

    /** True when the process is root's, and has therefore something to give up. */
    public static boolean areRoots() {
        return field("Uid:").startsWith("\t0\t");
    }

    /** True when the process may change neighbour entries itself. */
    static boolean allowNeighbours() {
        return allow(CAP_NET_ADMIN);
    }

    /** True when a program can be started with a smaller bounding set. */
    static boolean allowBoundingSet() {
        return allow(CAP_SETPCAP);
    }

    private static boolean allow(int capability) {
        String mask = field("CapEff:").strip();
        return !mask.isEmpty() && (Long.parseUnsignedLong(mask, 16) >> capability & 1) == 1;
    }

    /**
     * Becomes another user, with all threads, for good: without any capability, without further
     * groups, and without a way to gain anything by starting a program.
     *
     * @throws LinkException when it is not permitted, or some thread still may more
     */
    public static void become(User user) throws IOException {
        refuseNewOnes();
        try (LibC libc = new LibC()) {
            check(libc.setGroups(), "give up its groups", user, "CAP_SETGID");
            check(libc.setGroup(user.gid()), "take group " + user.gid(), user, "CAP_SETGID");
            check(libc.setUser(user.uid()), "become user " + user.uid(), user, "CAP_SETUID");
        }
        verify(user);
    }

    private static void check(int errno, String what, User user, String needed)
            throws LinkException {
        if (errno != 0) {
            throw new LinkException(
                    "cannot "
                            + what
                            + " to run as "
                            + user.name()
                            + ": "
                            + Abi.errorText(errno)
                            + "; needs "
                            + needed);
        }
    }

    /**
     * Sets no_new_privs, which the kernel keeps for each thread. A seccomp filter, here one that
     * allows everything, is the one thing that takes it to all threads at once.
     */
    private static void refuseNewOnes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Kernel.newState(arena);
            long result =
                    Kernel.call(state, SystemCall.PRCTL, Abi.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, 0);
            MemorySegment allow = arena.allocate(JAVA_LONG);
            allow.set(JAVA_SHORT, 0, (short) Abi.BPF_RET);
            allow.set(JAVA_INT, 4, Abi.SECCOMP_RET_ALLOW);
            MemorySegment program = arena.allocate(JAVA_LONG, 2);
            program.set(JAVA_SHORT, 0, (short) 1);
            program.set(JAVA_LONG, 8, allow.address());
            if (result == 0) {
                result =
                        Kernel.call(
                                state,
                                SystemCall.SECCOMP,
                                Abi.SECCOMP_SET_MODE_FILTER,
                                Abi.SECCOMP_FILTER_FLAG_TSYNC | Abi.SECCOMP_FILTER_FLAG_SPEC_ALLOW,
                                program.address());
            }
            if (result != 0) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "no_new_privs cannot be set for all threads: "
                                + Abi.errorText((int) result));
            }
        }
    }

    /** Trusts nobody's word that all threads have changed, but the kernel's. */
    private static void verify(User user) throws IOException {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                verify(thread, user);
            }
        }
    }

    private static void verify(Path thread, User user) throws IOException {
        String id = Integer.toUnsignedString(user.uid());
        List<String> lines;
        try {
            lines = Files.readAllLines(thread.resolve("status"));
        } catch (NoSuchFileException ended) {
            return;
        }
        for (String line : lines) {
            boolean uid = line.startsWith("Uid:");
            boolean capability = CAPABILITIES.stream().anyMatch(line::startsWith);
            String value = line.substring(line.indexOf(':') + 1).strip();
            if (uid && !value.equals(String.join("\t", id, id, id, id))
                    || capability && !value.matches("0+")) {
                throw new LinkException(
                        "a thread kept its privileges when the process became "
                                + user.name()
                                + ": found \""
                                + line
                                + "\"");
            }
        }
    }

    /** What the kernel says of this thread. */
    private static String field(String name) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/thread-self/status"))) {
                if (line.startsWith(name)) {
                    return line.substring(name.length());
                }
            }
        } catch (IOException withoutProc) {
            return "";
        }
        return "";
    }
}
