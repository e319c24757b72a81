package io.leasehold.app.scripts;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks HTTP servers of the user's, each within its time, and all of them within bounds: an answer
 * has a length at most, is not looked for elsewhere, and no more than some are waited for at once.
 */
final class Backend implements AutoCloseable {
    static final int ANSWER_BYTES_MAX = 256 * 1024;

    /** Everybody can ask for a script; what is behind this service is not to feel it. */
    private static final int AT_ONCE_MAX = 64;

    private final Semaphore turns = new Semaphore(AT_ONCE_MAX, true);
    private @Nullable HttpClient client;

    /** Makes ready what the first question would wait for: a second, where there is much to do. */
    void ready() {
        client();
    }

    /** It has a thread of its own, which nobody needs who asks nothing. */
    private synchronized HttpClient client() {
        HttpClient now = client;
        if (now == null) {
            now =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .executor(task -> Thread.ofVirtual().start(task))
                            .build();
            client = now;
        }
        return now;
    }

    /**
     * Waits for an answer.
     *
     * @param timeoutMillis for all of it, the waiting for its turn included
     * @throws IOException says in one line why there is none
     */
    HttpResponse<byte[]> ask(URI uri, int timeoutMillis) throws IOException {
        long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        try {
            if (!turns.tryAcquire(timeoutMillis, TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        AT_ONCE_MAX + " questions are waited for already, and none ended in time");
            }
            try {
                return exchange(uri, endNanos);
            } finally {
                turns.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("this service ends", e);
        }
    }

    private HttpResponse<byte[]> exchange(URI uri, long endNanos)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .header("Accept", "application/json, text/plain")
                        .header("User-Agent", "leasehold")
                        .build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client().sendAsync(
                                request,
                                HttpResponse.BodyHandlers.limiting(
                                        HttpResponse.BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
        try {
            return answer.get(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no whole answer in time", e);
        } catch (ExecutionException e) {
            throw new IOException(why(e), e);
        } finally {
            // Ends the connection of one that is still under way.
            answer.cancel(true);
        }
    }

    /** The innermost reason that has words: the client wraps one in the other. */
    private static String why(ExecutionException e) {
        String words = "it cannot be reached";
        for (Throwable each = e.getCause(); each != null; each = each.getCause()) {
            words = each.getMessage() == null ? words : each.getMessage();
        }
        return words.contains("exceeds")
                ? "an answer of more than " + ANSWER_BYTES_MAX + " bytes"
                : words;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
