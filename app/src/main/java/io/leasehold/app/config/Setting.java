package io.leasehold.app.config;

/** What can be set for the whole server, a shared network or a subnet; the innermost wins. */
enum Setting {
    LEASE_TIME("lease-time", Kind.LEASE),
    MIN_LEASE_TIME("min-lease-time", Kind.LEASE),
    MAX_LEASE_TIME("max-lease-time", Kind.LEASE),
    T1("t1", Kind.SECONDS),
    T2("t2", Kind.SECONDS),
    PING_CHECK("ping-check", Kind.PING),
    OFFER_HOLD("offer-hold", Kind.SECONDS),
    DECLINE_HOLD("decline-hold", Kind.SECONDS),
    AUTHORITATIVE("authoritative", Kind.YES_NO),
    MATCH_CLIENT_ID("match-client-id", Kind.YES_NO),
    RAPID_COMMIT("rapid-commit", Kind.YES_NO),
    BOOTP("bootp", Kind.YES_NO),
    KNOWN_SHARE("known-share", Kind.PERCENT),
    NEXT_SERVER("next-server", Kind.ADDRESS),
    BOOT_FILE("boot-file", Kind.FILE);

    /** How a value is spelled. */
    enum Kind {
        /** Whole seconds, or {@code forever}. */
        LEASE,
        /** Whole seconds, at least one. */
        SECONDS,
        /** {@code off}, {@code auto}, or a time to the millisecond. */
        PING,
        YES_NO,
        PERCENT,
        ADDRESS,
        /** The text of the file field, at most 127 bytes of ASCII (RFC 2131 §2). */
        FILE
    }

    private final String key;
    private final Kind kind;

    Setting(String key, Kind kind) {
        this.key = key;
        this.kind = kind;
    }

    String key() {
        return key;
    }

    Kind kind() {
        return kind;
    }
}
