package io.leasehold.protocol.wire;

/**
 * An IPv6 address, as a few options hold one.
 *
 * @param high the first eight octets
 * @param low the last eight octets
 */
public record Ip6Address(long high, long low) {
    private static final int GROUPS = 8;

    /**
     * Reads {@code 2001:db8::1}. IPv4 in dots and zones are not read.
     *
     * @throws IllegalArgumentException when the text is anything else; the message says what was
     *     expected
     */
    public static Ip6Address parse(String text) {
        int gap = text.indexOf("::");
        int[] groups = new int[GROUPS];
        int before = gap < 0 ? text.length() : gap;
        int head = groups(text, 0, before, groups, 0);
        if (gap < 0 ? head != GROUPS : head >= GROUPS) {
            throw wrong(text);
        }
        if (gap >= 0) {
            int[] tail = new int[GROUPS];
            int count = groups(text, gap + 2, text.length(), tail, head + 1);
            System.arraycopy(tail, head + 1, groups, GROUPS - (count - head - 1), count - head - 1);
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < GROUPS / 2; i++) {
            high = high << 16 | groups[i];
            low = low << 16 | groups[i + GROUPS / 2];
        }
        return new Ip6Address(high, low);
    }

    /** Reads groups between colons into places from {@code at} on; the place behind the last. */
    private static int groups(String text, int from, int to, int[] groups, int at) {
        if (from == to) {
            return at;
        }
        int place = at;
        int value = 0;
        int digits = 0;
        for (int i = from; i <= to; i++) {
            char c = i < to ? text.charAt(i) : ':';
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit >= 0 && digits < 4) {
                value = value << 4 | digit;
                digits++;
            } else if (c == ':' && digits > 0 && place < GROUPS) {
                groups[place++] = value;
                value = 0;
                digits = 0;
            } else {
                throw wrong(text);
            }
        }
        return place;
    }

    private static IllegalArgumentException wrong(String text) {
        return Spelling.unexpected(text, "an IPv6 address such as 2001:db8::1");
    }

    private int group(int at) {
        long half = at < 4 ? high : low;
        return (int) (half >>> 48 - (at & 3) * 16) & 0xffff;
    }

    /** The shortest spelling (RFC 5952): the longest run of zero groups becomes {@code ::}. */
    @Override
    public String toString() {
        int from = -1;
        int longest = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = 0;
            while (i + run < GROUPS && group(i + run) == 0) {
                run++;
            }
            if (run > longest) {
                longest = run;
                from = i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == from) {
                text.append("::");
                i += longest - 1;
                continue;
            }
            if (i > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(group(i)));
        }
        return text.toString();
    }
}
