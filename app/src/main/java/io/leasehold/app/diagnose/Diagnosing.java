package io.leasehold.app.diagnose;

import io.leasehold.app.Printable;
import io.leasehold.app.config.NetbootSetup;
import io.leasehold.app.run.HostClock;
import io.leasehold.app.run.Signals;
import io.leasehold.link.CaptureSocket;
import io.leasehold.link.InterfaceAddress;
import io.leasehold.link.LinkException;
import io.leasehold.link.NetworkInterface;
import io.leasehold.netboot.diagnose.BootDiagnosis;
import io.leasehold.netboot.diagnose.BootFinding;
import io.leasehold.netboot.diagnose.BootProbe;
import io.leasehold.netboot.proxy.BootPort;
import io.leasehold.protocol.capture.Decoded;
import io.leasehold.protocol.capture.Direction;
import io.leasehold.protocol.capture.FrameDecoder;
import io.leasehold.protocol.capture.LinkType;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.ParseResult;
import io.leasehold.service.client.ClientWire;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code leasehold netboot --diagnose}: listens for a while, asks once as a machine would, and says
 * what would keep machines from booting.
 */
public final class Diagnosing {
    private static final int CLIENT_PORT = 68;
    private static final long WAIT_NANOS = 100_000_000;

    /** As UEFI waits before it asks anew. */
    private static final int ASK_AGAIN_MILLIS = 4_000;

    private final NetbootSetup setup;
    private final boolean hasRules;
    private final PrintWriter out;
    private final SecureRandom random = new SecureRandom();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Ear> ears = new ArrayList<>();
    private final List<Ip4Address> own = new ArrayList<>();
    private final List<BootFinding> found = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * @param hasRules false where nothing is said of what boots what
     */
    public Diagnosing(NetbootSetup setup, boolean hasRules, PrintWriter out) {
        this.setup = setup;
        this.hasRules = hasRules;
        this.out = out;
    }

    /** What is heard on one interface. */
    private final class Ear {
        final CaptureSocket socket;
        final BootDiagnosis diagnosis;
        final HardwareAddress hardware;
        final Message question;
        private final FrameDecoder decoder = new FrameDecoder();
        private final Set<String> told = new HashSet<>();

        Ear(CaptureSocket socket) {
            this.socket = socket;
            byte[] octets = new byte[6];
            byte[] uuid = new byte[16];
            random.nextBytes(octets);
            random.nextBytes(uuid);
            // Administered locally, and of one station: nobody's card has it.
            octets[0] = 2;
            hardware = HardwareAddress.of(HardwareAddress.ETHERNET, octets);
            question = BootProbe.discover(hardware, random.nextInt(), uuid);
            diagnosis = new BootDiagnosis(hasRules ? setup.rules() : null, own, hardware);
        }

        String name() {
            return socket.networkInterface().name();
        }

        void ask() {
            try (ClientWire wire = ClientWire.onLink(name(), hardware, CLIENT_PORT, 67)) {
                wire.send(
                        question.toBytes(),
                        Ip4Address.ZERO,
                        Ip4Address.BROADCAST,
                        Ip4Address.BROADCAST);
            } catch (IOException e) {
                found.add(
                        new BootFinding(
                                "cannot send on " + name() + ": " + e.getMessage(),
                                "machines cannot be answered there",
                                "look at the interface: ip link show " + name()));
            }
        }

        void listen() throws LinkException {
            int type = socket.ethernet() ? LinkType.ETHERNET : LinkType.IPV4;
            socket.receive(
                    (nanos, outgoing, unfinished, bytes, offset, length) -> {
                        Direction direction = outgoing ? Direction.OUT : Direction.IN;
                        Decoded decoded =
                                decoder.decode(type, direction, nanos, bytes, offset, length);
                        if (decoded instanceof Decoded.Udp udp
                                && Message.parse(udp.datagram().payload().toBytes())
                                        instanceof ParseResult.Parsed parsed) {
                            diagnosis.saw(parsed.message(), udp.datagram().source());
                        }
                    });
            for (String line : diagnosis.heard()) {
                if (told.add(line)) {
                    tell("heard: " + where() + line);
                }
            }
        }

        /** Where there are several interfaces, which one. */
        String where() {
            return ears.size() > 1 ? name() + ": " : "";
        }
    }

    /**
     * Listens and judges. Returns the exit code: 0 when nothing was found, 1 otherwise.
     *
     * @throws IllegalArgumentException when there is no such interface
     * @throws IOException when this process may not listen
     */
    public int run(long millis) throws IOException {
        HostChecks host = new HostChecks(setup, found, notes);
        List<NetworkInterface> interfaces = interfaces();
        for (NetworkInterface each : interfaces) {
            host.look(each);
            each.addresses().stream().map(InterfaceAddress::address).forEach(own::add);
        }
        boolean usable = found.isEmpty();
        try {
            for (NetworkInterface each : interfaces) {
                if (each.up()) {
                    List<Integer> ports = List.of(67, 68, BootPort.BOOT_SERVER.number());
                    ears.add(new Ear(CaptureSocket.open(each, ports)));
                }
            }
            Signals.on("INT", () -> stopped.set(true));
            Signals.on("TERM", () -> stopped.set(true));
            if (!ears.isEmpty()) {
                listen(millis);
            }
        } finally {
            ears.forEach(each -> each.socket.close());
        }
        if (usable) {
            host.ports();
        }
        host.files();
        FirewallCheck.look(setup, found, notes);
        for (Ear each : ears) {
            for (BootFinding one : each.diagnosis.findings()) {
                found.add(new BootFinding(each.where() + one.what(), one.why(), one.todo()));
            }
        }
        return report();
    }

    private List<NetworkInterface> interfaces() throws IOException {
        List<NetworkInterface> all = NetworkInterface.all();
        List<NetworkInterface> wanted = new ArrayList<>();
        for (String name : setup.interfaces()) {
            wanted.add(
                    all.stream()
                            .filter(each -> each.name().equals(name))
                            .findFirst()
                            .orElseThrow(() -> new IllegalArgumentException(none(name, all))));
        }
        return wanted;
    }

    private static String none(String name, List<NetworkInterface> all) {
        List<String> names = all.stream().map(NetworkInterface::name).toList();
        return "no interface " + name + "; there are: " + String.join(", ", names);
    }

    private void listen(long millis) throws IOException {
        tell(
                "listening on "
                        + String.join(", ", setup.interfaces())
                        + " for "
                        + millis / 1000
                        + " s, and asking as a machine with x64 UEFI would; no address is taken");
        long begun = HostClock.runningMillis();
        List<CaptureSocket> sockets = ears.stream().map(each -> each.socket).toList();
        ears.forEach(Ear::ask);
        boolean askAgain = found.isEmpty();
        for (long now = begun; now - begun < millis && !stopped.get(); ) {
            CaptureSocket.await(sockets, WAIT_NANOS);
            for (Ear each : ears) {
                each.listen();
            }
            now = HostClock.runningMillis();
            if (askAgain && now - begun >= ASK_AGAIN_MILLIS) {
                askAgain = false;
                ears.stream().filter(each -> each.diagnosis.heard().isEmpty()).forEach(Ear::ask);
            }
        }
    }

    private int report() {
        notes.forEach(each -> tell("note:  " + each));
        for (int i = 0; i < found.size(); i++) {
            BootFinding each = found.get(i);
            tell("");
            tell(i + 1 + ". " + each.what());
            tell("   why: " + each.why());
            tell("   do:  " + each.todo());
        }
        tell("");
        tell(
                found.isEmpty()
                        ? "nothing was found that would keep machines from booting"
                        : found.size() == 1
                                ? "1 thing would keep machines from booting"
                                : found.size() + " things would keep machines from booting");
        return found.isEmpty() ? 0 : 1;
    }

    private void tell(String line) {
        out.println(Printable.of(line));
        out.flush();
    }
}
