package io.leasehold.netboot.proxy;

/**
 * What some machines boot. iPXE is never handed a file that a rule does not say is for it: it would
 * be iPXE again, without end.
 *
 * @param match which machines
 * @param action what they boot
 * @param discovery true when firmware has to ask again on port 4011 before it is told the file, as
 *     some wants to
 */
public record BootRule(BootMatch match, BootAction action, boolean discovery) {
    public BootRule {
        boolean anyStage = match.stage() == null;
        if (anyStage && action instanceof BootAction.Script) {
            match = match.withStage(BootStage.IPXE);
        } else if (anyStage && !(action instanceof BootAction.None)) {
            match = match.withStage(BootStage.FIRMWARE);
        } else if (match.stage() == BootStage.FIRMWARE && action instanceof BootAction.Script) {
            throw new IllegalArgumentException("a script is for iPXE, and not for firmware");
        }
    }

    public BootRule(BootMatch match, BootAction action) {
        this(match, action, false);
    }
}
