package io.leasehold.protocol.capture;

/**
 * An interface that a capture file speaks of.
 *
 * @param number its place among the interfaces of the whole file, from 0
 * @param name {@code eth0}; empty where the file does not say
 * @param linkType how its frames begin, one of {@link LinkType} or another
 */
public record CaptureInterface(int number, String name, int linkType) {}
