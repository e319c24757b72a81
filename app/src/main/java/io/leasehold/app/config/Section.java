package io.leasehold.app.config;

import io.leasehold.server.config.ClientClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A part of a configuration file.
 *
 * @param name what the JSON Schema for editors calls it
 * @param keys the keys that it may have
 */
record Section(String name, List<String> keys) {
    static final Section ROOT =
            of(
                    "file",
                    "interfaces",
                    "listen",
                    "data",
                    "server",
                    "relay",
                    "netboot",
                    "admin",
                    "user",
                    "log");
    static final Section LOG = of("log", "format", "level");
    static final Section RELAY =
            of(
                    "relay",
                    "interfaces",
                    "except",
                    "broadcast",
                    "servers",
                    "alternative-ports",
                    "resolve-every",
                    "agent-information",
                    "circuit-id",
                    "remote-id",
                    "link-selection",
                    "server-id-override",
                    "vss",
                    "relay-id",
                    "relay-source-port",
                    "trusted",
                    "giaddr",
                    "max-hops",
                    "smart",
                    "balance",
                    "canary",
                    "any-server",
                    "client-rate-limit",
                    "interface-rate-limit");
    static final Section NETBOOT =
            of(
                    "netboot",
                    "root",
                    "tftp",
                    "tftp-block-size",
                    "http-port",
                    "file-server",
                    "proxy-only",
                    "values",
                    "boot");
    static final Section BOOT =
            of(
                    "boot",
                    "ipxe",
                    "hardware",
                    "arch",
                    "uuid",
                    "vendor-class",
                    "user-class",
                    "subnet",
                    "circuit-id",
                    "file",
                    "script",
                    "template",
                    "backend",
                    "menu",
                    "url",
                    "boot",
                    "values",
                    "discovery");
    static final Section BACKEND = of("backend", "url", "timeout", "fallback");
    static final Section MENU = of("menu", "prompt", "timeout", "items");
    static final Section MENU_ITEM = of("menu-item", "name", "file", "script", "url", "boot");
    static final Section SERVER =
            of("server", "options", "subnets", "shared-networks", "classes", "option-definitions")
                    .withSettings();
    static final Section SHARED_NETWORK =
            of("shared-network", "name", "options", "subnets").withSettings();
    static final Section SUBNET =
            of("subnet", "subnet", "pools", "options", "reservations").withSettings();
    static final Section RESERVATION =
            of(
                    "reservation",
                    "hardware",
                    "client-id",
                    "circuit-id",
                    "remote-id",
                    "address",
                    "hostname",
                    "options");
    static final Section CLASS = of("class", "name", "match", "options");
    static final Section MATCH = new Section("match", spelled(ClientClass.What.values()));
    static final Section OPTION_DEFINITION = of("option-definition", "name", "code", "type");

    /** Every part there is. */
    static final List<Section> ALL =
            List.of(
                    ROOT,
                    LOG,
                    RELAY,
                    NETBOOT,
                    BOOT,
                    BACKEND,
                    MENU,
                    MENU_ITEM,
                    SERVER,
                    SHARED_NETWORK,
                    SUBNET,
                    RESERVATION,
                    CLASS,
                    MATCH,
                    OPTION_DEFINITION);

    Section {
        keys = List.copyOf(keys);
    }

    private static Section of(String name, String... keys) {
        return new Section(name, List.of(keys));
    }

    private Section withSettings() {
        List<String> all = new ArrayList<>(keys);
        for (Setting setting : Setting.values()) {
            all.add(setting.key());
        }
        return new Section(name, all);
    }

    private static List<String> spelled(Enum<?>[] constants) {
        List<String> names = new ArrayList<>();
        for (Enum<?> constant : constants) {
            names.add(spelled(constant));
        }
        return names;
    }

    /** How the file spells the name of a constant: {@code vendor-class}. */
    static String spelled(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
