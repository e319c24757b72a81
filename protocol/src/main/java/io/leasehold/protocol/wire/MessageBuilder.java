package io.leasehold.protocol.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes messages. Option 53 comes first and 82 last (RFC 3046 §2.2), the others in the order of the
 * calls; 52 is the builder's own. A message has at least 300 bytes (RFC 1542 §2.1), unless its
 * limit is smaller. What does not fit goes to file and sname where those are free (RFC 2132 §9.3);
 * what does not fit there either is left out, the least needed first. Not for several threads.
 */
public final class MessageBuilder {
    /** The smallest BOOTP message, for which relays and clients make room (RFC 1542 §2.1). */
    static final int MESSAGE_BYTES_MIN = 300;

    private final byte[] header = new byte[Message.OPTIONS_OFFSET];
    private final OptionList options = new OptionList();
    private boolean cookie = true;
    private boolean overloadAllowed = true;
    private int bytesMax = Message.DATAGRAM_BYTES_MAX;
    private List<Integer> omitted = List.of();

    private MessageBuilder() {
        put32(Message.HEADER_BYTES, Message.COOKIE);
    }

    /**
     * Begins the answer to a request: htype, hlen, xid, flags, giaddr and chaddr are the request's,
     * all else is 0 (RFC 2131 §4.3.1, Table 3).
     */
    public static MessageBuilder reply(Message request) {
        MessageBuilder builder = new MessageBuilder();
        byte[] from = request.bytes();
        byte[] to = builder.header;
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
        byte[] value = request.raw(code);
        if (value != null && !request.index().isTruncated(code)) {
            options.put(code, value);
        }
    }

    /** Begins a message of a client. */
    public static MessageBuilder request(HardwareAddress hardware, int xid) {
        MessageBuilder builder = new MessageBuilder();
        byte[] octets = hardware.toBytes();
        builder.header[0] = Message.BOOTREQUEST;
        builder.header[1] = (byte) hardware.type();
        builder.header[2] = (byte) octets.length;
        System.arraycopy(octets, 0, builder.header, Message.CHADDR_OFFSET, octets.length);
        return builder.xid(xid);
    }

    /**
     * Begins with the header and the options of a message. The instances of a repeated option
     * become one value (RFC 3396); file and sname that held options are free again.
     */
    public static MessageBuilder copyOf(Message message) {
        MessageBuilder builder = new MessageBuilder();
        System.arraycopy(message.bytes(), 0, builder.header, 0, Message.HEADER_BYTES);
        builder.cookie = message.hasOptions();
        OptionIndex index = message.index();
        for (int at = 0; at < index.size(); at++) {
            int code = index.code(at);
            if (code == OptionCode.OVERLOAD || builder.options.find(code) >= 0) {
                continue;
            }
            byte[] value = message.raw(code);
            if (value != null) {
                builder.options.put(code, value);
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
        options.put(OptionCode.MESSAGE_TYPE, new byte[] {(byte) type.code()});
        return this;
    }

    /** Sets an option; an earlier value of its code is replaced where that stands. */
    public <T> MessageBuilder option(Option<T> option, T value) {
        return option(option.code(), option.type().encode(value));
    }

    /**
     * Sets an option; an earlier value of its code is replaced where that stands.
     *
     * @param code 1 to 254 without 52, which the builder itself sets
     * @param value of any length, more than 255 bytes are split (RFC 3396); not copied, so it must
     *     stay as it is until the message is built
     */
    public MessageBuilder option(int code, byte[] value) {
        if (code < 1 || code > 254 || code == OptionCode.OVERLOAD) {
            throw new IllegalArgumentException(
                    "option code " + code + " cannot be set: expected 1 to 254, and not 52");
        }
        options.put(code, value);
        return this;
    }

    public MessageBuilder remove(int code) {
        options.remove(code);
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
        long needed = Message.OPTIONS_OFFSET + options.encodedBytes() + 1;
        if (needed > limit) {
            return buildSpilled(limit);
        }
        omitted = List.of();
        byte[] bytes = start((int) needed, limit);
        OptionWriter writer = new OptionWriter(bytes, Message.OPTIONS_OFFSET);
        int type = options.find(OptionCode.MESSAGE_TYPE);
        int agent = -1;
        if (type >= 0) {
            writer.write(OptionCode.MESSAGE_TYPE, options.value(type));
        }
        for (int at = 0; at < options.size(); at++) {
            if (options.code(at) == OptionCode.RELAY_AGENT_INFORMATION) {
                agent = at;
            } else if (at != type) {
                writer.write(options.code(at), options.value(at));
            }
        }
        if (agent >= 0) {
            writer.write(OptionCode.RELAY_AGENT_INFORMATION, options.value(agent));
        }
        writer.end();
        return Message.adopt(bytes);
    }

    /**
     * The codes of the options that the message built last has no room for, the most needed first.
     */
    public List<Integer> omitted() {
        return omitted;
    }

    private Message buildWithoutOptions(int limit) {
        List<Integer> codes = new ArrayList<>();
        for (int at = 0; at < options.size(); at++) {
            codes.add(options.code(at));
        }
        omitted = List.copyOf(codes);
        byte[] bytes = new byte[Math.min(MESSAGE_BYTES_MIN, limit)];
        System.arraycopy(header, 0, bytes, 0, Message.HEADER_BYTES);
        return Message.adopt(bytes);
    }

    private Message buildSpilled(int limit) {
        // One byte of each area is for its END.
        OptionPlan plan =
                OptionPlan.of(
                        options,
                        limit - Message.OPTIONS_OFFSET - 1,
                        room(Message.FILE_OFFSET, Message.FILE_BYTES),
                        room(Message.SNAME_OFFSET, Message.SNAME_BYTES));
        omitted = plan.omitted();
        int overload = plan.overload();
        byte[] bytes = start(limit, limit);
        int type = options.find(OptionCode.MESSAGE_TYPE);
        int agent = options.find(OptionCode.RELAY_AGENT_INFORMATION);
        OptionWriter writer = new OptionWriter(bytes, Message.OPTIONS_OFFSET);
        if (type >= 0) {
            plan.write(writer, type, OptionPlan.OPTIONS);
        }
        if (overload != 0) {
            writer.write(OptionCode.OVERLOAD, new byte[] {(byte) overload});
        }
        writeOthers(plan, writer, OptionPlan.OPTIONS);
        if (agent >= 0) {
            plan.write(writer, agent, OptionPlan.OPTIONS);
        }
        writer.end();
        int end = writer.position();
        if ((overload & 1) != 0) {
            writer = new OptionWriter(bytes, Message.FILE_OFFSET);
            writeOthers(plan, writer, OptionPlan.FILE);
            writer.end();
        }
        if ((overload & 2) != 0) {
            writer = new OptionWriter(bytes, Message.SNAME_OFFSET);
            writeOthers(plan, writer, OptionPlan.SNAME);
            writer.end();
        }
        int length = Math.max(end, Math.min(MESSAGE_BYTES_MIN, limit));
        return Message.adopt(Arrays.copyOf(bytes, length));
    }

    private void writeOthers(OptionPlan plan, OptionWriter writer, int area) {
        for (int at = 0; at < options.size(); at++) {
            int code = options.code(at);
            if (code != OptionCode.MESSAGE_TYPE && code != OptionCode.RELAY_AGENT_INFORMATION) {
                plan.write(writer, at, area);
            }
        }
    }

    /** The message's bytes with the header in place, padded to the smallest length. */
    private byte[] start(int needed, int limit) {
        byte[] bytes = new byte[Math.max(needed, Math.min(MESSAGE_BYTES_MIN, limit))];
        System.arraycopy(header, 0, bytes, 0, header.length);
        return bytes;
    }

    /** How many bytes of options a field of the header can hold before END; 0 when it is taken. */
    private int room(int offset, int length) {
        if (!overloadAllowed) {
            return 0;
        }
        for (int i = 0; i < length; i++) {
            if (header[offset + i] != 0) {
                return 0;
            }
        }
        return length - 1;
    }

    private void clear(int offset, int length) {
        Arrays.fill(header, offset, offset + length, (byte) 0);
    }

    private MessageBuilder put(int offset, int length, String text, String name) {
        HeaderText.put(header, offset, length, text, name);
        return this;
    }

    private MessageBuilder put8(int offset, int value, String name) {
        if (value < 0 || value > 0xff) {
            throw new IllegalArgumentException(name + " " + value + " is not within 0 to 255");
        }
        header[offset] = (byte) value;
        return this;
    }

    private MessageBuilder put16(int offset, int value, String name) {
        if (value < 0 || value > 0xffff) {
            throw new IllegalArgumentException(name + " " + value + " is not within 0 to 65535");
        }
        header[offset] = (byte) (value >>> 8);
        header[offset + 1] = (byte) value;
        return this;
    }

    private MessageBuilder put32(int offset, int value) {
        header[offset] = (byte) (value >>> 24);
        header[offset + 1] = (byte) (value >>> 16);
        header[offset + 2] = (byte) (value >>> 8);
        header[offset + 3] = (byte) value;
        return this;
    }
}
