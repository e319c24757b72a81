package io.leasehold.app.serve;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Has something done on the loop's thread, and waits for what comes of it. */
final class LoopCalls {
    private final Predicate<Runnable> loop;
    private final int millisMax;

    /**
     * @param loop has a task done; false when it has too many already
     * @param millisMax how long is waited
     */
    LoopCalls(Predicate<Runnable> loop, int millisMax) {
        this.loop = loop;
        this.millisMax = millisMax;
    }

    /** What a task comes to at once. */
    <T> T call(Supplier<T> task) throws IOException {
        return callLater((CompletableFuture<T> answer) -> answer.complete(task.get()));
    }

    /**
     * What a task comes to, which completes its answer then or later. What has not begun when
     * nobody waits for it any more is not done.
     */
    <T> T callLater(Consumer<CompletableFuture<T>> task) throws IOException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean taken =
                loop.test(
                        () -> {
                            if (answer.isDone()) {
                                return;
                            }
                            try {
                                task.accept(answer);
                            } catch (RuntimeException e) {
                                answer.completeExceptionally(e);
                            }
                        });
        if (!taken) {
            throw new IOException("the server has too much to do; try again");
        }
        try {
            return answer.get(millisMax, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException("the server failed: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException("the server did not answer within " + millisMax / 1000 + " s", e);
        } finally {
            answer.cancel(false);
        }
    }
}
