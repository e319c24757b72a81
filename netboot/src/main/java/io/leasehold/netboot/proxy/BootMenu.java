package io.leasehold.netboot.proxy;

import io.leasehold.protocol.wire.Ip4Address;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A menu as option 43 has it (PXE 2.1 table 2-1). */
final class BootMenu {
    /** What one option holds; firmware puts no two together here. */
    static final int BYTES_MAX = 255;

    private static final int DISCOVERY_CONTROL = 6;
    private static final int BOOT_SERVERS = 8;
    private static final int MENU = 9;
    private static final int PROMPT = 10;
    private static final int END = 255;

    /** No broadcast, no multicast, and the servers of the list alone: this one. */
    private static final int ASK_THE_LIST = 7;

    private BootMenu() {}

    /**
     * The whole of it.
     *
     * @param text the prompt
     * @param server where items are asked for
     */
    static byte[] write(
            String text, int timeoutSeconds, List<BootAction.Menu.Item> all, Ip4Address server) {
        ByteArrayOutputStream servers = new ByteArrayOutputStream();
        ByteArrayOutputStream items = new ByteArrayOutputStream();
        for (int i = 0; i < all.size(); i++) {
            int type = BootAction.Menu.type(all, i);
            byte[] name = ascii(all.get(i).text());
            u16(items, type);
            items.write(name.length);
            items.writeBytes(name);
            if (type != 0) {
                u16(servers, type);
                servers.write(1);
                u16(servers, server.bits() >>> 16);
                u16(servers, server.bits());
            }
        }
        ByteArrayOutputStream prompt = new ByteArrayOutputStream();
        prompt.write(timeoutSeconds);
        prompt.writeBytes(ascii(text));
        ByteArrayOutputStream menu = new ByteArrayOutputStream();
        menu.writeBytes(new byte[] {DISCOVERY_CONTROL, 1, ASK_THE_LIST});
        add(menu, BOOT_SERVERS, servers);
        add(menu, MENU, items);
        add(menu, PROMPT, prompt);
        menu.write(END);
        return menu.toByteArray();
    }

    private static void add(ByteArrayOutputStream to, int code, ByteArrayOutputStream value) {
        if (value.size() > 0) {
            to.write(code);
            to.write(value.size());
            to.writeBytes(value.toByteArray());
        }
    }

    private static void u16(ByteArrayOutputStream to, int value) {
        to.write(value >> 8);
        to.write(value);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
