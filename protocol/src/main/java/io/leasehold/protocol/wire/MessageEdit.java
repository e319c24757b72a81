package io.leasehold.protocol.wire;

import java.util.Arrays;

/**
 * Changes what a relay may change in a message that it passes on: hops, giaddr, one option, and the
 * padding. Every other byte stays where it is (RFC 1542 §4.1). The message itself is not touched;
 * the result is one copy of it.
 */
public final class MessageEdit {
    private static final byte[] NONE = new byte[0];
    private static final int NO_CODE = -1;

    private final Message message;
    private final OptionIndex index;
    private int hops;
    private int giaddr;
    private int removedCode = NO_CODE;
    private int appendedCode = NO_CODE;
    private byte[] value = NONE;
    private int valueLength;

    /** {@link #contentBehindEnd}, looked for once. */
    private int tailLength;

    private boolean padded;

    private MessageEdit(Message message) {
        this.message = message;
        this.index = message.index();
        this.hops = message.hops();
        this.giaddr = message.giaddr().bits();
    }

    public static MessageEdit of(Message message) {
        return new MessageEdit(message);
    }

    /** How many relays it passed, 0 to 255. */
    public MessageEdit hops(int hops) {
        if (hops < 0 || hops > 255) {
            throw new IllegalArgumentException("hops " + hops + " is not within 0 to 255");
        }
        this.hops = hops;
        return this;
    }

    public MessageEdit giaddr(Ip4Address giaddr) {
        this.giaddr = giaddr.bits();
        return this;
    }

    /**
     * Takes every instance of an option out, wherever it stands, also one that runs past the end.
     */
    public MessageEdit without(int code) {
        removedCode = code;
        return this;
    }

    /**
     * True when an option can be put behind the others: not into a message without the magic
     * cookie, and not behind an option that runs past the end and would swallow it.
     */
    public boolean canAppend() {
        return message.hasOptions() && (!cutShort() || cutsOff());
    }

    /**
     * Puts an option behind all others, right before END; where END is missing it is added. A value
     * of more than 255 bytes becomes several instances (RFC 3396 §5).
     *
     * @param value read when the message is built, so it must stay as it is until then
     * @param length how many of its bytes are the option's
     * @throws IllegalStateException when {@link #canAppend} is false
     */
    public MessageEdit append(int code, byte[] value, int length) {
        if (!canAppend()) {
            throw new IllegalStateException("this message has no place for an option " + code);
        }
        appendedCode = code;
        this.value = value;
        valueLength = length;
        tailLength = contentBehindEnd();
        return this;
    }

    /** Appends nothing after all. */
    public MessageEdit appendNothing() {
        appendedCode = NO_CODE;
        return this;
    }

    /**
     * Makes the message at least as long as BOOTP knew it, 300 bytes, by zeros behind it (RFC 1542
     * §2.1). Zeros behind an option that runs past the end would complete it: such a message keeps
     * its length.
     */
    public MessageEdit padded() {
        padded = true;
        return this;
    }

    /** How many bytes the result has. */
    public int length() {
        int length = message.length() - removedBytes();
        if (appendedCode != NO_CODE) {
            length = Math.max(message.length(), end() - removedBeforeEnd() + tailNeeded());
        }
        boolean mayBePadded = padded && (!cutShort() || cutsOff());
        return mayBePadded ? Math.max(length, MessageBuilder.MESSAGE_BYTES_MIN) : length;
    }

    public Message build() {
        byte[] from = message.bytes();
        byte[] to = new byte[length()];
        boolean options = appendedCode != NO_CODE || removes();
        if (options) {
            System.arraycopy(from, 0, to, 0, Message.OPTIONS_OFFSET);
            writeOptions(from, to);
            compact(from, to, Message.FILE_OFFSET, Message.FILE_BYTES);
            compact(from, to, Message.SNAME_OFFSET, Message.SNAME_BYTES);
        } else {
            System.arraycopy(from, 0, to, 0, message.length());
        }
        to[3] = (byte) hops;
        to[Message.GIADDR_OFFSET] = (byte) (giaddr >>> 24);
        to[Message.GIADDR_OFFSET + 1] = (byte) (giaddr >>> 16);
        to[Message.GIADDR_OFFSET + 2] = (byte) (giaddr >>> 8);
        to[Message.GIADDR_OFFSET + 3] = (byte) giaddr;
        return options ? Message.adopt(to, to.length) : Message.adopt(to, index);
    }

    private boolean removes() {
        return removedCode != NO_CODE && (index.first(removedCode) >= 0 || cutsOff());
    }

    /** True when an option of the options area runs past the end. */
    private boolean cutShort() {
        return index.truncatedOffset() >= Message.OPTIONS_OFFSET;
    }

    /** True when the option that runs past the end is the one to take out. */
    private boolean cutsOff() {
        return cutShort() && removedCode == index.truncatedCode();
    }

    /** Where the options area ends: its END, or what stands for one. */
    private int end() {
        return cutShort() ? index.truncatedOffset() : index.end();
    }

    private int removedBeforeEnd() {
        int removed = 0;
        if (removedCode != NO_CODE && index.first(removedCode) >= 0) {
            for (int at = 0; at < index.size(); at++) {
                if (isRemoved(at, Message.OPTIONS_OFFSET)) {
                    removed += 2 + index.length(at);
                }
            }
        }
        return removed;
    }

    private int removedBytes() {
        // An option cut off by the end is replaced by one byte, END.
        int cut = cutsOff() ? message.length() - end() - 1 : 0;
        return removedBeforeEnd() + cut;
    }

    private boolean isRemoved(int at, int areaOffset) {
        return index.code(at) == removedCode && index.offset(at) >= areaOffset;
    }

    /** How many bytes there are from where the option is appended: it, END, and what is no pad. */
    private int tailNeeded() {
        return MessageDraft.encodedBytes(valueLength) + Math.max(1, tailLength);
    }

    /** How many bytes from END to the last one that is not zero. */
    private int contentBehindEnd() {
        if (index.endMissing()) {
            return 0;
        }
        byte[] bytes = message.bytes();
        int last = message.length();
        while (last > end() && bytes[last - 1] == 0) {
            last--;
        }
        return last - end();
    }

    private void writeOptions(byte[] from, byte[] to) {
        int source = Message.OPTIONS_OFFSET;
        int target = Message.OPTIONS_OFFSET;
        for (int at = 0; at < index.size(); at++) {
            if (isRemoved(at, Message.OPTIONS_OFFSET)) {
                int kept = index.offset(at) - 2 - source;
                System.arraycopy(from, source, to, target, kept);
                source += kept + 2 + index.length(at);
                target += kept;
            }
        }
        System.arraycopy(from, source, to, target, end() - source);
        target += end() - source;
        if (appendedCode != NO_CODE) {
            OptionWriter writer = new OptionWriter(to, target);
            writer.write(appendedCode, value, 0, valueLength);
            target = writer.position();
            to[target] = (byte) OptionCode.END;
            System.arraycopy(from, end(), to, target, tailLength);
        } else if (cutsOff()) {
            to[target] = (byte) OptionCode.END;
        } else {
            System.arraycopy(from, end(), to, target, message.length() - end());
        }
    }

    /** Takes the option out of a field of the header that holds options; zeros close the gap. */
    private void compact(byte[] from, byte[] to, int start, int length) {
        int source = start;
        int target = start;
        for (int at = 0; at < index.size(); at++) {
            int offset = index.offset(at);
            if (index.code(at) == removedCode && offset >= start && offset < start + length) {
                int kept = offset - 2 - source;
                System.arraycopy(from, source, to, target, kept);
                source += kept + 2 + index.length(at);
                target += kept;
            }
        }
        int rest = start + length - source;
        System.arraycopy(from, source, to, target, rest);
        Arrays.fill(to, target + rest, start + length, (byte) 0);
    }
}
