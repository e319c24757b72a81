package io.leasehold.link;

import java.io.IOException;

/** What keeps a link from working, in one line for the operator. */
public final class LinkException extends IOException {
    private static final long serialVersionUID = 1;

    public LinkException(String message) {
        super(message);
    }
}
