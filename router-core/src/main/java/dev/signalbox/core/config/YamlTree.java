package dev.signalbox.core.config;

import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Makes nodes of the events of a YAML text. Scalars keep what was written, a member has the line of its key. Reads one
 * text, on one thread.
 */
final class YamlTree {

    private static final int DEEPEST = 32;
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private final Where start;
    private final String text;
    private final Parser parser;
    private final Placeholders placeholders;
    private final Problems problems;

    YamlTree(String file, String text, Placeholders placeholders, Problems problems) {
        this.start = new Where(file, 0, "");
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.parser = new ParserImpl(new StreamReader(this.text), new LoaderOptions());
        this.placeholders = placeholders;
        this.problems = problems;
    }

    /** The root of the text; empty if it cannot be read to its end. */
    Optional<ConfigNode.Table> read() {
        try {
            return Optional.of(root());
        } catch (YAMLException wrong) {
            YamlMistake mistake = YamlMistake.of(wrong, text);
            problems.add(new Where(start.file(), mistake.line(), ""), mistake.message());
        } catch (Refused refused) {
            problems.add(refused.where, refused.words);
        }
        return Optional.empty();
    }

    private ConfigNode.Table root() {
        parser.getEvent(); // the stream begins
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            return ConfigNode.Table.empty(start);
        }
        parser.getEvent(); // the document begins
        Optional<ConfigNode> root = node(start, 0);
        parser.getEvent(); // the document ends
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            problems.add(at(parser.peekEvent(), start), "a second document begins here; one file is one document");
        }
        return switch (root.orElseGet(() -> ConfigNode.Table.empty(start))) {
            case ConfigNode.Table table -> table;
            case ConfigNode other -> {
                problems.add(at(1, start), other.seen() + " is not a table of sections such as backends");
                yield ConfigNode.Table.empty(start);
            }
        };
    }

    /** One value with everything in it; empty for null. */
    private Optional<ConfigNode> node(Where where, int depth) {
        if (depth > DEEPEST) {
            throw new Refused(where, "more than %d levels deep".formatted(DEEPEST));
        }
        Event event = parser.getEvent();
        YamlExtras.in(event).ifPresent(extra -> problems.addMissing(where, extra));
        return switch (event) {
            case MappingStartEvent map -> Optional.of(table(where, depth));
            case SequenceStartEvent sequence -> Optional.of(sequence(where, depth));
            case ScalarEvent scalar -> scalar(scalar, where, depth);
            default -> Optional.of(new ConfigNode.Text(where, "")); // an alias, told already
        };
    }

    private ConfigNode.Table table(Where where, int depth) {
        SequencedMap<String, ConfigNode> members = new LinkedHashMap<>();
        SequencedMap<String, Where> places = new LinkedHashMap<>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Event key = parser.getEvent();
            String name = name(key, where);
            Where place = at(key, where).child(name);
            Where first = places.putIfAbsent(name, place);
            Optional<ConfigNode> value = node(place, depth + 1);
            if (first == null) {
                value.ifPresent(each -> members.put(name, each));
            } else {
                problems.add(place, "written twice, first in line %d. Keep one".formatted(first.line()));
            }
        }
        parser.getEvent(); // the table ends
        return new ConfigNode.Table(where, members);
    }

    private String name(Event key, Where where) {
        if (key instanceof ScalarEvent scalar) {
            YamlExtras.in(key).ifPresent(extra -> problems.add(at(key, where), extra));
            return scalar.getValue();
        }
        throw new Refused(
                at(key, where),
                YamlExtras.in(key).orElse("a key is a name, not a list or a table. Is it to be quoted?"));
    }

    private ConfigNode.Sequence sequence(Where where, int depth) {
        List<ConfigNode> items = new ArrayList<>();
        for (int number = 1; !parser.checkEvent(Event.ID.SequenceEnd); number++) {
            Event next = parser.peekEvent();
            Where place = new Where(where.file(), lineOf(next), "%s[%d]".formatted(where.path(), number));
            node(place, depth + 1).ifPresent(items::add);
        }
        parser.getEvent(); // the list ends
        return new ConfigNode.Sequence(where, items);
    }

    private Optional<ConfigNode> scalar(ScalarEvent scalar, Where where, int depth) {
        if (scalar.isPlain() && NULLS.contains(scalar.getValue())) {
            if (scalar.getValue().isEmpty()
                    && depth > 1) { // a section whose members are all commented out is no mistake
                problems.addMissing(
                        where, "has no value. Write {} for an empty table, \"\" for no text, or leave it out");
            }
            return Optional.empty();
        }
        return Optional.of(placeholders.replace(where, scalar.getValue(), problems));
    }

    private static int lineOf(Event event) {
        return event.getStartMark().getLine() + 1;
    }

    private static Where at(Event event, Where where) {
        return at(lineOf(event), where);
    }

    private static Where at(int line, Where where) {
        return new Where(where.file(), line, where.path());
    }

    /** Something after which the rest makes no sense. */
    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Where where;
        private final String words;

        Refused(Where where, String words) {
            super(words, null, false, false);
            this.where = where;
            this.words = words;
        }
    }
}
