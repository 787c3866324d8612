package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the answer has to look like, in OpenAI's dialects, which differ in where the schema stands.
 *
 * @param dialect which of them
 * @param holder the member that holds the schema; empty if it stands beside the type
 */
record OpenAiForm(Dialect dialect, String holder) {

    private static final String A_NAME = "answer"; // a schema has to have one
    private static final Map<String, String> BOTH_HAVE = Map.of("description", "description");
    private static final Set<String> SCHEMA = Set.of("name", "schema", "strict");
    private static final Set<String> SCHEMA_BESIDE = Set.of("type", "name", "schema", "strict");

    /** What is asked for; empty if it is an invention of some server's. */
    Optional<Form> read(Spot format) throws Malformed {
        if (!format.there()) {
            return Optional.of(new Form.Free());
        }
        return switch (format.anObject().at("type").text()) {
            case "text" -> Optional.of(new Form.Text());
            case "json_object" -> format.node().size() == 1 ? Optional.of(new Form.Json()) : Optional.empty();
            case "json_schema" ->
                Optional.of(holder.isEmpty() ? schema(format, SCHEMA_BESIDE) : schema(format.at(holder), SCHEMA));
            default -> Optional.empty();
        };
    }

    private Form schema(Spot held, Set<String> known) throws Malformed {
        return new Form.Schema(
                held.anObject().at("name").textOrEmpty(),
                held.at("schema").anObject().node(),
                held.at("strict").flag(),
                held.origin(dialect, known));
    }

    /**
     * Says it.
     *
     * @param member what it is called
     * @param said what has that member
     */
    void write(Form form, String member, ObjectNode said, Losses losses) {
        switch (form) {
            case Form.Free ignored -> {}
            case Form.Text ignored -> said.putObject(member).put("type", "text");
            case Form.Json ignored -> said.putObject(member).put("type", "json_object");
            case Form.Schema schema -> {
                ObjectNode format = said.putObject(member).put("type", "json_schema");
                write(schema, holder.isEmpty() ? format : format.putObject(holder), losses);
            }
        }
    }

    private void write(Form.Schema schema, ObjectNode into, Losses losses) {
        into.put("name", schema.name().isEmpty() ? A_NAME : schema.name());
        into.set("schema", schema.schema());
        if (schema.origin().in(dialect)) {
            schema.strict().ifPresent(strict -> into.put("strict", strict));
        } else {
            into.put("strict", schema.strict().orElse(true)); // where there is no such word, schemas are kept to
        }
        schema.origin().rest(dialect, BOTH_HAVE, into, losses);
    }
}
