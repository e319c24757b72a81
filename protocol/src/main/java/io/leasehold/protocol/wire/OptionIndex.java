package io.leasehold.protocol.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the options of a message lie, in the order in which they are to be read: the options area,
 * then file, then sname where option 52 says so (RFC 2131 §4.1). Pads and ends are not options.
 */
public final class OptionIndex {
    static final OptionIndex EMPTY = new OptionIndex(new int[0], 0);

    private static final int ENTRIES_START = 16;

    /**
     * Each entry: code in the highest byte, offset of the value in 16 bits, its length in the
     * lowest byte.
     */
    private int[] entries;

    /**
     * A bit for the codes that are there, four of them to a bit: most questions are about options
     * that are not.
     */
    private long present;

    private int count;
    private int overload;

    /** The codes of truncated options, a byte each: at most one in each of the three areas. */
    private int truncatedCodes;

    /** Where END of the options area is, or the complement of where the last option ends. */
    private int end;

    private int truncatedCode = -1;
    private int truncatedOffset = -1;
    private boolean overloadMalformed;
    private boolean overloadNested;

    private OptionIndex(int[] entries, int count) {
        this.entries = entries;
        this.count = count;
    }

    /**
     * @param length how many of the bytes are the message
     */
    static OptionIndex of(byte[] bytes, int length) {
        OptionIndex index = new OptionIndex(new int[ENTRIES_START], 0);
        index.end = index.scan(bytes, Message.OPTIONS_OFFSET, length);
        index.overload = index.readOverload(bytes);
        int before = index.count;
        if ((index.overload & 1) != 0) {
            index.scan(bytes, Message.FILE_OFFSET, Message.FILE_OFFSET + Message.FILE_BYTES);
        }
        if ((index.overload & 2) != 0) {
            index.scan(bytes, Message.SNAME_OFFSET, Message.SNAME_OFFSET + Message.SNAME_BYTES);
        }
        for (int i = before; i < index.count; i++) {
            index.overloadNested |= index.code(i) == OptionCode.OVERLOAD;
        }
        return index;
    }

    private int readOverload(byte[] bytes) {
        int at = first(OptionCode.OVERLOAD);
        if (at < 0) {
            return 0;
        }
        int value = length(at) == 1 ? bytes[offset(at)] & 0xff : 0;
        overloadMalformed = value < 1 || value > 3;
        return overloadMalformed ? 0 : value;
    }

    /** Indexes one area; where its END is, or the complement of where its last option ends. */
    private int scan(byte[] bytes, int from, int to) {
        int at = from;
        int last = from;
        while (at < to) {
            int code = bytes[at] & 0xff;
            if (code == OptionCode.END) {
                return at;
            }
            if (code == OptionCode.PAD) {
                at++;
                continue;
            }
            int length = at + 1 < to ? bytes[at + 1] & 0xff : -1;
            if (length < 0 || length > to - at - 2) {
                truncatedCodes = truncatedCodes << 8 | code;
                if (truncatedCode < 0) {
                    truncatedCode = code;
                    truncatedOffset = at;
                }
                return ~last;
            }
            add(code, at + 2, length);
            at += 2 + length;
            last = at;
        }
        return ~last;
    }

    private void add(int code, int offset, int length) {
        if (count == entries.length) {
            entries = Arrays.copyOf(entries, count * 2);
        }
        present |= 1L << code;
        entries[count++] = code << 24 | offset << 8 | length;
    }

    /** How many options there are, each instance of a repeated one counted. */
    public int size() {
        return count;
    }

    /** The code of the option at a place of 0 to {@code size() - 1}. */
    public int code(int at) {
        return entries[at] >>> 24;
    }

    /** Where its value begins, in bytes from the start of the message. */
    public int offset(int at) {
        return entries[at] >>> 8 & 0xffff;
    }

    /** How many bytes its value has, 0 to 255. */
    public int length(int at) {
        return entries[at] & 0xff;
    }

    /** The first place with a code; -1 when there is none. */
    public int first(int code) {
        if (!holds(code)) {
            return -1;
        }
        for (int i = 0; i < count; i++) {
            if (entries[i] >>> 24 == code) {
                return i;
            }
        }
        return -1;
    }

    /** True when an instance of an option runs past its area; that instance is not in the index. */
    public boolean isTruncated(int code) {
        return truncatedCode >= 0
                && ((truncatedCodes & 0xff) == code
                        || (truncatedCodes >> 8 & 0xff) == code
                        || (truncatedCodes >> 16 & 0xff) == code)
                && code != OptionCode.PAD;
    }

    /** The code of the first option whose length runs past its area; -1 when none does. */
    public int truncatedCode() {
        return truncatedCode;
    }

    /** Where that option begins, in bytes from the start of the message; -1 when there is none. */
    public int truncatedOffset() {
        return truncatedOffset;
    }

    /**
     * Where the END of the options area is, in bytes from the start of the message; where the last
     * whole option ends when there is none.
     */
    int end() {
        return end < 0 ? ~end : end;
    }

    /** True when the options area has no END. */
    public boolean endMissing() {
        return end < 0;
    }

    /**
     * What option 52 says: 1 when file holds options, 2 when sname does, 3 for both, 0 for none.
     */
    public int overload() {
        return overload;
    }

    /** True when option 52 is not one byte of 1, 2 or 3; it is ignored then. */
    public boolean overloadMalformed() {
        return overloadMalformed;
    }

    /** True when an overloaded field holds an option 52 of its own; it is ignored. */
    public boolean overloadNested() {
        return overloadNested;
    }

    private boolean holds(int code) {
        return (present & 1L << code) != 0;
    }

    /** True when an option has more instances behind the one at a place. */
    boolean isRepeated(int at) {
        int code = code(at);
        for (int i = at + 1; i < count; i++) {
            if (entries[i] >>> 24 == code) {
                return true;
            }
        }
        return false;
    }

    /**
     * True when the options lie as a builder lays them: one behind the other in the options area,
     * each once and whole, 53 first and 82 last.
     */
    boolean isInOrder() {
        if (truncatedCode >= 0 || first(OptionCode.OVERLOAD) >= 0) {
            return false;
        }
        int next = Message.OPTIONS_OFFSET;
        for (int at = 0; at < count; at++) {
            int code = code(at);
            boolean misplaced =
                    code == OptionCode.MESSAGE_TYPE && at > 0
                            || code == OptionCode.RELAY_AGENT_INFORMATION && at + 1 < count;
            if (misplaced || offset(at) != next + 2 || isRepeated(at)) {
                return false;
            }
            next += 2 + length(at);
        }
        return true;
    }

    byte @Nullable [] raw(byte[] bytes, int code) {
        int first = first(code);
        if (first < 0) {
            return null;
        }
        int from = offset(first);
        return isRepeated(first)
                ? concatenated(bytes, code)
                : Arrays.copyOfRange(bytes, from, from + length(first));
    }

    private byte[] concatenated(byte[] bytes, int code) {
        int total = 0;
        for (int i = 0; i < count; i++) {
            total += entries[i] >>> 24 == code ? length(i) : 0;
        }
        byte[] value = new byte[total];
        int at = 0;
        for (int i = 0; i < count; i++) {
            if (entries[i] >>> 24 == code) {
                System.arraycopy(bytes, offset(i), value, at, length(i));
                at += length(i);
            }
        }
        return value;
    }
}
