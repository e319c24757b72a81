package io.leasehold.protocol.wire;

import java.util.Arrays;
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

    private final byte[] bytes;
    private final OptionIndex index;

    private Message(byte[] bytes, OptionIndex index) {
        this.bytes = bytes;
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
        return new ParseResult.Parsed(adopt(datagram.rest()));
    }

    /** Takes bytes that are known to be a message, without a copy. */
    static Message adopt(byte[] bytes) {
        boolean cookie =
                bytes.length >= OPTIONS_OFFSET
                        && new Cursor(bytes, HEADER_BYTES, 4).u32() == COOKIE;
        return new Message(bytes, cookie ? OptionIndex.of(bytes) : OptionIndex.EMPTY);
    }

    /** Takes bytes whose options lie where those of another message lie, without a copy. */
    static Message adopt(byte[] bytes, OptionIndex index) {
        return new Message(bytes, index);
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
        return index != OptionIndex.EMPTY;
    }

    /** The options as they lie: first those of the options area, then of file, then of sname. */
    public OptionIndex index() {
        return index;
    }

    public boolean has(int code) {
        return index.first(code) >= 0;
    }

    /**
     * The value of an option, all its instances concatenated (RFC 3396); null when it is absent.
     */
    public byte @Nullable [] raw(int code) {
        return index.raw(bytes, code);
    }

    /**
     * The value of an option: absent, malformed, or what it says. An instance cut off by the end is
     * malformed.
     */
    public <T> Field<T> get(Option<T> option) {
        if (index.isTruncated(option.code())) {
            return Field.malformed("option " + option.code() + " runs past its end");
        }
        byte[] raw = raw(option.code());
        return raw == null ? Field.absent() : option.type().decode(raw);
    }

    /** The one byte of option 53; 0 when it is absent (BOOTP), -1 when it is malformed. */
    public int typeCode() {
        int at = index.first(OptionCode.MESSAGE_TYPE);
        if (index.isTruncated(OptionCode.MESSAGE_TYPE)) {
            return -1;
        }
        if (at < 0) {
            return 0;
        }
        byte[] raw = raw(OptionCode.MESSAGE_TYPE);
        return raw != null && raw.length == 1 && raw[0] != 0 ? raw[0] & 0xff : -1;
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
        byte[] value = raw(OptionCode.MAX_MESSAGE_SIZE);
        int size = MIN_MAX_MESSAGE_BYTES;
        if (value != null && value.length == 2) {
            size = Math.max(size, new Cursor(value).u16());
        }
        return Math.min(size - IP_AND_UDP_HEADER_BYTES, REPLY_BYTES_MAX);
    }

    /** Length in bytes, as received or as built. */
    public int length() {
        return bytes.length;
    }

    /** A copy of the bytes, as received or as built. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** Copies the bytes into a buffer, for sending without one more array. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }

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
        return other instanceof Message that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
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
