package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import java.util.Optional;
import java.util.Set;

/** {@code text.format}. */
final class ResponsesForm {

    private static final String A_NAME = "answer"; // a schema has to have one

    private ResponsesForm() {}

    /** What is asked for; empty if it is an invention of some server's. */
    static Optional<Form> read(Spot format) throws Malformed {
        if (!format.there()) {
            return Optional.of(new Form.Free());
        }
        return switch (format.anObject().at("type").text()) {
            case "text" -> Optional.of(new Form.Text());
            case "json_object" -> format.node().size() == 1 ? Optional.of(new Form.Json()) : Optional.empty();
            case "json_schema" ->
                Optional.of(new Form.Schema(
                        format.at("name").textOrEmpty(),
                        format.at("schema").anObject().node(),
                        format.at("strict").flag(),
                        format.origin(Dialect.OPENAI_RESPONSES, Set.of("type", "name", "schema", "strict"))));
            default -> Optional.empty();
        };
    }

    /** Says it. */
    static void write(Form form, ObjectNode said, Losses losses) {
        switch (form) {
            case Form.Free ignored -> {}
            case Form.Text ignored -> format(said, "text");
            case Form.Json ignored -> format(said, "json_object");
            case Form.Schema schema -> write(schema, format(said, "json_schema"), losses);
        }
    }

    private static ObjectNode format(ObjectNode said, String type) {
        return said.withObjectProperty("text").putObject("format").put("type", type);
    }

    private static void write(Form.Schema schema, ObjectNode into, Losses losses) {
        into.put("name", schema.name().isEmpty() ? A_NAME : schema.name());
        into.set("schema", schema.schema());
        if (schema.origin().in(Dialect.OPENAI_RESPONSES)) {
            schema.strict().ifPresent(strict -> into.put("strict", strict));
        } else {
            into.put("strict", schema.strict().orElse(true)); // where there is no such word, schemas are kept to
        }
        schema.origin().rest(Dialect.OPENAI_RESPONSES, into, losses);
    }
}
