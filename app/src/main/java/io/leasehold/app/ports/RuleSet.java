package io.leasehold.app.ports;

import java.util.List;
import java.util.Map;

/** One way to have the kernel rewrite ports: how its rules are set, removed and counted. */
interface RuleSet {
    /** Runs the system's programs. */
    interface Runner {
        /**
         * Runs one to its end, and returns what it printed.
         *
         * @throws PortsException when it fails; the message is what it said
         */
        String run(List<String> command) throws PortsException;
    }

    /** The program that it takes. */
    String program();

    /** The Debian package that the program comes in. */
    String debianPackage();

    /**
     * A file that puts the rules on their devices, in place of those that it put there before.
     * Rules on other devices stay.
     */
    String set(List<PortRule> rules);

    /** A file that removes what {@link #set} has put on these devices, and nothing else. */
    String remove(List<String> devices);

    /** The command line that does what such a file says. */
    List<String> command(String file);

    /** Those of the devices that have rules of {@link #set}. */
    List<String> devices(List<String> all, Runner runner) throws PortsException;

    /** The counters of the rules on these devices, by the name of the rule. */
    Map<String, PortCount> counts(List<String> devices, Runner runner) throws PortsException;

    /** What a message of the program means for the operator, in one line. */
    String inWords(String said);
}
