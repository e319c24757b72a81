package io.leasehold.netboot.proxy;

import io.leasehold.protocol.wire.Ip4Address;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /**
     * A script for iPXE that is made for each machine, of a file under the root.
     *
     * @param name as {@link Script} has it, and shorter: the URL tells of the machine too
     * @param values put in for their names, beside those that are the machine's own
     */
    record Template(String name, Map<String, String> values) implements BootAction {
        public Template {
            requireName(name);
            if (name.length() > TEMPLATE_CHARACTERS_MAX) {
                throw new IllegalArgumentException(
                        "a name of "
                                + name.length()
                                + " characters, expected "
                                + TEMPLATE_CHARACTERS_MAX
                                + " at most");
            }
            values = Map.copyOf(values);
        }
    }

    /**
     * A script for iPXE that somebody else's HTTP server says, asked for each machine.
     *
     * @param url asked; names such as <code>${mac}</code> in it are filled in
     * @param timeoutMillis how long it has for the whole of its answer
     * @param fallback a script under the root where it has no answer; null for the machine's own
     *     disk
     * @param values as a {@link Template} has them
     */
    record Backend(
            String url, int timeoutMillis, @Nullable String fallback, Map<String, String> values)
            implements BootAction {
        /** The name in the URL that the machine is given; no file of it is looked for. */
        public static final String NAME = "backend.ipxe";

        public Backend {
            values = Map.copyOf(values);
        }
    }

    /**
     * One of several, which somebody chooses at the machine (PXE 2.1 §2.3).
     *
     * @param prompt what is shown while it waits for a key
     * @param timeoutSeconds after which the first item is taken: 0 at once, {@link #FOREVER} never
     * @param items 1 to {@link #ITEMS_MAX}
     */
    record Menu(String prompt, int timeoutSeconds, List<Item> items) implements BootAction {
        public static final int FOREVER = 255;
        public static final int ITEMS_MAX = 24;

        /** PXE 2.1 table 2-2: from here on types are whose they are that the server makes. */
        private static final int FIRST_TYPE = 0x8001;

        /**
         * An item.
         *
         * @param text what it is called
         * @param action a file, a script or a URL; null for the machine's own disk
         */
        public record Item(String text, @Nullable BootAction action) {}

        public Menu {
            items = List.copyOf(items);
            if (items.isEmpty() || items.size() > ITEMS_MAX) {
                throw new IllegalArgumentException(
                        items.size() + " items, expected 1 to " + ITEMS_MAX);
            }
            int bytes = BootMenu.write(prompt, timeoutSeconds, items, Ip4Address.ZERO).length;
            if (bytes > BootMenu.BYTES_MAX) {
                throw new IllegalArgumentException(
                        "takes "
                                + bytes
                                + " bytes, and option 43 has "
                                + BootMenu.BYTES_MAX
                                + ": expected fewer items, or shorter texts");
            }
        }

        /** The type of an item, by which firmware asks for it: 0 for the machine's own disk. */
        static int type(List<Item> items, int index) {
            return items.get(index).action() == null ? 0 : FIRST_TYPE + index;
        }

        /** What an item of a type boots; null where there is none. */
        @Nullable BootAction chosen(int type) {
            int index = type - FIRST_TYPE;
            return index < 0 || index >= items.size() ? null : items.get(index).action();
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

    /** With address, port, and all that the query says, it fits the option that names it. */
    int TEMPLATE_CHARACTERS_MAX = 100;

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
