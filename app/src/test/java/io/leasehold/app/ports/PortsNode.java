package io.leasehold.app.ports;

import io.leasehold.app.lab.LabException;
import java.util.Map;

/** The machine whose ports are rewritten: eth0 at 10.77.0.1/24, on the lab's wire. */
interface PortsNode {
    String ADDRESS = "10.77.0.1";
    String IFACE = "eth0";

    /** Sets the rules that the command prints or applies with these arguments. */
    void apply(String... arguments);

    void undo();

    /** The counters, by the name of the rule. */
    Map<String, PortCount> counts();

    /** All rules there are in the words of the program that lists them, without counters. */
    String rules();

    /**
     * Runs a shell's commands on the machine, and returns what they print.
     *
     * @throws LabException when they fail
     */
    String run(String script);
}
