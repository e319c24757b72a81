package io.leasehold.netboot.proxy;

import io.leasehold.protocol.wire.Ip4Address;
import org.jspecify.annotations.Nullable;

/**
 * What some machines boot. iPXE is never handed a file that a rule does not say is for it: it would
 * be iPXE again, without end.
 *
 * @param match which machines
 * @param action what they boot
 * @param discovery true when firmware has to ask again on port 4011 before it is told the file, as
 *     some wants to; not for who never asks there, nor for a menu, which asks in any case
 */
public record BootRule(BootMatch match, BootAction action, boolean discovery) {
    public BootRule {
        boolean anyStage = match.stage() == null;
        boolean script = isScript(action);
        if (anyStage && script) {
            match = match.withStage(BootStage.IPXE);
        } else if (anyStage && !(action instanceof BootAction.None)) {
            match = match.withStage(BootStage.FIRMWARE);
        }
        boolean hasScript =
                script
                        || action instanceof BootAction.Menu menu
                                && menu.items().stream().anyMatch(BootRule::isScript);
        if (match.stage() == BootStage.FIRMWARE && hasScript) {
            throw new IllegalArgumentException("a script is for iPXE, and not for firmware");
        }
        String without = discovery ? whyWithoutDiscovery(match, action) : null;
        if (without != null) {
            throw new IllegalArgumentException(without);
        }
    }

    /** Null where it makes a difference. */
    private static @Nullable String whyWithoutDiscovery(BootMatch match, BootAction action) {
        Architecture architecture = match.architecture();
        if (match.stage() == BootStage.IPXE) {
            return "iPXE does not ask on port 4011";
        }
        if (architecture != null && architecture.http()) {
            return "machines that boot over HTTP do not ask on port 4011";
        }
        if (architecture == Architecture.RASPBERRY_PI || action instanceof BootAction.Tftp) {
            return "a Raspberry Pi does not ask on port 4011";
        }
        if (action instanceof BootAction.None) {
            return "machines that are left alone are told nothing on port 4011";
        }
        return action instanceof BootAction.Menu ? "a menu asks on port 4011 in any case" : null;
    }

    private static boolean isScript(BootAction.Menu.Item item) {
        return item.action() instanceof BootAction.Script;
    }

    private static boolean isScript(BootAction action) {
        return action instanceof BootAction.Script
                || action instanceof BootAction.Template
                || action instanceof BootAction.Backend;
    }

    /** A menu is PXE's: whoever boots over HTTP by itself has none, nor has a Raspberry Pi. */
    boolean isFor(BootClient client, Ip4Address place) {
        boolean able = client.knowsBootServers() || !(action instanceof BootAction.Menu);
        return able && match.matches(client, place);
    }

    /** Whether it is a menu without an item that somebody chose; -1 for none chosen. */
    boolean lacks(int item) {
        return item >= 0 && action instanceof BootAction.Menu menu && menu.chosen(item) == null;
    }

    public BootRule(BootMatch match, BootAction action) {
        this(match, action, false);
    }
}
