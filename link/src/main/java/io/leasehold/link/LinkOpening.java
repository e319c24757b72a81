package io.leasehold.link;

import io.leasehold.protocol.wire.Ip4Address;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the parts of a link one after the other, and undoes them when one fails. */
final class LinkOpening {
    private static final System.Logger LOG = System.getLogger("io.leasehold.link");

    private final Arena arena;
    private final LinkOptions options;
    private final Counting counting;
    private final List<Runnable> undo = new ArrayList<>();
    private @Nullable Poller poller;
    private @Nullable InterfaceWatch watch;
    private @Nullable Sender sender;
    private @Nullable Pinger pinger;
    private @Nullable SocketSet sockets;

    LinkOpening(Arena arena, LinkOptions options, Counting counting) {
        this.arena = arena;
        this.options = options;
        this.counting = counting;
    }

    /** The watch is opened before the first look, so that no change falls between them. */
    InterfaceTable open() throws LinkException {
        Poller polling = new Poller(arena);
        poller = polling;
        undo.add(polling::close);
        InterfaceWatch watching = new InterfaceWatch(arena);
        watch = watching;
        undo.add(watching::close);
        SocketSet opening = new SocketSet(arena, options, polling);
        sockets = opening;
        Neighbours neighbours = neighbours();
        undo.add(neighbours::close);
        sender = new Sender(arena, opening, neighbours, counting);
        InterfaceTable table = new InterfaceTable(InterfaceDump.read(), options.interfaces());
        check(table);
        undo.add(opening::closeAll);
        opening.openAll(table);
        polling.add(watching.fd());
        if (options.pings()) {
            openPings(polling);
        }
        if (neighbours instanceof HelpedNeighbours helped) {
            helped.awaitStart();
        }
        sender.keepBroadcasts(table);
        return table;
    }

    private void openPings(Poller polling) throws LinkException {
        Pinger pinging = new Pinger(arena);
        pinger = pinging;
        undo.add(pinging::close);
        if (pinging.fd() >= 0) {
            polling.add(pinging.fd());
        } else {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "addresses cannot be pinged before they are offered (needs CAP_NET_RAW): "
                            + Abi.errorText(pinging.fd()));
        }
    }

    /** By the helper where it is wanted, and where there is a privilege to keep for it. */
    private Neighbours neighbours() throws LinkException {
        NeighbourScope scope = options.helped();
        if (scope != null && Privileges.allowNeighbours()) {
            return new HelpedNeighbours(arena, HelperProcess.start(arena, scope));
        }
        return new KernelNeighbours(arena);
    }

    private void check(InterfaceTable table) throws LinkException {
        List<String> missing = new ArrayList<>();
        for (String name : options.interfaces()) {
            if (!name.equals(LinkOptions.EVERY_INTERFACE) && !table.has(name)) {
                missing.add("interface " + name);
            }
        }
        for (String each : options.listen()) {
            if (!each.equals(LinkOptions.EVERY_ADDRESS) && !table.has(address(each))) {
                missing.add("address " + each);
            }
        }
        String device = options.device();
        if (device != null && !table.has(device)) {
            throw new LinkException("no interface " + device + "; there are: " + described(table));
        }
        int wanted = options.interfaces().size() + options.listen().size();
        if (wanted == 0 && options.inherited().isEmpty()) {
            throw new LinkException(
                    "there is nothing to listen on: name an interface ("
                            + table.names()
                            + ") or an address");
        }
        if (missing.size() == wanted && options.inherited().isEmpty()) {
            throw new LinkException(
                    "no " + String.join(", no ", missing) + "; there are: " + described(table));
        }
        for (String each : missing) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "no " + each + " yet; it is served as soon as it is there");
        }
    }

    private static Ip4Address address(String text) throws LinkException {
        try {
            return Ip4Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new LinkException("cannot listen on " + text + ": " + e.getMessage());
        }
    }

    private static String described(InterfaceTable table) {
        List<String> each = new ArrayList<>();
        for (NetworkInterface one : table.all()) {
            List<String> addresses = new ArrayList<>();
            one.addresses().forEach(address -> addresses.add(address.toString()));
            each.add(
                    addresses.isEmpty()
                            ? one.name()
                            : one.name() + " (" + String.join(" ", addresses) + ")");
        }
        return String.join(", ", each);
    }

    Poller poller() {
        return Objects.requireNonNull(poller);
    }

    InterfaceWatch watch() {
        return Objects.requireNonNull(watch);
    }

    Sender sender() {
        return Objects.requireNonNull(sender);
    }

    @Nullable Pinger pinger() {
        return pinger;
    }

    SocketSet sockets() {
        return Objects.requireNonNull(sockets);
    }

    /** Closes what was opened, the last first. */
    void undo() {
        undo.reversed().forEach(Runnable::run);
    }
}
