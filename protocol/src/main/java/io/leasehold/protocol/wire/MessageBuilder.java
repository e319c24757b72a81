package io.leasehold.protocol.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Makes messages. Option 53 comes first and 82 last (RFC 3046 §2.2), the others in the order of the
 * calls; 52 is the builder's own. A message has at least 300 bytes (RFC 1542 §2.1), unless its
 * limit is smaller. What does not fit goes to file and sname where those are free (RFC 2132 §9.3);
 * what does not fit there either is left out, the least needed first. Not for several threads.
 */
public final class MessageBuilder {
    /** The smallest BOOTP message, for which relays and clients make room (RFC 1542 §2.1). */
    static final int MESSAGE_BYTES_MIN = 300;

    /** Room for what a server usually says, so that the bytes need not grow. */
    private static final int REPLY_BYTES_EXPECTED = 384;

    private final MessageDraft draft;
    private boolean cookie = true;
    private boolean overloadAllowed = true;
    private int bytesMax = Message.DATAGRAM_BYTES_MAX;
    private List<Integer> omitted = List.of();

    private MessageBuilder(int bytesExpected) {
        draft = new MessageDraft(bytesExpected);
        put32(Message.HEADER_BYTES, Message.COOKIE);
    }

    /**
     * Begins the answer to a request: htype, hlen, xid, flags, giaddr and chaddr are the request's,
     * all else is 0 (RFC 2131 §4.3.1, Table 3).
     */
    public static MessageBuilder reply(Message request) {
        MessageBuilder builder = new MessageBuilder(REPLY_BYTES_EXPECTED);
        byte[] from = request.bytes();
        byte[] to = builder.draft.header();
        to[0] = Message.BOOTREPLY;
        to[1] = from[1];
        to[2] = from[2];
        System.arraycopy(from, Message.XID_OFFSET, to, Message.XID_OFFSET, 4);
        System.arraycopy(from, Message.FLAGS_OFFSET, to, Message.FLAGS_OFFSET, 2);
        // giaddr is followed by chaddr, and both are copied.
        System.arraycopy(
                from, Message.GIADDR_OFFSET, to, Message.GIADDR_OFFSET, 4 + Message.CHADDR_BYTES);
        return builder;
    }

    /**
     * As {@link #reply(Message)}, with all that a server gives back: what relays said (option 82,
     * RFC 3046 §2.2), the client identifier (RFC 6842), ciaddr in an ACK, and the broadcast flag in
     * a NAK that passes a relay (RFC 2131 §4.3.2). {@link #build()} then keeps to the size that the
     * client takes, {@link Message#replyBytesMax()}.
     */
    public static MessageBuilder reply(Message request, MessageType type) {
        MessageBuilder builder = reply(request).type(type);
        builder.bytesMax = request.replyBytesMax();
        builder.echo(request, OptionCode.CLIENT_ID);
        builder.echo(request, OptionCode.RELAY_AGENT_INFORMATION);
        if (type == MessageType.ACK) {
            builder.ciaddr(request.ciaddr());
        }
        return type == MessageType.NAK && !request.giaddr().isZero()
                ? builder.broadcast(true)
                : builder;
    }

    private void echo(Message request, int code) {
        OptionIndex index = request.index();
        int at = index.first(code);
        if (at >= 0 && !index.isTruncated(code)) {
            copy(request, at);
        }
    }

    /** Copies the option whose first instance has a place in the index. */
    private void copy(Message message, int at) {
        OptionIndex index = message.index();
        int code = index.code(at);
        if (index.isRepeated(at)) {
            byte[] whole = Objects.requireNonNull(message.raw(code));
            draft.put(code, whole, 0, whole.length);
        } else {
            draft.put(code, message.bytes(), index.offset(at), index.length(at));
        }
    }

    /** Begins a message of a client. */
    public static MessageBuilder request(HardwareAddress hardware, int xid) {
        MessageBuilder builder = new MessageBuilder(MESSAGE_BYTES_MIN);
        byte[] octets = hardware.toBytes();
        byte[] header = builder.draft.header();
        header[0] = Message.BOOTREQUEST;
        header[1] = (byte) hardware.type();
        header[2] = (byte) octets.length;
        System.arraycopy(octets, 0, header, Message.CHADDR_OFFSET, octets.length);
        return builder.xid(xid);
    }

    /**
     * Begins with the header and the options of a message. The instances of a repeated option
     * become one value (RFC 3396); file and sname that held options are free again.
     */
    public static MessageBuilder copyOf(Message message) {
        MessageBuilder builder = new MessageBuilder(Math.max(message.length(), MESSAGE_BYTES_MIN));
        System.arraycopy(message.bytes(), 0, builder.draft.header(), 0, Message.HEADER_BYTES);
        builder.cookie = message.hasOptions();
        OptionIndex index = message.index();
        if (index.isInOrder()) {
            builder.draft.putAll(message.bytes(), index);
            return builder;
        }
        for (int at = 0; at < index.size(); at++) {
            int code = index.code(at);
            if (code != OptionCode.OVERLOAD && index.first(code) == at) {
                builder.copy(message, at);
            }
        }
        if ((index.overload() & 1) != 0) {
            builder.clear(Message.FILE_OFFSET, Message.FILE_BYTES);
        }
        if ((index.overload() & 2) != 0) {
            builder.clear(Message.SNAME_OFFSET, Message.SNAME_BYTES);
        }
        return builder;
    }

    /** 1 from a client, 2 from a server. */
    public MessageBuilder op(int op) {
        return put8(0, op, "op");
    }

    /** How many relays it passed, 0 to 255. */
    public MessageBuilder hops(int hops) {
        return put8(3, hops, "hops");
    }

    /** Seconds since the client began, 0 to 65535. */
    public MessageBuilder secs(int secs) {
        return put16(8, secs, "secs");
    }

    /** All 16 flags, the broadcast flag in the highest bit. */
    public MessageBuilder flags(int flags) {
        return put16(Message.FLAGS_OFFSET, flags, "flags");
    }

    /** Sets or clears the broadcast flag alone. */
    public MessageBuilder broadcast(boolean broadcast) {
        byte[] header = draft.header();
        int others = header[Message.FLAGS_OFFSET] & 0x7f;
        header[Message.FLAGS_OFFSET] = (byte) (broadcast ? others | 0x80 : others);
        return this;
    }

    public MessageBuilder xid(int xid) {
        return put32(Message.XID_OFFSET, xid);
    }

    public MessageBuilder ciaddr(Ip4Address ciaddr) {
        return put32(12, ciaddr.bits());
    }

    public MessageBuilder yiaddr(Ip4Address yiaddr) {
        return put32(16, yiaddr.bits());
    }

    public MessageBuilder siaddr(Ip4Address siaddr) {
        return put32(20, siaddr.bits());
    }

    public MessageBuilder giaddr(Ip4Address giaddr) {
        return put32(Message.GIADDR_OFFSET, giaddr.bits());
    }

    /**
     * The server's host name. With one, sname is never used for options; "" makes it free again.
     *
     * @param sname ASCII without NUL, 0 to 63 bytes
     */
    public MessageBuilder sname(String sname) {
        return put(Message.SNAME_OFFSET, Message.SNAME_BYTES, sname, "sname");
    }

    /**
     * The boot file's name. With one, file is never used for options; "" makes it free again.
     *
     * @param file ASCII without NUL, 0 to 127 bytes
     */
    public MessageBuilder file(String file) {
        return put(Message.FILE_OFFSET, Message.FILE_BYTES, file, "file");
    }

    /** Sets option 53. */
    public MessageBuilder type(MessageType type) {
        draft.put8(OptionCode.MESSAGE_TYPE, type.code());
        return this;
    }

    /** Sets an option; an earlier value of its code is replaced where that stands. */
    public <T> MessageBuilder option(Option<T> option, T value) {
        if (option.code() != OptionCode.OVERLOAD && option.type() instanceof PartsType<T> parts) {
            draft.put(option.code(), parts, value);
            return this;
        }
        return option(option.code(), option.type().encode(value));
    }

    /**
     * Sets an option; an earlier value of its code is replaced where that stands.
     *
     * @param code 1 to 254 without 52, which the builder itself sets
     * @param value of any length, more than 255 bytes are split (RFC 3396); copied
     */
    public MessageBuilder option(int code, byte[] value) {
        if (code < 1 || code > 254 || code == OptionCode.OVERLOAD) {
            throw new IllegalArgumentException(
                    "option code " + code + " cannot be set: expected 1 to 254, and not 52");
        }
        draft.put(code, value, 0, value.length);
        return this;
    }

    public MessageBuilder remove(int code) {
        draft.remove(code);
        return this;
    }

    /** A message as BOOTP knew it, without the magic cookie and so without options (RFC 951). */
    public MessageBuilder bootp() {
        cookie = false;
        return this;
    }

    /** Keeps options out of file and sname: a BOOTP client does not look there (RFC 1534 §2). */
    public MessageBuilder noOverload() {
        overloadAllowed = false;
        return this;
    }

    /**
     * The message within the size that {@link #reply(Message, MessageType)} found; else with no
     * limit but that of a UDP datagram.
     */
    public Message build() {
        return build(bytesMax);
    }

    /**
     * The message within a limit.
     *
     * @param maxMessageBytes length of the UDP payload at most, 241 or more: option 57 counts the
     *     IP and UDP headers too, they are to be taken off before
     */
    public Message build(int maxMessageBytes) {
        if (maxMessageBytes <= Message.OPTIONS_OFFSET) {
            throw new IllegalArgumentException(
                    "a limit of "
                            + maxMessageBytes
                            + " bytes has no room for a message, expected 241 or more");
        }
        int limit = Math.min(maxMessageBytes, Message.DATAGRAM_BYTES_MAX);
        if (!cookie) {
            return buildWithoutOptions(limit);
        }
        int needed = draft.end() + 1;
        if (needed > limit) {
            return buildSpilled(limit);
        }
        omitted = List.of();
        return draft.take(Math.max(needed, Math.min(MESSAGE_BYTES_MIN, limit)));
    }

    /**
     * The codes of the options that the message built last has no room for, the most needed first.
     */
    public List<Integer> omitted() {
        return omitted;
    }

    private Message buildWithoutOptions(int limit) {
        omitted = OptionList.of(draft).codes();
        byte[] bytes = new byte[Math.min(MESSAGE_BYTES_MIN, limit)];
        System.arraycopy(draft.bytes(), 0, bytes, 0, Message.HEADER_BYTES);
        return Message.adopt(bytes, bytes.length);
    }

    private Message buildSpilled(int limit) {
        OptionList options = OptionList.of(draft);
        // One byte of each area is for its END.
        OptionPlan plan =
                OptionPlan.of(
                        options,
                        limit - Message.OPTIONS_OFFSET - 1,
                        room(Message.FILE_OFFSET, Message.FILE_BYTES),
                        room(Message.SNAME_OFFSET, Message.SNAME_BYTES));
        omitted = plan.omitted();
        int overload = plan.overload();
        byte[] bytes = new byte[limit];
        System.arraycopy(draft.bytes(), 0, bytes, 0, Message.OPTIONS_OFFSET);
        int type = options.find(OptionCode.MESSAGE_TYPE);
        int agent = options.find(OptionCode.RELAY_AGENT_INFORMATION);
        OptionWriter writer = new OptionWriter(bytes, Message.OPTIONS_OFFSET);
        if (type >= 0) {
            plan.write(writer, type, OptionPlan.OPTIONS);
        }
        if (overload != 0) {
            writer.write(OptionCode.OVERLOAD, new byte[] {(byte) overload});
        }
        writeOthers(options, plan, writer, OptionPlan.OPTIONS);
        if (agent >= 0) {
            plan.write(writer, agent, OptionPlan.OPTIONS);
        }
        writer.end();
        int end = writer.position();
        if ((overload & 1) != 0) {
            writer = new OptionWriter(bytes, Message.FILE_OFFSET);
            writeOthers(options, plan, writer, OptionPlan.FILE);
            writer.end();
        }
        if ((overload & 2) != 0) {
            writer = new OptionWriter(bytes, Message.SNAME_OFFSET);
            writeOthers(options, plan, writer, OptionPlan.SNAME);
            writer.end();
        }
        int length = Math.max(end, Math.min(MESSAGE_BYTES_MIN, limit));
        return Message.adopt(bytes, length);
    }

    private static void writeOthers(
            OptionList options, OptionPlan plan, OptionWriter writer, int area) {
        for (int at = 0; at < options.size(); at++) {
            int code = options.code(at);
            if (code != OptionCode.MESSAGE_TYPE && code != OptionCode.RELAY_AGENT_INFORMATION) {
                plan.write(writer, at, area);
            }
        }
    }

    /** How many bytes of options a field of the header can hold before END; 0 when it is taken. */
    private int room(int offset, int length) {
        if (!overloadAllowed) {
            return 0;
        }
        byte[] header = draft.bytes();
        for (int i = 0; i < length; i++) {
            if (header[offset + i] != 0) {
                return 0;
            }
        }
        return length - 1;
    }

    private void clear(int offset, int length) {
        Arrays.fill(draft.header(), offset, offset + length, (byte) 0);
    }

    private MessageBuilder put(int offset, int length, String text, String name) {
        HeaderText.put(draft.header(), offset, length, text, name);
        return this;
    }

    private MessageBuilder put8(int offset, int value, String name) {
        if (value < 0 || value > 0xff) {
            throw new IllegalArgumentException(name + " " + value + " is not within 0 to 255");
        }
        draft.header()[offset] = (byte) value;
        return this;
    }

    private MessageBuilder put16(int offset, int value, String name) {
        if (value < 0 || value > 0xffff) {
            throw new IllegalArgumentException(name + " " + value + " is not within 0 to 65535");
        }
        byte[] header = draft.header();
        header[offset] = (byte) (value >>> 8);
        header[offset + 1] = (byte) value;
        return this;
    }

    private MessageBuilder put32(int offset, int value) {
        byte[] header = draft.header();
        header[offset] = (byte) (value >>> 24);
        header[offset + 1] = (byte) (value >>> 16);
        header[offset + 2] = (byte) (value >>> 8);
        header[offset + 3] = (byte) value;
        return this;
    }
}
