package io.leasehold.app.command;

import io.leasehold.app.lab.Await;
import io.leasehold.app.lab.ClientEvent;
import io.leasehold.app.lab.ClientOptions;
import io.leasehold.app.lab.ClientProgram;
import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.Lab;
import io.leasehold.app.lab.LabClient;
import io.leasehold.app.lab.LabException;
import io.leasehold.app.lab.LabProcess;
import io.leasehold.app.lab.Segment;
import io.leasehold.app.lab.Shell;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The demonstration: a server and real clients in a lab of their own, and what they say. */
final class Demo implements AutoCloseable {
    static final String IFACE = "eth0";
    static final String SERVER_ADDRESS = "192.168.77.1";
    static final String POOL = "192.168.77.100-192.168.77.199";
    private static final Duration CLIENTS_WAIT_MAX = Duration.ofMinutes(1);

    /**
     * Starts a server on a host, to say its lines to the demonstration, and waits for it to serve.
     */
    interface ServerStart {
        LabProcess start(Demo demo, Host host);
    }

    private final PrintWriter out;
    private final Lab lab;
    private final Segment segment;
    private final LabProcess server;
    private final List<LabClient> clients = new ArrayList<>();
    private final List<Integer> eventsShown = new ArrayList<>();

    Demo(PrintWriter out, ServerStart start) {
        this.out = out;
        this.lab = Lab.open();
        try {
            segment = lab.segment("lan");
            Host host = lab.host("server");
            host.plug(segment, IFACE, "52:54:00:77:00:01");
            host.address(IFACE, SERVER_ADDRESS + "/24");
            server = start.start(this, host);
        } catch (LabException e) {
            lab.close();
            throw e;
        }
    }

    Path data() {
        return lab.directory().resolve("data");
    }

    /** Prints one line, with who said it before it. */
    void say(String who, String line) {
        out.printf("%-8s | %s%n", who, line);
        out.flush();
    }

    /** Starts one client of each program, each on a host of its own. */
    void startClients() {
        for (ClientProgram program : ClientProgram.values()) {
            Host host = lab.host(program.program());
            String hardware = "52:54:00:77:01:0" + (clients.size() + 1);
            host.plug(segment, IFACE, hardware);
            String hostname = "demo-" + program.program();
            say(program.program(), "starts, hardware address " + hardware);
            clients.add(new LabClient(host, program, new ClientOptions(IFACE, hostname)).start());
            eventsShown.add(0);
        }
    }

    /** Waits until every client has an address; true when each really has the one it reports. */
    boolean awaitAddresses() {
        boolean all =
                Await.within(
                        CLIENTS_WAIT_MAX,
                        () -> {
                            showEvents();
                            return !server.isAlive() || clients.stream().allMatch(Demo::isBound);
                        });
        showEvents();
        for (LabClient client : clients) {
            if (!isBound(client)) {
                say(client.program().program(), "got no address");
            }
        }
        return all && clients.stream().allMatch(Demo::isBound);
    }

    private static boolean isBound(LabClient client) {
        return client.events().stream()
                .filter(event -> event.kind() == ClientEvent.Kind.BOUND)
                .anyMatch(event -> client.addresses().contains(event.address()));
    }

    private void showEvents() {
        for (int i = 0; i < clients.size(); i++) {
            LabClient client = clients.get(i);
            List<ClientEvent> events = client.events();
            for (ClientEvent event : events.subList(eventsShown.get(i), events.size())) {
                say(client.program().program(), inWords(event));
            }
            eventsShown.set(i, events.size());
        }
    }

    private static String inWords(ClientEvent event) {
        String kind = event.kind().name().toLowerCase(Locale.ROOT);
        if (event.address().equals("-")) {
            return kind;
        }
        return kind
                + " "
                + event.address()
                + " for "
                + event.leaseSeconds()
                + " s, from server "
                + event.server();
    }

    /** Prints the leases as the command {@code leases} does. */
    void showLeases() {
        out.println();
        out.print(Shell.run(SelfCommand.with("leases", "--data", data().toString())).output());
        out.println();
        out.flush();
    }

    /** How to reach into the lab from another terminal. */
    String hint() {
        return "sudo ip netns exec "
                + clients.getFirst().host().namespace()
                + " ping "
                + SERVER_ADDRESS;
    }

    /** Shows what happens until the server ends; Ctrl-C ends this process, and the lab with it. */
    void serveOn() {
        while (!Await.within(Duration.ofSeconds(1), () -> !server.isAlive())) {
            showEvents();
        }
        if (!lab.isClosed()) {
            say("demo", "the server has ended");
        }
    }

    @Override
    public void close() {
        lab.close();
    }
}
