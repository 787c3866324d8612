package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Turn.Role;
import java.util.ArrayList;
import java.util.List;

/** Writes the system prompt and the messages of one request in Anthropic's words. One thread uses it. */
final class AnthropicMessages {

    private static final Dialect OWN = Dialect.ANTHROPIC_MESSAGES;

    private final Manner manner;
    private final Losses losses;
    private final AnthropicBlocks blocks;

    AnthropicMessages(Manner manner, Losses losses) {
        this.manner = manner;
        this.losses = losses;
        this.blocks = new AnthropicBlocks(losses);
    }

    void write(List<Turn> all, ObjectNode said) {
        List<Turn> turns = Calls.numbered(all);
        int begins = 0;
        while (begins < turns.size() && leads(turns.get(begins))) {
            begins++;
        }
        system(turns.subList(0, begins), said);
        conversation(turns.subList(begins, turns.size()), said.putArray("messages"));
    }

    /** What the system says before anybody else does; where the dialect has a place for that, only what stood there. */
    private static boolean leads(Turn turn) {
        return turn.role().instructs()
                && (!turn.origin().in(OWN) || turn.origin().pointer().equals("/system"));
    }

    private void system(List<Turn> leading, ObjectNode said) {
        List<Part> parts = new ArrayList<>();
        for (Turn turn : leading) {
            parts.addAll(turn.parts());
            turn.origin().rest(OWN, JsonNodeFactory.instance.objectNode(), losses);
        }
        boolean plain = leading.size() == 1 && leading.getFirst().plain();
        JsonNode content = content(
                parts, plain, !leading.isEmpty() && leading.getFirst().origin().in(OWN));
        if (!content.isEmpty() || content.isTextual()) {
            said.set("system", content);
        }
    }

    private void conversation(List<Turn> turns, ArrayNode messages) {
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            List<Part> parts = new ArrayList<>(turn.parts());
            while (turn.role() == Role.TOOL
                    && i + 1 < turns.size()
                    && heard(turns.get(i + 1).role(), turns.get(i))) {
                i++;
                parts.addAll(turns.get(i).parts());
                turns.get(i).origin().rest(OWN, JsonNodeFactory.instance.objectNode(), losses);
            }
            message(turn, parts, messages);
        }
    }

    /** Results of tools belong together with what the user says after them. */
    private static boolean heard(Role next, Turn before) {
        return next == Role.TOOL || (next == Role.USER && before.onlyResults());
    }

    private void message(Turn turn, List<Part> parts, ArrayNode messages) {
        boolean own = turn.origin().in(OWN);
        JsonNode content = content(own ? parts : inOrder(parts), turn.plain() && parts.size() == 1, own);
        if (own || (content.isTextual() ? !content.asText().isEmpty() : !content.isEmpty())) {
            ObjectNode message = messages.addObject().put("role", role(turn.role()));
            message.set("content", content);
            turn.origin().rest(OWN, message, losses);
        }
    }

    private String role(Role role) {
        return switch (role) {
            case ASSISTANT -> "assistant";
            case USER, TOOL -> "user";
            case SYSTEM, DEVELOPER -> manner.midSystem() == Manner.MidSystem.SYSTEM ? "system" : "user";
        };
    }

    /** A message begins with thoughts or with results, and ends with calls. */
    private static List<Part> inOrder(List<Part> parts) {
        List<Part> ordered = new ArrayList<>(parts);
        ordered.sort((one, other) -> Integer.compare(rank(one), rank(other)));
        return ordered;
    }

    private static int rank(Part part) {
        return switch (part) {
            case Part.Thinking ignored -> 0;
            case Part.Redacted ignored -> 0;
            case Part.ToolResult ignored -> 0;
            case Part.ToolCall ignored -> 2;
            default -> 1;
        };
    }

    /** One text is a string, unless it was a block. */
    private JsonNode content(List<Part> parts, boolean plain, boolean own) {
        ArrayNode content = blocks.write(parts, own);
        return (plain || !own) && Contents.isText(content, "text")
                ? content.get(0).path("text")
                : content;
    }
}
