package io.leasehold.netboot.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootRootTest {
    @TempDir Path directory = Path.of("");
    private Path root = Path.of("");
    private BootRoot files = new BootRoot(root);

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(directory.resolve("boot"));
        files = new BootRoot(root);
        Files.createDirectories(root.resolve("x64/deep"));
        Files.writeString(root.resolve("x64/a.efi"), "inside");
        Files.createDirectory(directory.resolve("boot-secret"));
        Files.writeString(directory.resolve("boot-secret/key"), "outside");
    }

    private String read(String name) throws IOException {
        FileLookup found = files.open(name);
        assertThat(found).as(name).isInstanceOf(FileLookup.Found.class);
        try (BootFile file = ((FileLookup.Found) found).file()) {
            ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
            file.read(bytes, 0);
            return new String(bytes.array(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void opensFilesUnderItsRoot() throws IOException {
        assertThat(read("x64/a.efi")).isEqualTo("inside");
        assertThat(read("/x64\\a.efi")).isEqualTo("inside");
    }

    @Test
    void readsAtAnyPositionAndNoFurtherThanTheEnd() throws IOException {
        try (BootFile file = ((FileLookup.Found) files.open("x64/a.efi")).file()) {
            ByteBuffer bytes = ByteBuffer.allocate(10);
            file.read(bytes, 4);
            assertThat(bytes.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {'d', 'e'}));
            assertThat(file.size()).isEqualTo(6);
            assertThat(file.path()).isEqualTo("x64/a.efi");
        }
    }

    @Test
    void followsLinksThatStayInside() throws IOException {
        Files.createSymbolicLink(root.resolve("latest"), Path.of("x64"));
        Files.createSymbolicLink(root.resolve("abs.efi"), root.resolve("x64/a.efi"));
        assertThat(read("latest/a.efi")).isEqualTo("inside");
        assertThat(read("abs.efi")).isEqualTo("inside");
    }

    @Test
    void refusesLinksThatLeadOut() throws IOException {
        Files.createSymbolicLink(root.resolve("out"), directory.resolve("boot-secret"));
        Files.createSymbolicLink(root.resolve("key"), Path.of("../boot-secret/key"));
        Files.createSymbolicLink(root.resolve("passwd"), Path.of("/etc/passwd"));
        for (String name : new String[] {"out/key", "key", "passwd"}) {
            assertThat(files.open(name)).as(name).isInstanceOf(FileLookup.Refused.class);
        }
    }

    @Test
    void refusesASiblingWhoseNameBeginsAsTheRoots() throws IOException {
        Files.createSymbolicLink(root.resolve("sibling"), Path.of("../boot-secret/key"));
        assertThat(files.open("sibling")).isInstanceOf(FileLookup.Refused.class);
        assertThat(files.open("../boot-secret/key")).isInstanceOf(FileLookup.Refused.class);
        assertThat(files.open("-secret/key")).isInstanceOf(FileLookup.Missing.class);
    }

    @Test
    void takesAnAbsoluteNameAsOneUnderTheRoot() {
        assertThat(files.open("//etc/passwd")).isInstanceOf(FileLookup.Missing.class);
        assertThat(files.open("/etc/passwd")).isInstanceOf(FileLookup.Missing.class);
    }

    @Test
    void findsNoFileOfANameThatIsTooLongOrGoesThroughAFile() {
        for (String name : new String[] {"a".repeat(512), "a/".repeat(3000) + "b", "x64/a.efi/b"}) {
            assertThat(files.open(name)).as(name).isInstanceOf(FileLookup.Missing.class);
        }
    }

    @Test
    void goesRoundNoCircleOfLinks() throws IOException {
        Files.createSymbolicLink(root.resolve("one"), Path.of("two"));
        Files.createSymbolicLink(root.resolve("two"), Path.of("one"));
        assertThat(files.open("one")).isInstanceOf(FileLookup.Refused.class);
    }

    @Test
    void opensNeitherDirectoriesNorPipes() throws Exception {
        Process mkfifo =
                new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).inheritIO().start();
        assertThat(mkfifo.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(mkfifo.exitValue()).isZero();
        assertThat(files.open("pipe")).isEqualTo(new FileLookup.Missing("it is no plain file"));
        assertThat(files.open("x64")).isEqualTo(new FileLookup.Missing("it is a directory"));
    }

    @Test
    void followsARootThatIsTurnedToAnotherTree() throws IOException {
        Path current = directory.resolve("current");
        Files.createSymbolicLink(current, root);
        files = new BootRoot(current);
        assertThat(read("x64/a.efi")).isEqualTo("inside");
        Files.delete(current);
        Files.createSymbolicLink(current, directory.resolve("boot-secret"));
        assertThat(read("key")).isEqualTo("outside");
        assertThat(files.open("x64/a.efi")).isInstanceOf(FileLookup.Missing.class);
    }
}
