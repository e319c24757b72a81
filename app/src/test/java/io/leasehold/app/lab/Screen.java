package io.leasehold.app.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Screen and keyboard of a machine that QEMU runs.
 *
 * @param shown the file of all that it printed, also where a line has no end yet
 * @param control the socket at which QEMU can be told what to do (QMP)
 */
record Screen(Path shown, Path control) {
    private static final Duration SHOWN_WAIT_MAX = Duration.ofMinutes(2);

    /** Waits for a text. */
    void await(String text) {
        Await.until(
                SHOWN_WAIT_MAX, () -> all().contains(text), () -> "no \"" + text + "\": " + all());
    }

    private String all() {
        try {
            // QEMU makes it when it starts.
            return Files.exists(shown) ? Files.readString(shown, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new LabException("cannot read " + shown, e);
        }
    }

    /** Presses a key, by QEMU's name of it, and lets go of it. */
    void press(String key) {
        try (SocketChannel qemu = SocketChannel.open(UnixDomainSocketAddress.of(control));
                BufferedReader answers =
                        new BufferedReader(Channels.newReader(qemu, StandardCharsets.UTF_8))) {
            ask(qemu, answers, "{'execute': 'qmp_capabilities'}");
            String pressed = "[{'type': 'qcode', 'data': '" + key + "'}]";
            ask(qemu, answers, "{'execute': 'send-key', 'arguments': {'keys': " + pressed + "}}");
        } catch (IOException e) {
            throw new LabException("cannot press " + key + " by way of " + control, e);
        }
    }

    private static void ask(SocketChannel qemu, BufferedReader answers, String what)
            throws IOException {
        qemu.write(ByteBuffer.wrap(what.getBytes(StandardCharsets.UTF_8)));
        String answer = answers.readLine();
        while (answer != null && !answer.startsWith("{\"return\"")) {
            if (answer.startsWith("{\"error\"")) {
                throw new IOException(answer);
            }
            answer = answers.readLine();
        }
    }
}
