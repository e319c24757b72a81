package io.leasehold.link;

import io.leasehold.protocol.wire.Ip4Address;
import java.util.List;

/**
 * A program that listens on the sockets it was started with, on port 67, and answers each datagram
 * to where it came from.
 */
final class InheritedProgram {
    private InheritedProgram() {}

    public static void main(String[] arguments) throws Exception {
        List<Integer> inherited = InheritedSockets.of(System.getenv());
        try (Link link = Link.open(LinkOptions.of("srv0").withInherited(inherited))) {
            Recorder recorder = new Recorder();
            while (true) {
                link.receive(-1, recorder);
                for (Recorder.Datagram each : recorder.datagrams) {
                    System.out.println("to " + each.destination() + " from " + each.source());
                    link.send(
                            List.of(
                                    LinkLab.reply(
                                            each.source(),
                                            Ip4Address.ZERO,
                                            each.interfaceIndex(),
                                            null)));
                }
                recorder.datagrams.clear();
            }
        } catch (LinkException e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }
}
