package io.leasehold.app.config;

import io.leasehold.app.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2 into nodes that know where they stand. The nodes are made here from the parser's
 * events, and not by the library's own composer, so that depth and aliases have bounds: a file
 * cannot use up the stack or, through aliases of aliases, the memory.
 */
final class YamlReader {
    private static final int DEPTH_MAX = 32;
    private static final int ALIASED_NODES_MAX = 100_000;

    private final Problems problems;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private final Iterator<Event> events;
    private long aliasedNodes;
    private long nodes;

    /** What an anchor names; no node as long as it is still being read. */
    private record Anchored(@Nullable YamlNode node, long size) {}

    /** Ends the reading; the problem is noted already. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable() {
            super(null, null, false, false);
        }
    }

    private YamlReader(String text, Problems problems) {
        this.problems = problems;
        LoadSettings settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /** The one document of a text; null when there is none, or none that can be read. */
    static @Nullable YamlNode read(String text, Problems problems) {
        if (!hasOnlyYamlCharacters(text, problems)) {
            return null;
        }
        try {
            return new YamlReader(text, problems).document();
        } catch (Unreadable noted) {
            return null;
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark =
                    YamlWords.isOpen(e.getContext())
                            ? e.getContextMark().or(e::getProblemMark)
                            : e.getProblemMark().or(e::getContextMark);
            problems.add(
                    mark.map(Mark::getLine).orElse(0) + 1,
                    mark.map(Mark::getColumn).orElse(0) + 1,
                    "not YAML: " + Printable.of(YamlWords.of(e.getProblem(), e.getContext())));
            return null;
        } catch (YamlEngineException e) {
            problems.addForFile("not YAML: " + Printable.of(String.valueOf(e.getMessage())));
            return null;
        }
    }

    private static boolean hasOnlyYamlCharacters(String text, Problems problems) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c == '\n') {
                line++;
                column = 0;
            } else if ((c < ' ' && c != '\t' && c != '\r') || c == 0x7f || c == 0xfffe) {
                problems.add(
                        line, column, String.format("found the character U+%04X", c) + NO_PLACE);
                return false;
            }
            column++;
            i += Character.charCount(c);
        }
        return true;
    }

    private static final String NO_PLACE = ", which YAML does not allow";

    private @Nullable YamlNode document() {
        YamlNode root = null;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof NodeEvent node) {
                if (root != null) {
                    throw stop(event, "found a second document, expected one");
                }
                root = node(node, 0);
            }
        }
        return root;
    }

    private YamlNode node(NodeEvent event, int depth) {
        if (depth > DEPTH_MAX) {
            throw stop(event, "nested deeper than " + DEPTH_MAX + " levels");
        }
        if (event instanceof AliasEvent alias) {
            return aliased(alias);
        }
        nodes++;
        long before = nodes;
        Optional<Anchor> anchor = event.getAnchor();
        anchor.ifPresent(name -> anchors.put(name, new Anchored(null, 0)));
        YamlNode node =
                switch (event) {
                    case ScalarEvent scalar -> scalar(scalar);
                    case SequenceStartEvent start -> sequence(start, depth);
                    case MappingStartEvent start -> mapping(start, depth);
                    default -> throw stop(event, "found " + event.getEventId());
                };
        anchor.ifPresent(name -> anchors.put(name, new Anchored(node, nodes - before + 1)));
        return node;
    }

    private YamlNode aliased(AliasEvent event) {
        Anchored target = anchors.get(event.getAlias());
        String name = Printable.quoted("*" + event.getAlias().getValue());
        if (target == null) {
            throw stop(event, "the alias " + name + " has no anchor before it");
        }
        if (target.node == null) {
            throw stop(event, "the alias " + name + " stands inside what it names");
        }
        aliasedNodes += target.size;
        // What is aliased counts again for an anchor around this alias: aliases of aliases grow
        // the count as they would grow the tree.
        nodes += target.size;
        if (aliasedNodes > ALIASED_NODES_MAX) {
            throw stop(event, "aliases stand for more than " + ALIASED_NODES_MAX + " values");
        }
        return target.node;
    }

    private YamlNode.Scalar scalar(ScalarEvent event) {
        refuseTag(event, event.getTag());
        return new YamlNode.Scalar(line(event), column(event), event.getValue(), event.isPlain());
    }

    private YamlNode sequence(SequenceStartEvent start, int depth) {
        refuseTag(start, start.getTag());
        List<YamlNode> items = new ArrayList<>();
        while (events.next() instanceof NodeEvent item) {
            items.add(node(item, depth + 1));
        }
        return new YamlNode.Sequence(line(start), column(start), items);
    }

    private YamlNode mapping(MappingStartEvent start, int depth) {
        refuseTag(start, start.getTag());
        List<YamlNode.Entry> entries = new ArrayList<>();
        while (events.next() instanceof NodeEvent keyEvent) {
            YamlNode key = node(keyEvent, depth + 1);
            if (!(key instanceof YamlNode.Scalar name)) {
                throw stop(keyEvent, "found " + key.found() + " as a key, expected a name");
            }
            Event valueEvent = events.next();
            if (!(valueEvent instanceof NodeEvent value)) {
                throw stop(valueEvent, "found " + valueEvent.getEventId());
            }
            entries.add(new YamlNode.Entry(name, node(value, depth + 1)));
        }
        return new YamlNode.Mapping(line(start), column(start), entries);
    }

    private void refuseTag(Event event, Optional<String> tag) {
        if (tag.isPresent()) {
            throw stop(event, "found the tag " + Printable.quoted(tag.get()) + ", expected none");
        }
    }

    private Unreadable stop(Event event, String text) {
        problems.add(line(event), column(event), text);
        return new Unreadable();
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    private static int column(Event event) {
        return event.getStartMark().map(Mark::getColumn).orElse(0) + 1;
    }
}
