package io.leasehold.protocol.role;

/**
 * Why a message is answered with silence. Each role has an enum of its own; each constant has its
 * own counter.
 */
public interface DropReason {
    /** The counter's name: lower case with hyphens, {@code unknown-network}. */
    String label();

    /** The reason as a log line tells it. */
    String text();
}
