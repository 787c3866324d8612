package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What the answer has to look like. */
public sealed interface Form {

    /** Nothing is said of it. */
    record Free() implements Form {}

    /** Text, and that was said. */
    record Text() implements Form {}

    /** Some JSON. */
    record Json() implements Form {}

    /**
     * JSON of a schema.
     *
     * @param name the schema's name; empty where the dialect has none
     * @param schema the JSON schema
     * @param strict whether it has to be kept to; empty if nothing is said of it
     * @param origin what holds the schema
     */
    record Schema(String name, JsonNode schema, Optional<Boolean> strict, Origin origin) implements Form {}
}
