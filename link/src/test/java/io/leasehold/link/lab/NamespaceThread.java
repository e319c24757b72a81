package io.leasehold.link.lab;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Runs code inside a network namespace. setns(2) moves the calling thread only, so each piece of
 * code gets a platform thread of its own; sockets that it opens stay in the namespace, whoever uses
 * them afterwards.
 */
public final class NamespaceThread {
    private static final int CLONE_NEWNET = 0x40000000;
    private static final int O_RDONLY = 0;

    private NamespaceThread() {}

    /** What may fail. */
    public interface Body {
        void run() throws Exception;
    }

    /** Runs code in /run/netns/NAME and waits for its result. */
    public static <T> T call(String namespace, Callable<T> body) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread =
                Thread.ofPlatform()
                        .name("in " + namespace)
                        .daemon()
                        .start(
                                () -> {
                                    try {
                                        enter(namespace);
                                        result.complete(body.call());
                                    } catch (Throwable e) {
                                        result.completeExceptionally(e);
                                    }
                                });
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } finally {
            thread.join();
        }
    }

    /** As {@link #call}, without a result. */
    public static void run(String namespace, Body body) throws Exception {
        CompletableFuture<Boolean> done =
                call(
                        namespace,
                        () -> {
                            body.run();
                            return CompletableFuture.completedFuture(true);
                        });
        done.join();
    }

    /** Starts code in /run/netns/NAME and lets it run; an exception ends its thread. */
    public static Thread start(String namespace, Body body) {
        return Thread.ofPlatform()
                .name("in " + namespace)
                .daemon()
                .start(
                        () -> {
                            try {
                                enter(namespace);
                                body.run();
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
    }

    @SuppressWarnings("restricted")
    private static void enter(String namespace) {
        Linker linker = Linker.nativeLinker();
        MethodHandle open =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("open"),
                        FunctionDescriptor.of(JAVA_INT, ValueLayout.ADDRESS, JAVA_INT),
                        Linker.Option.firstVariadicArg(2));
        MethodHandle setns =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("setns"),
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        MethodHandle close =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("close"),
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        int result;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom("/run/netns/" + namespace);
            int fd = (int) open.invokeExact(path, O_RDONLY);
            result = fd < 0 ? -1 : (int) setns.invokeExact(fd, CLONE_NEWNET);
            if (fd >= 0 && (int) close.invokeExact(fd) < 0) {
                result = -1;
            }
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        if (result < 0) {
            throw new IllegalStateException(
                    "cannot enter network namespace " + namespace + " (needs root)");
        }
    }
}
