package io.leasehold.protocol.wire;

/** Takes the words of a spelled value one after another. */
final class Words {
    private final String text;
    private final String expected;
    private int at;

    /**
     * @param expected the form of the whole, for messages: {@code a route such as ...}
     */
    Words(String text, String expected) {
        this.text = text.trim();
        this.expected = expected;
    }

    String next() {
        int from = at;
        while (at < text.length() && text.charAt(at) != ' ') {
            at++;
        }
        if (from == at) {
            throw wrong();
        }
        String word = text.substring(from, at);
        skipBlanks();
        return word;
    }

    int number(int max) {
        return (int) number((long) max);
    }

    long number(long max) {
        return Spelling.number(next(), 0, max);
    }

    Ip4Address address() {
        return Ip4Address.parse(next());
    }

    boolean more() {
        return at < text.length();
    }

    /** Takes a word that has to be there. */
    void expect(String word) {
        if (!more() || !next().equals(word)) {
            throw wrong();
        }
    }

    /** All that is left, perhaps nothing. */
    String rest() {
        String rest = text.substring(at);
        at = text.length();
        return rest;
    }

    /** Checks that nothing is left, and gives the value through. */
    <T> T end(T value) {
        if (more()) {
            throw wrong();
        }
        return value;
    }

    IllegalArgumentException wrong() {
        return Spelling.unexpected(text, expected);
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
