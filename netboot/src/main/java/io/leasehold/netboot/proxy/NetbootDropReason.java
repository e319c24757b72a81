package io.leasehold.netboot.proxy;

import io.leasehold.protocol.role.DropReason;
import java.util.Locale;

/** Why a message is left unanswered. */
public enum NetbootDropReason implements DropReason {
    NOT_FROM_A_CLIENT("is a reply of a server"),
    NOT_SERVED("came by an interface that is not served"),
    NOT_A_BOOT_CLIENT("says neither PXEClient nor HTTPClient (option 60)"),
    FOR_THE_PRIMARY("is meant for the server that gives addresses"),
    NOT_A_QUESTION("asks for nothing that a boot service has"),
    UNKNOWN_ARCHITECTURE("has no architecture that is known (option 93)"),
    NO_RULE("no boot rule is for it"),
    EXCLUDED("a boot rule says: boot nothing"),
    NO_SUCH_ITEM("chose what is not in its menu (option 43.71)"),
    GIADDR_INVALID("has a giaddr that no relay can have"),
    NO_INTERFACE_ADDRESS("came by an interface that has no IPv4 address"),
    NO_WAY_BACK("came from UDP port 0");

    private final String text;

    NetbootDropReason(String text) {
        this.text = text;
    }

    @Override
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String text() {
        return text;
    }
}
