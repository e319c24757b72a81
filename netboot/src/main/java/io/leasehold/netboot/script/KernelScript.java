package io.leasehold.netboot.script;

import java.util.List;

/**
 * A script that boots a kernel. Its parts come from elsewhere: none of them can end its line or its
 * command, and begin another.
 *
 * @param kernel a URL, or a name where the script is
 * @param initrds the same, in the order that the kernel is to have them
 * @param commandLine the kernel's, without its initrds; empty for none
 * @param message what is shown before; empty for nothing
 */
public record KernelScript(
        String kernel, List<String> initrds, String commandLine, String message) {
    /** A machine that is to boot nothing from the network: its firmware tries the next device. */
    public static final String LOCAL =
            "#!ipxe\necho Nothing to boot from the network: the next device is tried\nexit 1\n";

    private static final int NAME_CHARACTERS_MAX = 2_000;
    private static final int INITRDS_MAX = 32;
    private static final int LINE_CHARACTERS_MAX = 4_096;

    /** The words by which iPXE ends a command. */
    private static final List<String> ENDS = List.of(";", "&&", "||");

    /**
     * @throws IllegalArgumentException says in one line which part cannot be used, and why
     */
    public KernelScript {
        initrds = List.copyOf(initrds);
        requireName("kernel", kernel);
        if (initrds.size() > INITRDS_MAX) {
            throw new IllegalArgumentException(
                    "initrd: found " + initrds.size() + ", expected " + INITRDS_MAX + " at most");
        }
        initrds.forEach(each -> requireName("initrd", each));
        requireLine("cmdline", commandLine);
        requireLine("message", message);
        if (message.startsWith("-")) {
            throw new IllegalArgumentException("message: begins with a hyphen");
        }
    }

    private static void requireName(String part, String name) {
        boolean plain = name.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!plain
                || name.isEmpty()
                || name.length() > NAME_CHARACTERS_MAX
                || name.startsWith("-")
                || name.startsWith("#")
                || name.endsWith("\\")
                || ENDS.contains(name)) {
            throw new IllegalArgumentException(
                    part + ": expected a URL, or the name of a file under the root");
        }
    }

    private static void requireLine(String part, String line) {
        if (line.length() > LINE_CHARACTERS_MAX) {
            throw new IllegalArgumentException(
                    part
                            + ": has "
                            + line.length()
                            + " characters, expected "
                            + LINE_CHARACTERS_MAX
                            + " at most");
        }
        if (line.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    part + ": has a control character, which would end its line");
        }
        if (line.endsWith("\\")) {
            throw new IllegalArgumentException(
                    part + ": ends with a backslash, which would go on with the next line");
        }
        for (String word : line.split(" ", -1)) {
            if (ENDS.contains(word) || word.startsWith("#")) {
                throw new IllegalArgumentException(
                        part + ": has the word " + word + ", by which iPXE ends a command");
            }
        }
    }

    /** The script. Kernels that are UEFI programs find their initrds by name. */
    public String text() {
        StringBuilder text = new StringBuilder("#!ipxe\n");
        if (!message.isEmpty()) {
            text.append("echo ").append(message).append('\n');
        }
        text.append("kernel --name kernel ").append(kernel);
        for (int i = 0; i < initrds.size(); i++) {
            text.append(" initrd=initrd").append(i);
        }
        text.append(commandLine.isEmpty() ? "" : " ").append(commandLine).append('\n');
        for (int i = 0; i < initrds.size(); i++) {
            text.append("initrd --name initrd").append(i).append(' ');
            text.append(initrds.get(i)).append('\n');
        }
        return text.append("boot kernel\n").toString();
    }
}
