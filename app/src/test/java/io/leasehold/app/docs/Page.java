package io.leasehold.app.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A page of documentation: its text, and the blocks of code in it. */
public record Page(Path file, List<String> lines) {
    private static final String FENCE = "```";

    /**
     * A block of code. The info is what stands behind the fence: {@code sh}, {@code yaml error}.
     */
    public record Block(Page page, int line, String info, List<String> lines) {
        public String text() {
            return String.join("\n", lines) + "\n";
        }

        @Override
        public String toString() {
            return page.file().getFileName() + ":" + line;
        }
    }

    /** The project's directory, wherever within it the tests run. */
    public static Path project() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.exists(at.resolve("leasehold"))) {
            at = at.getParent();
        }
        if (at == null) {
            throw new IllegalStateException("not within the project");
        }
        return at;
    }

    public static Page read(String name) {
        Path file = project().resolve(name);
        try {
            return new Page(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The README and every page under docs. */
    public static List<Page> all() {
        List<Page> pages = new ArrayList<>(List.of(read("README.md")));
        try (Stream<Path> files = Files.list(project().resolve("docs"))) {
            files.map(file -> "docs/" + file.getFileName())
                    .filter(name -> name.endsWith(".md"))
                    .sorted()
                    .forEach(name -> pages.add(read(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pages;
    }

    /** The blocks of all pages whose info begins with a word. */
    public static List<Block> blocks(String word) {
        return all().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> block.info.equals(word) || block.info.startsWith(word + " "))
                .toList();
    }

    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        int start = -1;
        for (int i = 0; i < lines.size(); i++) {
            boolean fence = lines.get(i).startsWith(FENCE);
            if (fence && start < 0) {
                start = i;
            } else if (fence) {
                String info = lines.get(start).substring(FENCE.length()).strip();
                blocks.add(new Block(this, start + 1, info, lines.subList(start + 1, i)));
                start = -1;
            }
        }
        if (start >= 0) {
            throw new IllegalStateException(file + ":" + (start + 1) + ": a block does not end");
        }
        return blocks;
    }

    /** The lines that are no code. */
    public List<String> prose() {
        List<String> prose = new ArrayList<>();
        boolean code = false;
        for (String line : lines) {
            boolean fence = line.startsWith(FENCE);
            code ^= fence;
            if (!code && !fence) {
                prose.add(line);
            }
        }
        return prose;
    }

    /** The rows of tables whose first cell is code, each row its cells. */
    public List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (String line : prose()) {
            if (line.startsWith("| `")) {
                List<String> cells = new ArrayList<>();
                for (String cell : line.substring(1, line.lastIndexOf('|')).split("\\|", -1)) {
                    cells.add(cell.strip());
                }
                rows.add(cells);
            }
        }
        return rows;
    }
}
