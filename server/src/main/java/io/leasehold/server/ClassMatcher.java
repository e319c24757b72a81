package io.leasehold.server;

import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.server.config.ClientClass;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a client is a member of a class. An option that is absent or unreadable matches nothing.
 */
final class ClassMatcher {
    private ClassMatcher() {}

    static boolean member(ClientClass wanted, Request request) {
        for (ClientClass.Match match : wanted.matches()) {
            if (!holds(match, request)) {
                return false;
            }
        }
        return !wanted.matches().isEmpty();
    }

    private static boolean holds(ClientClass.Match match, Request request) {
        for (String text : texts(match.what(), request)) {
            if (fits(match.pattern(), text)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> texts(ClientClass.What what, Request request) {
        Message message = request.message();
        return switch (what) {
            case VENDOR_CLASS -> text(message.raw(OptionCode.VENDOR_CLASS));
            case USER_CLASS -> userClasses(message.raw(OptionCode.USER_CLASS));
            case HOST_NAME -> text(message.raw(OptionCode.HOST_NAME));
            case HARDWARE -> List.of(request.hardware().toString());
            case CLIENT_ID -> hex(request.clientId());
            case CIRCUIT_ID -> text(request.agent().circuitId().toBytes());
            case REMOTE_ID -> text(request.agent().remoteId().toBytes());
            case ARCHITECTURE -> architectures(message.raw(OptionCode.CLIENT_ARCHITECTURE));
        };
    }

    private static List<String> text(byte @Nullable [] value) {
        return value == null || value.length == 0
                ? List.of()
                : List.of(new String(value, StandardCharsets.ISO_8859_1));
    }

    private static List<String> hex(Octets value) {
        return value.length() == 0 ? List.of() : List.of(value.toString());
    }

    /**
     * RFC 3004 frames each class with its length; many clients send the bare text. Both are taken.
     */
    private static List<String> userClasses(byte @Nullable [] value) {
        List<String> found = new ArrayList<>(text(value));
        if (value == null) {
            return found;
        }
        Cursor cursor = new Cursor(value);
        while (cursor.remaining() > 0) {
            byte[] part = cursor.bytes(cursor.u8());
            if (cursor.overrun()) {
                return found;
            }
            found.addAll(text(part));
        }
        return found;
    }

    /** RFC 4578 §2.1: a list of 16-bit codes. */
    private static List<String> architectures(byte @Nullable [] value) {
        List<String> found = new ArrayList<>();
        if (value != null) {
            Cursor cursor = new Cursor(value);
            while (cursor.remaining() >= 2) {
                found.add(Integer.toString(cursor.u16()));
            }
        }
        return found;
    }

    /**
     * Compares with a pattern in which {@code *} stands for any run of characters; linear, whatever
     * the input.
     */
    static boolean fits(String pattern, String text) {
        int at = 0;
        int inPattern = 0;
        int starInPattern = -1;
        int starAt = 0;
        while (at < text.length()) {
            if (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
                starInPattern = inPattern++;
                starAt = at;
            } else if (inPattern < pattern.length()
                    && pattern.charAt(inPattern) == text.charAt(at)) {
                inPattern++;
                at++;
            } else if (starInPattern >= 0) {
                inPattern = starInPattern + 1;
                at = ++starAt;
            } else {
                return false;
            }
        }
        while (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
            inPattern++;
        }
        return inPattern == pattern.length();
    }
}
