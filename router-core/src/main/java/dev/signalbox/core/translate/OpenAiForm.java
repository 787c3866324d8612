package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import java.util.Optional;
import java.util.Set;

/** {@code response_format}. */
final class OpenAiForm {

    private static final String A_NAME = "answer"; // a schema has to have one

    private OpenAiForm() {}

    /** What is asked for; empty if it is an invention of some server's. */
    static Optional<Form> read(Spot format) throws Malformed {
        if (!format.there()) {
            return Optional.of(new Form.Free());
        }
        return switch (format.anObject().at("type").text()) {
            case "text" -> Optional.of(new Form.Text());
            case "json_object" -> format.node().size() == 1 ? Optional.of(new Form.Json()) : Optional.empty();
            case "json_schema" -> Optional.of(schema(format.at("json_schema").anObject()));
            default -> Optional.empty();
        };
    }

    private static Form schema(Spot held) throws Malformed {
        return new Form.Schema(
                held.at("name").textOrEmpty(),
                held.at("schema").anObject().node(),
                held.at("strict").flag(),
                held.origin(Dialect.OPENAI_CHAT, Set.of("name", "schema", "strict")));
    }

    /** Says it. */
    static void write(Form form, ObjectNode said, Losses losses) {
        switch (form) {
            case Form.Free ignored -> {}
            case Form.Text ignored -> said.putObject("response_format").put("type", "text");
            case Form.Json ignored -> said.putObject("response_format").put("type", "json_object");
            case Form.Schema schema -> {
                ObjectNode format = said.putObject("response_format").put("type", "json_schema");
                write(schema, format.putObject("json_schema"), losses);
            }
        }
    }

    private static void write(Form.Schema schema, ObjectNode into, Losses losses) {
        boolean own = schema.origin().in(Dialect.OPENAI_CHAT);
        into.put("name", schema.name().isEmpty() ? A_NAME : schema.name());
        into.set("schema", schema.schema());
        if (own) {
            schema.strict().ifPresent(strict -> into.put("strict", strict));
        } else {
            into.put("strict", schema.strict().orElse(true)); // where there is no such word, schemas are kept to
        }
        schema.origin().rest(Dialect.OPENAI_CHAT, into, losses);
    }
}
