package io.leasehold.protocol.wire;

/** Other names under which operators know an option. */
final class OptionAliases {
    private OptionAliases() {}

    /** The code that a name stands for; -1 when it stands for none. */
    static int code(String name) {
        return switch (name) {
            case "netmask" -> 1;
            case "router", "gateway" -> 3;
            case "dns-servers" -> 6;
            case "hostname" -> 12;
            case "static-route" -> 33;
            case "ntp-server" -> 42;
            case "vendor-specific-information" -> 43;
            case "netbios-dd-servers" -> 45;
            case "requested-address" -> 50;
            case "lease-time" -> 51;
            case "message-type" -> 53;
            case "server-id", "server-identifier" -> 54;
            case "parameter-request-list" -> 55;
            case "max-message-size" -> 57;
            case "renewal-time" -> 58;
            case "rebinding-time" -> 59;
            case "vendor-class" -> 60;
            case "client-id", "client-identifier" -> 61;
            case "boot-file-name" -> 67;
            case "client-fqdn" -> 81;
            case "dhcp-agent-options" -> 82;
            case "client-architecture", "pxe-system-type" -> 93;
            case "pxe-interface-id" -> 94;
            case "pxe-client-id" -> 97;
            case "posix-timezone" -> 100;
            case "tzdb-timezone" -> 101;
            case "ipv6-only-preferred" -> 108;
            case "captive-portal", "default-url" -> 114;
            case "auto-configure" -> 116;
            case "domain-search-list" -> 119;
            case "classless-static-routes", "rfc3442-classless-static-routes" -> 121;
            case "vendor-class-identifiers", "vivco" -> 124;
            case "vivso" -> 125;
            case "capwap-ac" -> 138;
            case "tftp-servers" -> 150;
            case "encrypted-dns", "dnr" -> 162;
            case "6rd" -> 212;
            case "ms-classless-static-routes" -> 249;
            default -> -1;
        };
    }
}
