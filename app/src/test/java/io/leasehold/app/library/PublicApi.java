package io.leasehold.app.library;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a module exports, a line for each class and each member that others may use. */
final class PublicApi {
    private PublicApi() {}

    /**
     * The lines of a module, sorted: {@code the class}, or {@code the class: a member}.
     *
     * @param classes where its class files lie
     */
    static List<String> of(Path classes) throws IOException, ClassNotFoundException {
        TreeSet<String> lines = new TreeSet<>();
        for (ModuleDescriptor.Exports exported : descriptor(classes).exports()) {
            Path directory = classes.resolve(exported.source().replace('.', '/'));
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".class")).toList()) {
                    String name = file.getFileName().toString().replace(".class", "");
                    if (!name.equals("package-info")) {
                        add(Class.forName(exported.source() + "." + name), lines);
                    }
                }
            }
        }
        return List.copyOf(lines);
    }

    static ModuleDescriptor descriptor(Path classes) {
        return ModuleFinder.of(classes).findAll().iterator().next().descriptor();
    }

    private static void add(Class<?> type, Set<String> lines) {
        if (!isOpen(type)) {
            return;
        }
        String name = type.getName();
        String parents = type.getGenericSuperclass() + " " + List.of(type.getGenericInterfaces());
        lines.add(name + ": " + type.toGenericString() + " of " + parents);
        for (Constructor<?> each : type.getDeclaredConstructors()) {
            addMember(name, each.getModifiers(), each.isSynthetic(), each.toGenericString(), lines);
        }
        for (Method each : type.getDeclaredMethods()) {
            addMember(name, each.getModifiers(), each.isSynthetic(), each.toGenericString(), lines);
        }
        for (Field each : type.getDeclaredFields()) {
            addMember(name, each.getModifiers(), each.isSynthetic(), each.toGenericString(), lines);
        }
    }

    private static boolean isOpen(Class<?> type) {
        boolean open = true;
        for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
            open &= isOpen(each.getModifiers()) && !each.isAnonymousClass();
        }
        return open;
    }

    private static boolean isOpen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static void addMember(
            String type, int modifiers, boolean synthetic, String text, Set<String> lines) {
        if (isOpen(modifiers) && !synthetic) {
            lines.add(type + ": " + text);
        }
    }

    /**
     * What a program that was built against the one would miss in the other: what is gone, and what
     * it would have to write besides.
     */
    static List<String> broken(List<String> before, List<String> now) {
        List<String> broken = new ArrayList<>();
        for (String line : before) {
            if (!now.contains(line)) {
                broken.add("gone or changed: " + line);
            }
        }
        for (String line : now) {
            String type = line.substring(0, line.indexOf(": ") + 2);
            boolean known = before.stream().anyMatch(each -> each.startsWith(type));
            if (known && line.startsWith(type + "public abstract ") && !before.contains(line)) {
                boolean isType = line.contains(" interface ") || line.contains(" class ");
                if (!isType) {
                    broken.add("to be written besides: " + line);
                }
            }
        }
        return broken;
    }
}
