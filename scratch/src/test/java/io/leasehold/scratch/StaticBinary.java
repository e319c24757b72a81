package io.leasehold.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.wire.Octets;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A probe as one static binary: TeaVM's C, compiled by musl-gcc. And the same probe on a JVM. */
final class StaticBinary {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    /** How much of an answer is told before and behind its first difference. */
    private static final int DIFFERENCE_BYTES = 40;

    private final Class<?> main;
    private final Path binary;

    private StaticBinary(Class<?> main, Path binary) {
        this.main = main;
        this.binary = binary;
    }

    /**
     * Compiles what TeaVM made of a class during this build.
     *
     * @param directory where its C lies under target/c
     */
    static StaticBinary compile(Class<?> main, String directory) throws Exception {
        Path source = TARGET.resolve("c").resolve(directory).resolve("all.c");
        Path binary = TARGET.resolve(directory + "-probe");
        List<String> command = new ArrayList<>(List.of("musl-gcc", "-Os", "-static", "-s"));
        // What nothing calls is left out: a quarter of it.
        command.addAll(List.of("-ffunction-sections", "-fdata-sections", "-Wl,--gc-sections"));
        command.addAll(List.of("-o", binary.toString(), source.toString(), "-lm"));
        Path said = TARGET.resolve(directory + "-gcc.log");
        Process gcc =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        assertThat(gcc.waitFor()).as(() -> text(said)).isZero();
        return new StaticBinary(main, binary);
    }

    Path path() {
        return binary;
    }

    long bytes() throws IOException {
        return Files.size(binary);
    }

    /** What it says of each record, which has to be what the same class says on a JVM. */
    List<Octets> compareWithJvm(List<byte[]> records) throws Exception {
        List<Octets> expected = answersOfJvm(records);
        List<Octets> found = answers(new ProcessBuilder(binary.toString()), records);
        assertThat(expected).hasSameSizeAs(records);
        assertThat(found).hasSameSizeAs(records);
        for (int i = 0; i < records.size(); i++) {
            byte[] said = found.get(i).toBytes();
            byte[] expect = expected.get(i).toBytes();
            int at = Arrays.mismatch(said, expect);
            assertThat(at)
                    .as(
                            "record %d, %s: at byte %d the JVM says %s, the binary %s",
                            i, Octets.of(records.get(i)), at, around(expect, at), around(said, at))
                    .isNegative();
        }
        return found;
    }

    private static String around(byte[] bytes, int at) {
        int from = Math.clamp(at - DIFFERENCE_BYTES, 0, bytes.length);
        int to = Math.clamp(at + DIFFERENCE_BYTES, 0, bytes.length);
        return Octets.of(Arrays.copyOfRange(bytes, from, to)).toString();
    }

    /** The most memory it had while it answered, from the kernel, in 1024 bytes. */
    long residentKilobytesAtMost(List<byte[]> records) throws Exception {
        Process process = new ProcessBuilder(binary.toString()).start();
        try (DataOutputStream in = new DataOutputStream(process.getOutputStream());
                DataInputStream out = new DataInputStream(process.getInputStream())) {
            for (byte[] record : records) {
                in.writeInt(record.length);
                in.write(record);
                in.flush();
                out.skipNBytes(out.readInt());
            }
            return residentKilobytes(process);
        }
    }

    /** The most memory a process had so far. */
    static long residentKilobytes(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private List<Octets> answersOfJvm(List<byte[]> records) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String path = System.getProperty("java.class.path");
        return answers(new ProcessBuilder(java, "-cp", path, main.getName()), records);
    }

    private static List<Octets> answers(ProcessBuilder program, List<byte[]> records)
            throws Exception {
        File in = File.createTempFile("records", null, TARGET.toFile());
        File out = File.createTempFile("answers", null, TARGET.toFile());
        File err = File.createTempFile("said", null, TARGET.toFile());
        try {
            try (DataOutputStream data = new DataOutputStream(Files.newOutputStream(in.toPath()))) {
                for (byte[] record : records) {
                    data.writeInt(record.length);
                    data.write(record);
                }
            }
            Process process =
                    program.redirectInput(in).redirectOutput(out).redirectError(err).start();
            int exit = process.waitFor();
            List<Octets> answers = read(out);
            assertThat(exit)
                    .as(() -> "after " + answers.size() + " answers: " + text(err.toPath()))
                    .isZero();
            return answers;
        } finally {
            for (File file : List.of(in, out, err)) {
                Files.delete(file.toPath());
            }
        }
    }

    private static List<Octets> read(File file) throws IOException {
        List<Octets> answers = new ArrayList<>();
        byte[] all = Files.readAllBytes(file.toPath());
        try (DataInputStream data = new DataInputStream(new ByteArrayInputStream(all))) {
            while (data.available() >= Integer.BYTES) {
                answers.add(Octets.of(data.readNBytes(data.readInt())));
            }
        }
        return answers;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
