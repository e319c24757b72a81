import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Rewrites the classes of jars that were compiled for Java 5, as picocli's are, for a newer class
 * file version. The JVM keeps no class in its AOT cache whose version is below 50 (it cannot verify
 * it ahead of time), and without that a start would parse and verify hundreds of them each time.
 */
final class Modernize {
    private static final int VERSION_WITH_STACK_MAPS_MIN = ClassFile.JAVA_7_VERSION;

    public static void main(String[] jars) throws IOException {
        for (String jar : jars) {
            rewrite(Path.of(jar));
        }
    }

    private static void rewrite(Path jar) throws IOException {
        Path aside = jar.resolveSibling(jar.getFileName() + ".new");
        boolean changed = false;
        try (ZipFile in = new ZipFile(jar.toFile());
                URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()});
                OutputStream file = Files.newOutputStream(aside);
                ZipOutputStream out = new ZipOutputStream(file)) {
            ClassFile format =
                    ClassFile.of(
                            ClassFile.ClassHierarchyResolverOption.of(
                                    ClassHierarchyResolver.ofResourceParsing(classes)),
                            ClassFile.ConstantPoolSharingOption.NEW_POOL,
                            ClassFile.StackMapsOption.GENERATE_STACK_MAPS);
            for (ZipEntry entry : Collections.list(in.entries())) {
                byte[] bytes;
                try (InputStream data = in.getInputStream(entry)) {
                    bytes = data.readAllBytes();
                }
                if (entry.getName().endsWith(".class") && version(bytes) < VERSION_WITH_STACK_MAPS_MIN) {
                    bytes = modern(format, bytes);
                    changed = true;
                }
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                out.write(bytes);
            }
        }
        if (changed) {
            Files.move(aside, jar, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.delete(aside);
        }
    }

    private static int version(byte[] bytes) {
        return (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
    }

    private static byte[] modern(ClassFile format, byte[] bytes) {
        ClassTransform newer =
                (builder, element) -> {
                    if (element instanceof ClassFileVersion) {
                        builder.withVersion(ClassFile.JAVA_17_VERSION, 0);
                    } else {
                        builder.with(element);
                    }
                };
        return format.transformClass(format.parse(bytes), newer);
    }
}
