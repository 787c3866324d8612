package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.signalbox.api.Dialect;
import java.util.List;
import java.util.Optional;

/** One thing in a message. */
public sealed interface Part {

    /** Where it comes from. */
    Origin origin();

    /** Words. */
    record Text(String text, Origin origin) implements Part {}

    /** A picture. */
    record Image(Media media, Origin origin) implements Part {}

    /**
     * A document.
     *
     * @param title its title or its file's name
     */
    record Document(Media media, Optional<String> title, Origin origin) implements Part {

        /** Its words with the title above them, where a document is said as a text. */
        String titled(Media.Words words) {
            return title.map(line -> line + "\n\n").orElse("") + words.text();
        }
    }

    /**
     * A file that the server has.
     *
     * @param id what the server calls it
     * @param name the file's name
     */
    record File(String id, Optional<String> name, Origin origin) implements Part {}

    /**
     * A call of a tool by the model.
     *
     * @param id what its result refers to; empty where the dialect has none
     * @param arguments JSON text as the model wrote it, which need not be JSON
     */
    record ToolCall(String id, String name, String arguments, Origin origin) implements Part {}

    /**
     * What a tool answered.
     *
     * @param id which call it answers; empty where the dialect has none
     * @param name the tool's name; empty where the dialect does not say
     * @param parts texts, images and documents
     * @param plain whether it was one string rather than a list of parts
     * @param error whether the tool failed; empty if nothing is said of it
     */
    record ToolResult(String id, String name, List<Part> parts, boolean plain, Optional<Boolean> error, Origin origin)
            implements Part {
        public ToolResult {
            parts = List.copyOf(parts);
        }
    }

    /**
     * What the model thought.
     *
     * @param signature what its maker knows it by; empty if there is none
     */
    record Thinking(String text, Seal signature, Origin origin) implements Part {}

    /** What the model thought, readable to its maker only. */
    record Redacted(Seal data, Origin origin) implements Part {}

    /** Why the model does not do it. */
    record Refusal(String text, Origin origin) implements Part {}

    /**
     * Something that only its own dialect can say.
     *
     * @param kind what it is, in a word, such as {@code input_audio}
     * @param whole the part as it was
     */
    record Foreign(String kind, JsonNode whole, Origin origin) implements Part {

        /** Says it again in its own dialect, or one that has the same; in every other one it is lost. */
        void again(Dialect spoken, ArrayNode into, Losses losses) {
            if (origin.in(spoken) || (kind.equals("input_audio") && origin.kin(spoken))) {
                into.add(whole);
            } else {
                losses.lose(kind, origin.pointer());
            }
        }
    }
}
