package io.leasehold.protocol.wire;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A BOOTP or DHCP message (RFC 2131 §2): its bytes, and an index of where its options lie. Order
 * and duplicates are kept, and what was received can be sent on byte for byte. Immutable.
 */
public final class Message {
    /** op of a message from a client. */
    public static final int BOOTREQUEST = 1;

    /** op of a message from a server. */
    public static final int BOOTREPLY = 2;

    /** Length of the fixed header, without the magic cookie. */
    public static final int HEADER_BYTES = 236;

    /** The smallest message that every host accepts, IP and UDP headers included (RFC 2131 §2). */
    public static final int MIN_MAX_MESSAGE_BYTES = 576;

    /** The largest reply, as UDP payload: what an Ethernet frame holds without fragments. */
    public static final int REPLY_BYTES_MAX = 1472;

    private static final int IP_AND_UDP_HEADER_BYTES = 28;
    static final int SNAME_OFFSET = 44;
    static final int SNAME_BYTES = 64;
    static final int FILE_OFFSET = 108;
    static final int FILE_BYTES = 128;
    static final int OPTIONS_OFFSET = HEADER_BYTES + 4;
    static final int COOKIE = 0x63825363;
    static final int XID_OFFSET = 4;
    static final int FLAGS_OFFSET = 10;
    static final int GIADDR_OFFSET = 24;
    static final int CHADDR_OFFSET = 28;
    static final int CHADDR_BYTES = 16;
    static final int DATAGRAM_BYTES_MAX = 65_507;
    private static final int BROADCAST_FLAG = 0x8000;

    /** Its own from the first byte on; there may be more of them than are the message's. */
    private final byte[] bytes;

    private final int length;

    /** Made when it is asked for: most messages that are built are sent and not read. */
    private volatile @Nullable OptionIndex index;

    private Message(byte[] bytes, int length, @Nullable OptionIndex index) {
        this.bytes = bytes;
        this.length = length;
        this.index = index;
    }

    public static ParseResult parse(byte[] datagram) {
        return parse(datagram, 0, datagram.length);
    }

    /**
     * Reads a message from a range of bytes, which is copied. Never throws, whatever the bytes are.
     *
     * @throws IllegalArgumentException when the range is not one of the buffer's
     */
    public static ParseResult parse(byte[] buffer, int offset, int length) {
        Cursor datagram = new Cursor(buffer, offset, length);
        if (length < HEADER_BYTES) {
            return new ParseResult.Malformed(length, ParseResult.Why.SHORT_HEADER);
        }
        if (length > DATAGRAM_BYTES_MAX) {
            return new ParseResult.Malformed(DATAGRAM_BYTES_MAX, ParseResult.Why.TOO_LONG);
        }
        if ((buffer[offset + 2] & 0xff) > 16) {
            return new ParseResult.Malformed(2, ParseResult.Why.HARDWARE_LENGTH);
        }
        return new ParseResult.Parsed(adopt(datagram.rest(), length));
    }

    /**
     * Takes bytes that are known to be a message, without a copy.
     *
     * @param length how many of them are the message; no one may change these any more
     */
    static Message adopt(byte[] bytes, int length) {
        return new Message(bytes, length, null);
    }

    /** Takes bytes whose options lie where those of another message lie, without a copy. */
    static Message adopt(byte[] bytes, OptionIndex index) {
        return new Message(bytes, bytes.length, index);
    }

    /** 1 from a client, 2 from a server. */
    public int op() {
        return u8(0);
    }

    public int htype() {
        return u8(1);
    }

    public int hlen() {
        return u8(2);
    }

    public int hops() {
        return u8(3);
    }

    public int xid() {
        return new Cursor(bytes, XID_OFFSET, 4).u32();
    }

    /** Seconds since the client began, 0 to 65535. */
    public int secs() {
        return new Cursor(bytes, 8, 2).u16();
    }

    public int flags() {
        return new Cursor(bytes, FLAGS_OFFSET, 2).u16();
    }

    /** True when the client cannot take a unicast before it has its address. */
    public boolean broadcast() {
        return (flags() & BROADCAST_FLAG) != 0;
    }

    public Ip4Address ciaddr() {
        return address(12);
    }

    public Ip4Address yiaddr() {
        return address(16);
    }

    public Ip4Address siaddr() {
        return address(20);
    }

    public Ip4Address giaddr() {
        return address(GIADDR_OFFSET);
    }

    /** htype, and chaddr cut to hlen. */
    public HardwareAddress hardware() {
        return HardwareAddress.of(htype(), new Cursor(bytes, CHADDR_OFFSET, hlen()).rest());
    }

    /** All 16 bytes of chaddr. */
    public byte[] chaddr() {
        return new Cursor(bytes, CHADDR_OFFSET, CHADDR_BYTES).rest();
    }

    /** One octet of chaddr, 0 to 255. */
    public int chaddrOctet(int at) {
        if (at < 0 || at >= CHADDR_BYTES) {
            throw new IllegalArgumentException("octet " + at + " of chaddr, expected 0 to 15");
        }
        return u8(CHADDR_OFFSET + at);
    }

    /** The 64 bytes of sname, also where it holds options. */
    public byte[] sname() {
        return new Cursor(bytes, SNAME_OFFSET, SNAME_BYTES).rest();
    }

    /** The 128 bytes of file, also where it holds options. */
    public byte[] file() {
        return new Cursor(bytes, FILE_OFFSET, FILE_BYTES).rest();
    }

    /** True when the magic cookie is there, so that there can be options. */
    public boolean hasOptions() {
        return index() != OptionIndex.EMPTY;
    }

    /** The options as they lie: first those of the options area, then of file, then of sname. */
    public OptionIndex index() {
        OptionIndex known = index;
        if (known == null) {
            boolean cookie =
                    length >= OPTIONS_OFFSET && new Cursor(bytes, HEADER_BYTES, 4).u32() == COOKIE;
            known = cookie ? OptionIndex.of(bytes, length) : OptionIndex.EMPTY;
            index = known;
        }
        return known;
    }

    public boolean has(int code) {
        return index().first(code) >= 0;
    }

    /**
     * The value of an option, all its instances concatenated (RFC 3396); null when it is absent.
     */
    public byte @Nullable [] raw(int code) {
        return index().raw(bytes, code);
    }

    /**
     * The value of an option: absent, malformed, or what it says. An instance cut off by the end is
     * malformed.
     */
    public <T> Field<T> get(Option<T> option) {
        OptionIndex options = index();
        if (options.isTruncated(option.code())) {
            return Field.malformed("option " + option.code() + " runs past its end");
        }
        int at = options.first(option.code());
        if (at < 0) {
            return Field.absent();
        }
        if (option.type() instanceof PartsType<T> parts && !options.isRepeated(at)) {
            return parts.decode(bytes, options.offset(at), options.length(at));
        }
        return option.type().decode(Objects.requireNonNull(raw(option.code())));
    }

    /** The one byte of option 53; 0 when it is absent (BOOTP), -1 when it is malformed. */
    public int typeCode() {
        OptionIndex options = index();
        int at = options.first(OptionCode.MESSAGE_TYPE);
        if (options.isTruncated(OptionCode.MESSAGE_TYPE)) {
            return -1;
        }
        if (at < 0) {
            return 0;
        }
        Cursor value = value(options, at);
        int code = value.remaining() == 1 ? value.u8() : 0;
        return code == 0 ? -1 : code;
    }

    /** The value of the option that begins at a place of the index, without a copy if it can be. */
    private Cursor value(OptionIndex options, int at) {
        return options.isRepeated(at)
                ? new Cursor(Objects.requireNonNull(raw(options.code(at))))
                : new Cursor(bytes, options.offset(at), options.length(at));
    }

    /**
     * The message type; null for BOOTP, for a malformed option 53, and for a type this library has
     * no name for.
     */
    public @Nullable MessageType type() {
        return MessageType.of(typeCode());
    }

    /**
     * How many bytes a reply to this message may have, as UDP payload: what option 57 says, never
     * under 548, since every host takes 576 with the headers (RFC 2132 §9.10), and never over
     * {@link #REPLY_BYTES_MAX}.
     */
    public int replyBytesMax() {
        int at = index().first(OptionCode.MAX_MESSAGE_SIZE);
        int size = MIN_MAX_MESSAGE_BYTES;
        if (at >= 0) {
            Cursor value = value(index(), at);
            size = value.remaining() == 2 ? Math.max(size, value.u16()) : size;
        }
        return Math.min(size - IP_AND_UDP_HEADER_BYTES, REPLY_BYTES_MAX);
    }

    /** Length in bytes, as received or as built. */
    public int length() {
        return length;
    }

    /** A copy of the bytes, as received or as built. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** Copies the bytes into a buffer, for sending without one more array. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, length);
    }

    /** The bytes themselves, which may be more than {@link #length()}. */
    byte[] bytes() {
        return bytes;
    }

    private int u8(int offset) {
        return bytes[offset] & 0xff;
    }

    private Ip4Address address(int offset) {
        return new Cursor(bytes, offset, 4).address();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message that
                && Arrays.equals(bytes, 0, length, that.bytes, 0, that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int at = 0; at < length; at++) {
            hash = 31 * hash + bytes[at];
        }
        return hash;
    }

    @Override
    public String toString() {
        MessageType type = type();
        return (type == null ? "op " + op() + " type " + typeCode() : type.toString())
                + " xid "
                + Integer.toHexString(xid())
                + " "
                + hardware();
    }
}
