package io.leasehold.netboot.proxy;

/** What a machine is told to boot. */
public sealed interface BootAction {
    /**
     * A file by its name under the root: fetched by TFTP, by HTTP clients as a URL.
     *
     * @param name as TFTP has it, without a slash in front
     */
    record File(String name) implements BootAction {
        public File {
            requireName(name);
        }
    }

    /**
     * A script for iPXE by its name under the root: as a URL where files are served over HTTP, by
     * TFTP elsewhere.
     *
     * @param name as it stands in a URL's path, without a slash in front
     */
    record Script(String name) implements BootAction {
        public Script {
            requireName(name);
        }
    }

    /** A URL, as it is. */
    record Url(String url) implements BootAction {
        public Url {
            requireName(url);
        }
    }

    /** The TFTP server alone: a Raspberry Pi knows the names of its files. */
    record Tftp() implements BootAction {}

    /** Nothing: this machine is left alone. */
    record None() implements BootAction {}

    /** The longest name that an option has room for, its NUL included (RFC 2132 §9.5). */
    int NAME_CHARACTERS_MAX = 254;

    private static void requireName(String name) {
        boolean fits = !name.isEmpty() && name.length() <= NAME_CHARACTERS_MAX;
        for (int i = 0; i < name.length() && fits; i++) {
            fits = name.charAt(i) > ' ' && name.charAt(i) < 0x7f;
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "a name of "
                            + name.length()
                            + " characters, expected 1 to "
                            + NAME_CHARACTERS_MAX
                            + ", printable ASCII without spaces");
        }
    }
}
