package io.leasehold.protocol.wire;

import java.util.Arrays;

/** Text in a field of the fixed header: sname and file. */
final class HeaderText {
    private HeaderText() {}

    /** Writes ASCII that leaves room for a NUL, and fills the rest of the field with zeros. */
    static void put(byte[] header, int offset, int length, String text, String name) {
        if (text.length() > length - 1) {
            throw new IllegalArgumentException(
                    name + " of " + text.length() + " bytes, expected at most " + (length - 1));
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == 0 || text.charAt(i) > 0x7f) {
                throw new IllegalArgumentException(
                        name + " \"" + text + "\" is not ASCII at character " + (i + 1));
            }
        }
        Arrays.fill(header, offset, offset + length, (byte) 0);
        for (int i = 0; i < text.length(); i++) {
            header[offset + i] = (byte) text.charAt(i);
        }
    }
}
