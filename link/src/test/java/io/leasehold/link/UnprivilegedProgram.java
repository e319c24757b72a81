package io.leasehold.link;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A program that opens a link as root, becomes another user, and goes on: {@code USER}. It says
 * {@code ready}, prints where each datagram that comes went to, and obeys {@code reply INTERFACE
 * ADDRESS HARDWARE} on standard input, at whose end it ends.
 */
final class UnprivilegedProgram {
    private UnprivilegedProgram() {}

    public static void main(String[] arguments) throws Exception {
        User user = User.find(arguments[0]);
        LinkOptions options =
                LinkOptions.of("srv0")
                        .withListen(LinkOptions.EVERY_ADDRESS)
                        .withHelper(NeighbourScope.of("srv0"))
                        .withoutPings();
        try (Link link = Link.open(options)) {
            Privileges.become(user);
            Thread.ofPlatform().daemon().start(() -> receive(link));
            System.out.println("ready");
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(obey(link, line.split(" ", -1)));
            }
        }
    }

    private static String obey(Link link, String[] words) {
        NetworkInterface to = link.interfaceNamed(words[1]);
        if (to == null) {
            return "no interface";
        }
        long before = link.counters().neighbours();
        link.send(
                List.of(
                        LinkLab.reply(
                                Ip4Address.parse(words[2]),
                                Ip4Address.ZERO,
                                to.index(),
                                HardwareAddress.parse(words[3]))));
        return link.counters().neighbours() > before ? "entered" : "broadcast";
    }

    private static void receive(Link link) {
        Recorder recorder = new Recorder();
        try {
            while (true) {
                link.receive(-1, recorder);
                recorder.datagrams.forEach(each -> System.out.println("to " + each.destination()));
                recorder.datagrams.clear();
            }
        } catch (IOException closed) {
            System.out.println("closed");
        }
    }
}
