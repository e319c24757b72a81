package io.leasehold.app.config;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.server.config.Settings;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is set so far, from the whole server inward to a subnet. */
final class SettingsLayer {
    /** Nothing is set. */
    static final SettingsLayer EMPTY = new SettingsLayer(new EnumMap<>(Setting.class));

    /**
     * A value and where it was given.
     *
     * @param number seconds, milliseconds, percent, the bits of an address, or 1 for true
     * @param text the value when it is a text
     */
    record Given(long number, String text, YamlNode at) {
        /** The number as a time, {@code 1h30m}. */
        String time() {
            return number == Settings.INFINITE ? "forever" : Durations.format(number * 1000);
        }
    }

    private final Map<Setting, Given> given;

    private SettingsLayer(Map<Setting, Given> given) {
        this.given = given;
    }

    /** With further values, which win. */
    SettingsLayer with(Map<Setting, Given> inner) {
        if (inner.isEmpty()) {
            return this;
        }
        Map<Setting, Given> merged = new EnumMap<>(Setting.class);
        merged.putAll(given);
        merged.putAll(inner);
        return new SettingsLayer(merged);
    }

    @Nullable Given get(Setting setting) {
        return given.get(setting);
    }

    private long number(Setting setting, long otherwise) {
        Given value = given.get(setting);
        return value == null ? otherwise : value.number;
    }

    private boolean yes(Setting setting, boolean otherwise) {
        return number(setting, otherwise ? 1 : 0) == 1;
    }

    /** The lease time, moved into the bounds given when it is not given itself. */
    long leaseSeconds() {
        long max = number(Setting.MAX_LEASE_TIME, Settings.INFINITE);
        long least = Math.max(Settings.DEFAULT.leaseSeconds(), number(Setting.MIN_LEASE_TIME, 0));
        return number(Setting.LEASE_TIME, Math.min(least, max));
    }

    /** Everything, with the defaults of what is not given. */
    Settings resolve() {
        Settings d = Settings.DEFAULT;
        long lease = leaseSeconds();
        Given file = given.get(Setting.BOOT_FILE);
        return new Settings(
                lease,
                number(Setting.MIN_LEASE_TIME, Math.min(d.minLeaseSeconds(), lease)),
                number(Setting.MAX_LEASE_TIME, Math.max(d.maxLeaseSeconds(), lease)),
                number(Setting.T1, d.t1Seconds()),
                number(Setting.T2, d.t2Seconds()),
                (int) number(Setting.PING_CHECK, d.pingCheckMillis()),
                (int) number(Setting.OFFER_HOLD, d.offerHoldSeconds()),
                (int) number(Setting.DECLINE_HOLD, d.declineHoldSeconds()),
                yes(Setting.AUTHORITATIVE, d.authoritative()),
                yes(Setting.MATCH_CLIENT_ID, d.matchClientId()),
                yes(Setting.RAPID_COMMIT, d.rapidCommit()),
                yes(Setting.BOOTP, d.bootp()),
                (int) number(Setting.KNOWN_SHARE, d.knownSharePercent()),
                Ip4Address.of((int) number(Setting.NEXT_SERVER, d.nextServer().bits())),
                file == null ? d.bootFile() : file.text());
    }
}
