package io.leasehold.app.text;

import io.leasehold.app.Printable;
import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.SubOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The sub-options that PXE has within option 43 where option 60 begins with {@code PXEClient}
 * (Preboot Execution Environment Specification 2.1, table 2-1).
 */
final class PxeViews {
    static final String CLASS = "PXEClient";

    private PxeViews() {}

    static OptionView view(SubOptions.Entry entry) {
        byte[] raw = entry.value().toBytes();
        return new OptionView(
                entry.code(),
                name(entry.code()),
                entry.value().toString(),
                Printable.of(meaning(entry.code(), new Cursor(raw))),
                "",
                entry.value(),
                List.of());
    }

    private static String name(int code) {
        return switch (code) {
            case 1 -> "mtftp-address";
            case 2 -> "mtftp-client-port";
            case 3 -> "mtftp-server-port";
            case 4 -> "mtftp-timeout";
            case 5 -> "mtftp-delay";
            case 6 -> "discovery-control";
            case 7 -> "discovery-address";
            case 8 -> "boot-servers";
            case 9 -> "boot-menu";
            case 10 -> "menu-prompt";
            case 71 -> "boot-item";
            default -> "sub-option-" + code;
        };
    }

    private static String meaning(int code, Cursor cursor) {
        StringBuilder text = new StringBuilder();
        switch (code) {
            case 6 -> control(text, cursor.u8());
            case 1, 7 -> text.append(cursor.address());
            case 8 -> {
                while (cursor.remaining() > 0 && !cursor.overrun()) {
                    text.append(text.isEmpty() ? "type " : ", type ").append(cursor.u16());
                    for (int left = cursor.u8(); left > 0 && !cursor.overrun(); left--) {
                        text.append(' ').append(cursor.address());
                    }
                }
            }
            case 9 -> {
                while (cursor.remaining() > 0 && !cursor.overrun()) {
                    text.append(text.isEmpty() ? "type " : ", type ").append(cursor.u16());
                    text.append(' ').append(ascii(cursor.bytes(cursor.u8())));
                }
            }
            case 10 -> text.append(cursor.u8()).append(" s, ").append(ascii(cursor.rest()));
            case 71 ->
                    text.append("type ")
                            .append(cursor.u16())
                            .append(" layer ")
                            .append(cursor.u16());
            default -> {
                return "";
            }
        }
        return cursor.overrun() ? "cut off" : text.toString();
    }

    private static void control(StringBuilder text, int bits) {
        String[] says = {
            "no broadcast discovery",
            "no multicast discovery",
            "only listed servers",
            "boot at once"
        };
        for (int i = 0; i < says.length; i++) {
            if ((bits & 1 << i) != 0) {
                text.append(text.isEmpty() ? "" : ", ").append(says[i]);
            }
        }
    }

    private static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
