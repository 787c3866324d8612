package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What an answer has to look like, and how much is thought before it, in Anthropic's words. */
final class AnthropicForm {

    private static final Dialect OWN = Dialect.ANTHROPIC_MESSAGES;

    private AnthropicForm() {}

    static Form read(Spot request) throws Malformed {
        Spot newer = request.at("output_config").at("format");
        Spot format = newer.there() ? newer : request.at("output_format");
        if (!format.there()) {
            return new Form.Free();
        }
        String type = format.anObject().at("type").text();
        if (!type.equals("json_schema")) {
            throw format.at("type").wrong("\"json_schema\"");
        }
        return new Form.Schema(
                "",
                format.at("schema").anObject().node(),
                Optional.empty(),
                format.origin(OWN, Set.of("type", "schema")));
    }

    static Reasoning reasoning(Spot request) throws Malformed {
        Spot thinking = request.at("thinking");
        String effort = request.at("output_config").at("effort").textOrEmpty();
        Origin origin = thinking.origin(OWN, Set.of("type", "budget_tokens"));
        if (!thinking.there()) {
            return new Reasoning(Optional.empty(), effort, OptionalLong.empty(), origin);
        }
        boolean wanted = switch (thinking.anObject().at("type").text()) {
            case "enabled", "adaptive" -> true;
            case "disabled" -> false;
            default -> throw thinking.at("type").wrong("\"enabled\", \"adaptive\" or \"disabled\"");
        };
        return new Reasoning(
                Optional.of(wanted), effort, thinking.at("budget_tokens").count(), origin);
    }

    /** Says what the answer has to look like. */
    static void write(Form form, ObjectNode said, Losses losses) {
        switch (form) {
            case Form.Free ignored -> {}
            case Form.Text ignored -> {} // it is so anyway
            case Form.Json ignored -> losses.lose("response_format", "/response_format");
            case Form.Schema schema -> {
                ObjectNode format = said.withObjectProperty("output_config").putObject("format");
                format.put("type", "json_schema").set("schema", schema.schema());
                schema.origin().rest(OWN, format, losses);
            }
        }
    }
}
