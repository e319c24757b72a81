package io.leasehold.netboot.proxy;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.Options;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The fields and options of a reply that tell a machine what to boot.
 *
 * @param client who is told
 * @param rule what for
 * @param address where the machine reaches this service
 * @param config where files are
 */
record BootFields(BootClient client, BootRule rule, Ip4Address address, NetbootConfig config) {
    /** PXE 2.1 table 2-1: discovery control; 8: take the file that this packet names. */
    private static final byte[] BOOT_FROM_FILE = {6, 1, 8, (byte) 0xff};

    /** What file can hold beside its NUL. */
    private static final int FILE_CHARACTERS_MAX = 127;

    private static final int HTTP_PORT_USUAL = 80;

    /** IP and UDP headers, which option 57 counts and a message does not. */
    private static final int HEADERS_BYTES = 28;

    /**
     * What a Raspberry Pi looks for before it asks for files: a menu of one entry, whose text it
     * compares.
     */
    private static final byte[] RASPBERRY_PI =
            "\6\1\3\12\4\0PXE\11\24\0\0\21Raspberry Pi Boot\377"
                    .getBytes(StandardCharsets.ISO_8859_1);

    /** What an offer tells: empty where the machine has to ask again, or knows its files itself. */
    String offered() {
        return asksAgain() ? "" : what(rule.action());
    }

    /** What the answer to a question on port 4011 tells. */
    String acknowledged() {
        return what(chosen());
    }

    /** What the rule says, or of its menu the item that somebody chose. */
    private BootAction chosen() {
        BootAction item =
                rule.action() instanceof BootAction.Menu menu && client.menuItem() >= 0
                        ? menu.chosen(client.menuItem())
                        : null;
        return item == null ? rule.action() : item;
    }

    /** A name or a URL; empty where the machine gets the server's address alone. */
    private String what(BootAction action) {
        return switch (action) {
            case BootAction.File file ->
                    client.family() == BootFamily.HTTP ? url(file.name()) : file.name();
            case BootAction.Script script ->
                    config.httpPort() == 0 ? script.name() : url(script.name());
            case BootAction.Template template -> made(template.name());
            case BootAction.Backend _ -> made(BootAction.Backend.NAME);
            case BootAction.Menu menu -> "a menu of " + menu.items().size() + " items";
            case BootAction.Url url -> url.url();
            case BootAction.Tftp() -> "";
            case BootAction.None() -> "";
        };
    }

    /** By address: nobody needs a name server for it, and UEFI asks none. */
    private String url(String name) {
        int port = config.httpPort();
        String portText = port == HTTP_PORT_USUAL || port == 0 ? "" : ":" + port;
        return "http://" + address + portText + "/" + name;
    }

    /** The URL itself says for whom the script is to be made. */
    private String made(String name) {
        String url = url(name) + "?";
        int room = BootAction.NAME_CHARACTERS_MAX - url.length();
        return url + client.machine(config.numberOf(rule)).query(room);
    }

    private Ip4Address fileServer() {
        Ip4Address other = config.fileServer();
        return other == null ? address : other;
    }

    /** True when the machine is to ask on port 4011, and is told no file before. */
    boolean asksAgain() {
        return rule.discovery()
                && client.stage() == BootStage.FIRMWARE
                && client.knowsBootServers();
    }

    /**
     * What the machine is told, for whoever watches.
     *
     * @param first whether it is told so on port 67, and may have to ask again
     */
    BootTold told(boolean first) {
        BootAction action = first ? rule.action() : chosen();
        // Who sits before a menu may take an hour to choose.
        boolean ours =
                config.fileServer() == null
                        && !(action instanceof BootAction.Url)
                        && !(action instanceof BootAction.Menu);
        String what = first ? offered() : acknowledged();
        return new BootTold(what, first && asksAgain(), config.numberOf(rule), rule.match(), ours);
    }

    /** How long an answer may be. */
    static int limit(Message request) {
        int most = request.get(Options.MAX_MESSAGE_SIZE).or(Message.MIN_MAX_MESSAGE_BYTES);
        return Math.max(most, Message.MIN_MAX_MESSAGE_BYTES) - HEADERS_BYTES;
    }

    /** What a machine called itself comes back to it byte for byte (RFC 4578 §2.3). */
    static void echo(Message request, MessageBuilder reply) {
        byte[] machineId = request.raw(Options.CLIENT_MACHINE_ID.code());
        if (machineId != null) {
            reply.option(Options.CLIENT_MACHINE_ID.code(), machineId);
        }
    }

    /** The first answer, on port 67. */
    void offer(MessageBuilder reply) {
        identify(reply);
        if (asksAgain()) {
            reply.siaddr(fileServer());
            return;
        }
        if (rule.action() instanceof BootAction.Menu menu) {
            menu(reply, menu);
            return;
        }
        name(reply, offered());
        byte[] vendorInformation = vendorInformation();
        if (vendorInformation != null) {
            reply.option(BootClient.VENDOR_INFORMATION, vendorInformation);
        }
    }

    /** The answer on port 4011. */
    void acknowledge(MessageBuilder reply) {
        identify(reply);
        int item = client.menuItem();
        if (chosen() instanceof BootAction.Menu menu) {
            menu(reply, menu);
            return;
        }
        name(reply, acknowledged());
        if (item >= 0) {
            byte[] chosen = {BootClient.BOOT_ITEM, 4, (byte) (item >> 8), (byte) item, 0, 0, -1};
            reply.option(BootClient.VENDOR_INFORMATION, chosen);
        }
    }

    private void identify(MessageBuilder reply) {
        reply.option(OptionCode.VENDOR_CLASS, ascii(client.family().vendorClass()));
    }

    /** In the header and as options: shim and old ROMs read the header alone, iPXE the options. */
    private void name(MessageBuilder reply, String what) {
        reply.siaddr(fileServer());
        reply.option(OptionCode.TFTP_SERVER_NAME, ascii(fileServer().toString()));
        if (what.isEmpty()) {
            return;
        }
        reply.option(OptionCode.BOOT_FILE_NAME, ascii(what + "\0"));
        if (what.length() <= FILE_CHARACTERS_MAX) {
            reply.file(what);
        }
    }

    /** Names no file: whoever is named one may not ask. */
    private void menu(MessageBuilder reply, BootAction.Menu menu) {
        reply.siaddr(fileServer());
        reply.option(
                BootClient.VENDOR_INFORMATION,
                BootMenu.write(menu.prompt(), menu.timeoutSeconds(), menu.items(), address));
    }

    private byte @Nullable [] vendorInformation() {
        if (client.architecture() == Architecture.RASPBERRY_PI) {
            return RASPBERRY_PI.clone();
        }
        return client.family() == BootFamily.PXE ? BOOT_FROM_FILE.clone() : null;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
