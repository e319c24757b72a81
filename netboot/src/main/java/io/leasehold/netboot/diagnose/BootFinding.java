package io.leasehold.netboot.diagnose;

/**
 * Something that would keep a machine from booting.
 *
 * @param what was found
 * @param why it matters
 * @param todo what to do about it
 */
public record BootFinding(String what, String why, String todo) {}
