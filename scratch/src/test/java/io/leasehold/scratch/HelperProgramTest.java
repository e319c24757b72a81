package io.leasehold.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.link.helper.HelperRecord;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The neighbour helper as a static binary, in a network namespace that ends with it. */
@Tag("musl")
@Tag("lab")
class HelperProgramTest {
    private static final int MADE = 0;
    private static final int BATCHES = 1_000;
    private static final int HELD_MAX = 256;
    private static final long RESIDENT_KILOBYTES_MAX = 2 << 10;
    private static final byte[] CLIENT = {0x52, 0x54, 0, 0, 0, 1};
    private static final byte[] NOBODY = new byte[CLIENT.length];

    private static StaticBinary binary;

    private @Nullable Process started;

    @BeforeAll
    static void compile() throws Exception {
        binary = StaticBinary.compile(HelperProgram.class, "helper");
    }

    @AfterEach
    void end() throws InterruptedException {
        if (started != null) {
            started.destroyForcibly().waitFor();
        }
    }

    /** With a served interface cli0, 10.9.0.1/16, whose index is 7, beside another one. */
    private Process start() throws IOException {
        String wires =
                "ip link add name cli0 index 7 type veth peer name far0 && ip link set cli0 up"
                        + " && ip link set far0 up && ip address add 10.9.0.1/16 dev cli0"
                        + " && ip link add name other0 type veth peer name other1"
                        + " && ip address add 10.8.0.1/24 dev other0 && exec \"$0\" interface=cli0";
        Process process =
                new ProcessBuilder("unshare", "--net", "sh", "-c", wires, binary.path().toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        started = process;
        assertThat(answers(process, 1)).as("it is ready").containsExactly(0);
        return process;
    }

    private static byte[] request(int interfaceIndex, String address, byte[] hardware) {
        byte[] request = new byte[HelperRecord.REQUEST_BYTES];
        int bits = 0;
        for (String octet : address.split("\\.", -1)) {
            bits = bits << 8 | Integer.parseInt(octet);
        }
        HelperRecord.put(request, 0, interfaceIndex, bits, hardware);
        return request;
    }

    private static List<Integer> ask(Process helper, byte[]... requests) throws IOException {
        byte[] all = new byte[requests.length * HelperRecord.REQUEST_BYTES];
        for (int i = 0; i < requests.length; i++) {
            System.arraycopy(requests[i], 0, all, i * requests[i].length, requests[i].length);
        }
        OutputStream in = helper.getOutputStream();
        in.write(all);
        in.flush();
        return answers(helper, requests.length);
    }

    private static List<Integer> answers(Process helper, int count) throws IOException {
        DataInputStream out = new DataInputStream(helper.getInputStream());
        byte[] bytes = out.readNBytes(count * HelperRecord.ANSWER_BYTES);
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < bytes.length / HelperRecord.ANSWER_BYTES; i++) {
            answers.add(HelperRecord.answer(bytes, i));
        }
        return answers;
    }

    /** What a program says within the helper's namespace. */
    private static String there(Process helper, String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of("nsenter", "-n", "-t", "" + helper.pid()));
        words.addAll(Arrays.asList(command));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static String neighbours(Process helper) throws Exception {
        return there(helper, "ip", "-4", "neighbour", "show", "nud", "all");
    }

    @Test
    void entersClientsOfTheServedNetworkAndTakesThemOut() throws Exception {
        Process helper = start();
        assertThat(ask(helper, request(7, "10.9.0.5", CLIENT), request(7, "10.9.0.6", CLIENT)))
                .containsExactly(MADE, MADE);
        assertThat(neighbours(helper))
                .contains("10.9.0.5 dev cli0 lladdr 52:54:00:00:00:01")
                .contains("10.9.0.6 dev cli0 lladdr 52:54:00:00:00:01");
        assertThat(ask(helper, request(7, "10.9.0.5", NOBODY))).containsExactly(MADE);
        assertThat(neighbours(helper)).doesNotContain("10.9.0.5 dev cli0 lladdr");
    }

    @Test
    void entersEverybodyOnAServedInterfaceForGood() throws Exception {
        Process helper = start();
        assertThat(ask(helper, everybody(1), everybody(7)))
                .containsExactly(HelperRecord.REFUSED, MADE);
        assertThat(neighbours(helper))
                .contains("255.255.255.255 dev cli0 lladdr ff:ff:ff:ff:ff:ff PERMANENT")
                .doesNotContain("255.255.255.255 dev lo");
    }

    private static byte[] everybody(int interfaceIndex) {
        byte[] request = new byte[HelperRecord.REQUEST_BYTES];
        HelperRecord.putEverybody(request, 0, interfaceIndex);
        return request;
    }

    @Test
    void refusesWhatIsNoClientOfAServedNetwork() throws Exception {
        Process helper = start();
        byte[] group = {1, 0, 0x5e, 0, 0, 1};
        byte[] more = request(7, "10.9.0.5", CLIENT);
        more[HelperRecord.REQUEST_BYTES - 1] = 1;
        List<byte[]> wrong =
                List.of(
                        request(7, "10.9.0.1", CLIENT),
                        request(7, "10.9.255.255", CLIENT),
                        request(7, "10.8.0.5", CLIENT),
                        request(7, "8.8.8.8", CLIENT),
                        request(1, "127.0.0.2", CLIENT),
                        request(0, "10.9.0.5", CLIENT),
                        request(-1, "10.9.0.5", CLIENT),
                        request(7, "10.9.0.5", group),
                        request(7, "8.8.8.8", NOBODY),
                        more);
        assertThat(ask(helper, wrong.toArray(new byte[0][])))
                .hasSize(wrong.size())
                .containsOnly(HelperRecord.REFUSED);
        assertThat(neighbours(helper)).doesNotContain("52:54:00:00:00:01");
    }

    @Test
    void knowsAnAddressThatComesWhileItServes() throws Exception {
        Process helper = start();
        assertThat(ask(helper, request(7, "10.7.0.5", CLIENT)))
                .containsExactly(HelperRecord.REFUSED);
        there(helper, "ip", "address", "add", "10.7.0.1/24", "dev", "cli0");
        assertThat(ask(helper, request(7, "10.7.0.5", CLIENT))).containsExactly(MADE);
    }

    @Test
    void keepsItsNewestEntriesAndItsMemory() throws Exception {
        Process helper = start();
        for (int batch = 0; batch < BATCHES; batch++) {
            byte[][] requests = new byte[HelperRecord.BATCH_MAX][];
            for (int i = 0; i < requests.length; i++) {
                requests[i] = request(7, "10.9." + (1 + batch % 200) + "." + i, CLIENT);
            }
            assertThat(ask(helper, requests)).hasSize(requests.length).containsOnly(MADE);
        }
        assertThat(neighbours(helper).lines().filter(line -> line.contains("52:54:")))
                .hasSize(HELD_MAX);
        long kilobytes = StaticBinary.residentKilobytes(helper);
        System.out.printf(
                "the helper's static binary: %,d bytes; resident at most: %,d KB%n",
                binary.bytes(), kilobytes);
        assertThat(kilobytes).isPositive().isLessThan(RESIDENT_KILOBYTES_MAX);
    }

    @Test
    void endsWithItsInput() throws Exception {
        Process helper = start();
        helper.getOutputStream().close();
        assertThat(helper.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(helper.exitValue()).isZero();
    }

    @Test
    void saysWhatItCannotRead() throws Exception {
        Path said = Files.createTempFile(Path.of("target"), "said", null);
        Process helper =
                new ProcessBuilder(binary.path().toString(), "--all")
                        .redirectError(said.toFile())
                        .start();
        started = helper;
        assertThat(helper.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(helper.exitValue()).isEqualTo(1);
        assertThat(said)
                .hasContent(
                        "leasehold: the neighbour helper ends: found \"--all\", expected"
                                + " interface=, excluded= or network=\n");
        Files.delete(said);
    }
}
