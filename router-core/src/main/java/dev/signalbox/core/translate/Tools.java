package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the model may call.
 *
 * @param all the tools, in order
 * @param choice which of them it has to call
 * @param parallel whether it may call several at once; empty if nothing is said of it
 */
public record Tools(List<Tool> all, Choice choice, Optional<Boolean> parallel) {

    /** No tools at all. */
    public static final Tools NONE = new Tools(List.of(), new Choice.Unsaid(), Optional.empty());

    public Tools {
        all = List.copyOf(all);
    }

    /** One tool. */
    public sealed interface Tool {

        /** Where it comes from. */
        Origin origin();
    }

    /**
     * A function.
     *
     * @param description what it does; empty if that is not said
     * @param schema the JSON schema of its arguments, an object; empty if there is none
     * @param strict whether arguments have to keep to the schema; empty if nothing is said of it
     */
    public record Function(
            String name,
            Optional<String> description,
            Optional<JsonNode> schema,
            Optional<Boolean> strict,
            Origin origin)
            implements Tool {}

    /**
     * A tool that only its own dialect knows, such as a search that the server does itself.
     *
     * @param kind what it is, in a word
     * @param whole the tool as it was
     */
    public record ForeignTool(String kind, JsonNode whole, Origin origin) implements Tool {

        /** Says it again in its own dialect; in every other one it is lost. */
        void again(Dialect spoken, ArrayNode into, Losses losses) {
            if (origin.in(spoken)) {
                into.add(whole);
            } else {
                losses.lose("tool " + kind, origin.pointer());
            }
        }
    }

    /**
     * One tool or several that only its own dialect says so, while every other one calls them functions.
     *
     * @param functions how the others say it
     * @param whole the tool as it was
     */
    public record Wrapped(List<Function> functions, JsonNode whole, Origin origin) implements Tool {

        public Wrapped {
            functions = List.copyOf(functions);
        }
    }

    /** Says one function in a dialect. */
    @FunctionalInterface
    interface FunctionWriter {
        /** Says it into an empty object. */
        void write(Function function, ObjectNode into);
    }

    /** Says all of them: functions as that writer does, the others as they were if they are of that dialect. */
    ArrayNode said(Dialect spoken, FunctionWriter writer, Losses losses) {
        ArrayNode said = JsonNodeFactory.instance.arrayNode();
        for (Tool tool : all) {
            switch (tool) {
                case Function function -> writer.write(function, said.addObject());
                case Wrapped wrapped when wrapped.origin().in(spoken) -> said.add(wrapped.whole());
                case Wrapped wrapped ->
                    wrapped.functions().forEach(function -> writer.write(function, said.addObject()));
                case ForeignTool foreign -> foreign.again(spoken, said, losses);
            }
        }
        return said;
    }

    /**
     * Those the model may call, in a dialect that cannot offer more than it lets be called, or whose servers seldom can: a
     * choice among some becomes an offer of just those.
     */
    Tools offered(Dialect spoken) {
        return choice instanceof Choice.Among among && !among.dialect().equals(spoken)
                ? new Tools(
                        all.stream().flatMap(tool -> among(tool, among.names())).toList(),
                        among.called() ? new Choice.Any() : new Choice.Auto(),
                        parallel)
                : this;
    }

    /** What only its own dialect knows stays: it is told what becomes of it. */
    private static Stream<Tool> among(Tool tool, Set<String> names) {
        return switch (tool) {
            case Function function -> Stream.<Tool>of(function).filter(one -> names.contains(function.name()));
            case Wrapped wrapped ->
                wrapped.functions().stream()
                        .filter(function -> names.contains(function.name()))
                        .map(function -> new Wrapped(List.of(function), wrapped.whole(), wrapped.origin()));
            case ForeignTool foreign -> Stream.of(foreign);
        };
    }

    /** Which tools the model has to call. */
    public sealed interface Choice {

        /** Nothing is said of it. */
        record Unsaid() implements Choice {}

        /** As the model likes. */
        record Auto() implements Choice {}

        /** No tool. */
        record None() implements Choice {}

        /** Some tool, whichever. */
        record Any() implements Choice {}

        /** That tool. */
        record One(String name) implements Choice {}

        /**
         * Some of those tools only.
         *
         * @param names those of the client's own
         * @param called whether one of them has to be called
         * @param whole the choice as it was
         */
        record Among(Set<String> names, boolean called, Dialect dialect, JsonNode whole) implements Choice {
            public Among {
                names = Set.copyOf(names);
            }
        }

        /** A choice that only its own dialect knows. */
        record ForeignChoice(Dialect dialect, JsonNode whole) implements Choice {}
    }
}
