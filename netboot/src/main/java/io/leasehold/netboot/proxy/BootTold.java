package io.leasehold.netboot.proxy;

/**
 * What a machine is told to boot.
 *
 * @param what the name or URL; empty where it has to ask on port 4011 first, or knows its files
 *     itself
 * @param asksAgain true where it has to ask on port 4011 first
 * @param rule which rule said so, counted from 1
 * @param match for whom that rule is
 * @param ours whether it is to fetch from this host
 */
public record BootTold(String what, boolean asksAgain, int rule, BootMatch match, boolean ours) {
    /** {@code rule 3 (arch x64)}. */
    public String ruleText() {
        String who = match.text();
        return "rule " + rule + (who.isEmpty() ? "" : " (" + who + ")");
    }
}
