package io.leasehold.app.command;

import io.leasehold.app.send.Envelope;
import io.leasehold.app.send.MessageFile;
import io.leasehold.app.send.MessagePlan;
import io.leasehold.app.send.OptionArgument;
import io.leasehold.app.send.Sending;
import io.leasehold.link.LinkException;
import io.leasehold.link.NetworkInterface;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.service.client.ClientWire;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code leasehold send}: sends a message, and prints the answer. */
@Command(
        name = "send",
        sortOptions = false,
        description = {
            "Send a DHCP message, saved in a file or built from flags, and print the answer in"
                    + " full.",
            "Ends with 0 when an answer came or none was waited for, with 1 when none came.",
            "",
            "With -i it goes out as a frame of its own, so that the interface needs no address"
                    + " (root, or CAP_NET_RAW). With --to alone it goes by UDP.",
            ""
        })
public final class SendCommand implements Callable<Integer> {
    private static final double TIMEOUT_SECONDS_MAX = 3_600;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "The message: its bytes as leasehold snoop --save-each writes them, or"
                            + " hexadecimal as in corpus/. It is sent byte for byte, unless flags"
                            + " change it.")
    private @Nullable Path file;

    @Option(names = "--discover", description = "Send a DISCOVER: who has an address for me?")
    private boolean discover;

    @Option(
            names = "--request",
            description =
                    "Send a REQUEST: with --ciaddr to renew, with --option"
                            + " dhcp-requested-address=ADDR to ask for an address again, and with"
                            + " dhcp-server-identifier besides to take up an OFFER.")
    private boolean request;

    @Option(
            names = "--inform",
            description = "Send an INFORM: configuration for an address that is there already.")
    private boolean inform;

    @Option(names = "--release", description = "Send a RELEASE; it has no answer.")
    private boolean release;

    @Option(names = "--decline", description = "Send a DECLINE; it has no answer.")
    private boolean decline;

    @Option(
            names = {"-i", "--interface"},
            paramLabel = "IFACE",
            description = "The interface on whose link it goes out.")
    private @Nullable String interfaceName;

    @Option(
            names = "--to",
            paramLabel = "ADDR[:PORT]",
            description =
                    "Where it goes. Default with -i: everyone on the link, 255.255.255.255 port"
                            + " 67.")
    private @Nullable String to;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description =
                    "The UDP port it leaves from, where answers come to. Default: 68; 67 with"
                            + " --giaddr.")
    private @Nullable Integer port;

    @Option(
            names = "--option",
            paramLabel = "NAME=VALUE",
            description =
                    "An option by its name, as docs/options.md lists them, or by its code with"
                            + " bytes in hexadecimal: 224=01:02. May be repeated.")
    private List<String> options = new ArrayList<>();

    @Option(
            names = "--hardware",
            paramLabel = "MAC",
            description =
                    "The client's hardware address (chaddr), such as 52:54:00:aa:00:01. Default:"
                            + " that of the file, or of the interface.")
    private @Nullable String hardware;

    @Option(
            names = "--ciaddr",
            paramLabel = "ADDR",
            description = "The client's address, which the message leaves from too.")
    private @Nullable String ciaddr;

    @Option(
            names = "--giaddr",
            paramLabel = "ADDR",
            description =
                    "Play the relay agent ADDR, an address of this machine: goes to --to by UDP.")
    private @Nullable String giaddr;

    @Option(
            names = "--xid",
            paramLabel = "HEX",
            description = "The transaction id, such as 1ea50101. Default: a random one.")
    private @Nullable String xid;

    @Option(
            names = "--secs",
            paramLabel = "N",
            description = "Seconds since the client began, 0 to 65535. Default: 0.")
    private @Nullable Integer secs;

    @Option(names = "--broadcast", description = "Ask for the reply by broadcast.")
    private boolean broadcast;

    @Option(
            names = "--timeout",
            paramLabel = "S",
            defaultValue = "10",
            description =
                    "How long to wait for an answer. Meanwhile it is sent again after 4, 8, 16 s"
                            + " and so on. Default: ${DEFAULT-VALUE}.")
    private double timeout;

    @Option(names = "--no-wait", description = "Send it once, and wait for no answer.")
    private boolean noWait;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Write the answer's bytes to FILE.")
    private @Nullable Path save;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print what is sent in full as well.")
    private boolean verbose;

    @Option(
            names = "--json",
            description =
                    "Print the answer as a JSON object on one line, as leasehold snoop does; with"
                            + " -v what is sent before it.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        MessagePlan plan = plan();
        Envelope envelope = envelope();
        if (!(timeout > 0 && timeout <= TIMEOUT_SECONDS_MAX)) {
            throw wrong("--timeout is " + timeout + ", expected more than 0 to 3600");
        }
        Sending sending = new Sending(envelope, out, err, json);
        byte[] saved = file == null ? null : MessageFile.read(file);
        ClientWire opened;
        try {
            opened = sending.open(saved == null ? plan.hardware() : plan.from(saved));
        } catch (LinkException e) {
            err.println("leasehold: " + e.getMessage());
            return 2;
        }
        try (ClientWire wire = opened) {
            byte[] datagram = saved == null ? built(plan, wire) : plan.changed(saved);
            if (verbose) {
                sending.show(datagram);
            }
            if (noWait || !MessagePlan.hasAnswer(datagram)) {
                sending.send(wire, datagram);
                return 0;
            }
            Duration limit = Duration.ofNanos((long) (timeout * 1e9));
            return sending.ask(wire, datagram, limit, save) ? 0 : 1;
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage() + "");
        }
    }

    private byte[] built(MessagePlan plan, ClientWire wire) throws IOException {
        HardwareAddress own = plan.hardware() != null ? plan.hardware() : wire.hardware();
        if (own.length() == 0) {
            throw wrong("whose message is it? Give --hardware MAC, or -i IFACE to use its own");
        }
        Ip4Address address = Ip4Address.ZERO;
        if (inform && ciaddr == null && interfaceName != null) {
            for (NetworkInterface each : NetworkInterface.all()) {
                address = each.name().equals(interfaceName) ? each.primary() : address;
            }
        }
        return plan.built(own, address, new SecureRandom().nextInt());
    }

    private MessagePlan plan() {
        List<MessageType> types = new ArrayList<>();
        add(types, discover, MessageType.DISCOVER);
        add(types, request, MessageType.REQUEST);
        add(types, inform, MessageType.INFORM);
        add(types, release, MessageType.RELEASE);
        add(types, decline, MessageType.DECLINE);
        int messages = types.size() + (file == null ? 0 : 1);
        if (messages != 1) {
            throw wrong(
                    (messages == 0 ? "what is to be sent?" : "one message at a time:")
                            + " Give a FILE, or one of --discover, --request, --inform,"
                            + " --release and --decline");
        }
        List<OptionArgument> given = new ArrayList<>();
        for (String each : options) {
            given.add(read("--option", each, OptionArgument::parse));
        }
        if (secs != null && (secs < 0 || secs > 0xffff)) {
            throw wrong("--secs is " + secs + ", expected 0 to 65535");
        }
        return new MessagePlan(
                types.isEmpty() ? null : types.getFirst(),
                given,
                hardware == null ? null : read("--hardware", hardware, HardwareAddress::parse),
                ciaddr == null ? null : read("--ciaddr", ciaddr, Ip4Address::parse),
                giaddr == null ? null : read("--giaddr", giaddr, Ip4Address::parse),
                xid == null ? null : read("--xid", xid, SendCommand::transaction),
                secs,
                broadcast);
    }

    private static void add(List<MessageType> types, boolean wanted, MessageType type) {
        if (wanted) {
            types.add(type);
        }
    }

    private static int transaction(String text) {
        String digits = text.startsWith("0x") ? text.substring(2) : text;
        if (!digits.matches("[0-9A-Fa-f]{1,8}")) {
            throw new IllegalArgumentException(
                    "found \"" + text + "\", expected up to eight hexadecimal digits");
        }
        return Integer.parseUnsignedInt(digits, 16);
    }

    private Envelope envelope() {
        boolean relay = giaddr != null;
        if (to == null && (relay || interfaceName == null)) {
            throw wrong(
                    relay
                            ? "where is the server? A relay agent sends --to ADDR"
                            : "where to? Give -i IFACE for everyone on its link, or --to ADDR");
        }
        int own = port != null ? port : relay ? ClientWire.SERVER_PORT : ClientWire.CLIENT_PORT;
        if (own < 1 || own > 65535) {
            throw wrong("--port is " + own + ", expected 1 to 65535");
        }
        Ip4Address destination = Ip4Address.BROADCAST;
        int destinationPort = ClientWire.SERVER_PORT;
        if (to != null) {
            int colon = to.indexOf(':');
            destination = read("--to", colon < 0 ? to : to.substring(0, colon), Ip4Address::parse);
            destinationPort = colon < 0 ? destinationPort : toPort(to.substring(colon + 1));
        }
        String from = relay ? giaddr : interfaceName == null ? ciaddr : null;
        return new Envelope(
                interfaceName,
                destination,
                destinationPort,
                from == null ? Ip4Address.ZERO : read("--giaddr", from, Ip4Address::parse),
                own,
                relay);
    }

    private int toPort(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) - 1 >>> 16 != 0) {
            throw wrong("--to: found port \"" + text + "\", expected 1 to 65535");
        }
        return Integer.parseInt(text);
    }

    private <T> T read(String option, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw wrong(option + ": " + e.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
