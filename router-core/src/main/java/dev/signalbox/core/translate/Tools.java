package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.signalbox.api.Dialect;
import java.util.List;
import java.util.Optional;

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

        /** A choice that only its own dialect knows. */
        record ForeignChoice(Dialect dialect, JsonNode whole) implements Choice {}
    }
}
