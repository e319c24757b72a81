package io.leasehold.app.log;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Lines on their way to standard output or standard error, which a thread of their own writes:
 * where nobody reads them, since a terminal was stopped or the program behind a pipe hangs, whoever
 * tells goes on. What there is no room for is dropped, and it is told how much.
 */
public final class LineQueue {
    private static final int LINES_MAX = 4096;

    /** What is not important leaves some room for what is. */
    private static final int LESSER_LINES_MAX = LINES_MAX * 7 / 8;

    /** The started ones of this process: they end with it. */
    private static final CopyOnWriteArrayList<LineQueue> STARTED = new CopyOnWriteArrayList<>();

    private final Thread writer;
    private final ArrayDeque<Supplier<byte[]>> waiting = new ArrayDeque<>();
    private final PrintStream out;
    private final IntFunction<byte[]> loss;
    private boolean writing;
    private int dropped;

    /**
     * @param name of the thread
     * @param out where lines go
     * @param loss the line that stands where so many were dropped
     */
    public LineQueue(String name, PrintStream out, IntFunction<byte[]> loss) {
        this.out = out;
        this.loss = loss;
        this.writer = new Thread(this::write, name);
        writer.setDaemon(true);
    }

    /** From now on lines are written, until the process ends. */
    public void start() {
        writer.start();
        STARTED.add(this);
    }

    /**
     * Adds a line, from any thread.
     *
     * @param line gives its bytes, with the end of the line, on the writer's thread; must not throw
     * @param important whether it is among the last to be dropped
     */
    public void add(Supplier<byte[]> line, boolean important) {
        int most = important ? LINES_MAX : LESSER_LINES_MAX;
        synchronized (this) {
            if (waiting.size() >= most) {
                dropped++;
            } else {
                waiting.add(line);
                notifyAll();
            }
        }
    }

    /** Waits until the lines of all queues are written, or for so long each. */
    static void flushAll(int millisMax) {
        STARTED.forEach(queue -> queue.flush(millisMax));
    }

    /** Waits until all lines are written, or for so long. */
    synchronized void flush(int millisMax) {
        long end = System.nanoTime() + millisMax * 1_000_000L;
        try {
            while (writing || !waiting.isEmpty()) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        List<Supplier<byte[]>> lines = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            while (true) {
                int lost = take(lines);
                for (Supplier<byte[]> line : lines) {
                    bytes.writeBytes(line.get());
                }
                if (lost > 0) {
                    bytes.writeBytes(loss.apply(lost));
                }
                out.write(bytes.toByteArray(), 0, bytes.size());
                out.flush();
                bytes.reset();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All that wait, and how many behind them were dropped. */
    private synchronized int take(List<Supplier<byte[]>> lines) throws InterruptedException {
        writing = false;
        notifyAll();
        while (waiting.isEmpty()) {
            wait();
        }
        writing = true;
        lines.clear();
        lines.addAll(waiting);
        waiting.clear();
        int lost = dropped;
        dropped = 0;
        return lost;
    }
}
