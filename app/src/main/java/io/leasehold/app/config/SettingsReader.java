package io.leasehold.app.config;

import io.leasehold.app.config.SettingsLayer.Given;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.server.config.Settings;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads how leases are given, on any level, and checks it against what the levels outside say. */
final class SettingsReader {
    /** The whole days that fit below the number that means forever (RFC 2131 §3.3). */
    private static final long LEASE_SECONDS_MAX = 49_710L * 86_400;

    private static final long SECONDS_MAX = 365L * 86_400;
    private static final long PING_MILLIS_MAX = 10_000;
    private static final int BOOT_FILE_BYTES_MAX = 127;

    private final Problems problems;
    private final Values values;

    SettingsReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    SettingsLayer read(Fields fields, SettingsLayer outer) {
        Map<Setting, Given> own = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            YamlNode node = fields.get(setting.key());
            Given given = node == null ? null : given(setting, node);
            if (given != null) {
                own.put(setting, given);
            }
        }
        SettingsLayer layer = outer.with(own);
        checkTimes(own, layer);
        return layer;
    }

    private @Nullable Given given(Setting setting, YamlNode node) {
        return switch (setting.kind()) {
            case LEASE -> lease(setting, node);
            case SECONDS -> seconds(setting, node);
            case PING -> ping(setting, node);
            case YES_NO -> {
                Boolean yes = values.yesNo(node, setting.key());
                yield yes == null ? null : new Given(yes ? 1 : 0, "", node);
            }
            case PERCENT -> percent(setting, node);
            case ADDRESS -> {
                Ip4Address address = values.address(node, setting.key());
                yield address == null ? null : new Given(address.bits(), "", node);
            }
            case FILE -> file(setting, node);
        };
    }

    private @Nullable Given lease(Setting setting, YamlNode node) {
        String text = values.text(node, setting.key(), Durations.EXPECTED + ", or forever");
        if (text == null) {
            return null;
        }
        if (text.equals("forever")) {
            return new Given(Settings.INFINITE, "", node);
        }
        return wholeSeconds(setting, node, text, LEASE_SECONDS_MAX);
    }

    private @Nullable Given seconds(Setting setting, YamlNode node) {
        String text = values.text(node, setting.key(), Durations.EXPECTED);
        return text == null ? null : wholeSeconds(setting, node, text, SECONDS_MAX);
    }

    private @Nullable Given wholeSeconds(Setting setting, YamlNode node, String text, long max) {
        long millis = Durations.parseMillis(text);
        if (millis < 0) {
            problems.expected(node, setting.key(), Durations.EXPECTED);
        } else if (millis < 1000 || millis % 1000 != 0 || millis / 1000 > max) {
            String bounds = "whole seconds from 1s to " + Durations.format(max * 1000);
            problems.expected(node, setting.key(), bounds);
        } else {
            return new Given(millis / 1000, "", node);
        }
        return null;
    }

    private @Nullable Given ping(Setting setting, YamlNode node) {
        String expected = "off, auto, or a time from 1ms to 10s such as 500ms";
        String text = values.text(node, setting.key(), expected);
        if (text == null) {
            return null;
        }
        if (text.equals("off") || text.equals("auto")) {
            return new Given(text.equals("off") ? 0 : -1, "", node);
        }
        long millis = Durations.parseMillis(text);
        if (millis < 1 || millis > PING_MILLIS_MAX) {
            problems.expected(node, setting.key(), expected);
            return null;
        }
        return new Given(millis, "", node);
    }

    private @Nullable Given percent(Setting setting, YamlNode node) {
        String expected = "a share from 0% to 100% such as 25%";
        String text = values.text(node, setting.key(), expected);
        if (text == null) {
            return null;
        }
        if (text.matches("[0-9]{1,3}%")) {
            int percent = Integer.parseInt(text.substring(0, text.length() - 1));
            if (percent <= 100) {
                return new Given(percent, "", node);
            }
        }
        problems.expected(node, setting.key(), expected);
        return null;
    }

    private @Nullable Given file(Setting setting, YamlNode node) {
        String expected = "a file name of 1 to 127 ASCII characters";
        String text = values.text(node, setting.key(), expected);
        if (text == null) {
            return null;
        }
        if (text.length() > BOOT_FILE_BYTES_MAX || !text.matches("[!-~][ -~]*")) {
            problems.expected(node, setting.key(), expected);
            return null;
        }
        return new Given(0, text, node);
    }

    /** min ≤ lease ≤ max, and T1 < T2 < lease (RFC 2131 §4.4.5), wherever each was given. */
    private void checkTimes(Map<Setting, Given> own, SettingsLayer all) {
        notAbove(own, all, Setting.MIN_LEASE_TIME, Setting.MAX_LEASE_TIME);
        notAbove(own, all, Setting.MIN_LEASE_TIME, Setting.LEASE_TIME);
        notAbove(own, all, Setting.LEASE_TIME, Setting.MAX_LEASE_TIME);
        checkT1AndT2(own, all);
    }

    private void notAbove(Map<Setting, Given> own, SettingsLayer all, Setting low, Setting high) {
        Given lower = all.get(low);
        Given higher = all.get(high);
        if (lower == null || higher == null || lower.number() <= higher.number()) {
            return;
        }
        // Told once, where the inner of the two stands.
        if (own.containsKey(low)) {
            problems.add(lower.at(), contradiction(low, lower, " is longer than ", high, higher));
        } else if (own.containsKey(high)) {
            problems.add(higher.at(), contradiction(high, higher, " is shorter than ", low, lower));
        }
    }

    private static String contradiction(
            Setting one, Given oneGiven, String how, Setting other, Given otherGiven) {
        return one.key()
                + ": "
                + oneGiven.time()
                + how
                + other.key()
                + " "
                + otherGiven.time()
                + " in line "
                + otherGiven.at().line();
    }

    private void checkT1AndT2(Map<Setting, Given> own, SettingsLayer all) {
        Given t1 = all.get(Setting.T1);
        Given t2 = all.get(Setting.T2);
        YamlNode at = firstOf(own, Setting.T1, Setting.T2, Setting.LEASE_TIME);
        if (at == null || (t1 == null && t2 == null)) {
            return;
        }
        long lease = all.leaseSeconds();
        // A lease without an end is not renewed; T1 and T2 wait for clients that wish for less.
        boolean infinite = lease == Settings.INFINITE;
        long renewal = t1 != null ? t1.number() : infinite ? 0 : lease / 2;
        long rebinding = t2 != null ? t2.number() : infinite ? Long.MAX_VALUE : lease * 7 / 8;
        if (t2 != null && !infinite && rebinding >= lease) {
            problems.add(at, "t2: " + t2.time() + " is not shorter than the lease, " + time(lease));
        } else if (renewal >= rebinding) {
            String half = t1 == null ? " (half of the lease)" : "";
            String most = t2 == null ? " (7/8 of the lease)" : "";
            problems.add(
                    at,
                    "t1: "
                            + (time(renewal) + half)
                            + " is not shorter than t2, "
                            + (time(rebinding) + most));
        }
    }

    private static @Nullable YamlNode firstOf(Map<Setting, Given> own, Setting... settings) {
        for (Setting setting : settings) {
            Given given = own.get(setting);
            if (given != null) {
                return given.at();
            }
        }
        return null;
    }

    private static String time(long seconds) {
        return Durations.format(seconds * 1000);
    }
}
