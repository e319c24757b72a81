package io.leasehold.protocol.wire;

import org.jspecify.annotations.Nullable;

/** Numbers and switches. */
final class NumberParts {
    static final Part<Integer> U8 = new Unsigned(1, 0, 0xff);
    static final Part<Integer> U16 = new Unsigned(2, 0, 0xffff);
    static final Part<Long> U32 = new Unsigned32();
    static final Part<Integer> I32 = new Signed32();
    static final Part<Boolean> BOOLEAN = new Switch();

    private NumberParts() {}

    /** A byte of which the RFC defines a few values only. */
    static Part<Integer> u8(int min, int max) {
        return new Unsigned(1, min, max);
    }

    private static final class Unsigned extends Part<Integer> {
        private final int bytes;
        private final int min;
        private final int max;

        Unsigned(int bytes, int min, int max) {
            super(
                    "a number of " + bytes * 8 + " bits from " + min + " to " + max,
                    "numbers of " + bytes * 8 + " bits from " + min + " to " + max);
            this.bytes = bytes;
            this.min = min;
            this.max = max;
        }

        @Override
        @Nullable Integer read(Cursor cursor) {
            int value = bytes == 1 ? cursor.u8() : cursor.u16();
            return value < min || value > max ? null : Integer.valueOf(value);
        }

        @Override
        void write(OctetWriter out, Integer value) {
            if (bytes == 1) {
                out.u8(value);
            } else {
                out.u16(value);
            }
        }

        @Override
        Integer parse(String text) {
            return (int) Spelling.number(text, min, max);
        }

        @Override
        String format(Integer value) {
            return Integer.toString(value);
        }
    }

    private static final class Unsigned32 extends Part<Long> {
        private static final long MAX = 0xffff_ffffL;

        Unsigned32() {
            super("a number of 32 bits", "numbers of 32 bits");
        }

        @Override
        Long read(Cursor cursor) {
            return cursor.u32() & MAX;
        }

        @Override
        void write(OctetWriter out, Long value) {
            out.u32(value);
        }

        @Override
        Long parse(String text) {
            return Spelling.number(text, 0, MAX);
        }

        @Override
        String format(Long value) {
            return Long.toString(value);
        }
    }

    private static final class Signed32 extends Part<Integer> {
        Signed32() {
            super("a signed number of 32 bits", "signed numbers of 32 bits");
        }

        @Override
        Integer read(Cursor cursor) {
            return cursor.u32();
        }

        @Override
        void write(OctetWriter out, Integer value) {
            out.i32(value);
        }

        @Override
        Integer parse(String text) {
            return (int) Spelling.number(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }

        @Override
        String format(Integer value) {
            return Integer.toString(value);
        }
    }

    /** One byte, 0 or 1 (RFC 2132 §4.1 and others). */
    private static final class Switch extends Part<Boolean> {
        Switch() {
            super("true or false (one byte, 1 or 0)", "switches (one byte each, 1 or 0)");
        }

        @Override
        @Nullable Boolean read(Cursor cursor) {
            int value = cursor.u8();
            return value > 1 ? null : Boolean.valueOf(value == 1);
        }

        @Override
        void write(OctetWriter out, Boolean value) {
            out.u8(value ? 1 : 0);
        }

        @Override
        Boolean parse(String text) {
            return switch (text) {
                case "true", "on", "yes", "1" -> true;
                case "false", "off", "no", "0" -> false;
                default -> throw Spelling.unexpected(text, "true or false");
            };
        }

        @Override
        String format(Boolean value) {
            return value ? "true" : "false";
        }
    }
}
