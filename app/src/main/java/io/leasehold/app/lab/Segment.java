package io.leasehold.app.lab;

/**
 * One wire, made by {@link Lab#segment}.
 *
 * @param namespace the network namespace that holds its bridge
 */
public record Segment(String namespace) {}
