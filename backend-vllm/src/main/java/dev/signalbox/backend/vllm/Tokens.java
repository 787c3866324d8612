package dev.signalbox.backend.vllm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.backend.http.MessagesCounter;
import dev.signalbox.backend.http.ModelLists;
import dev.signalbox.backend.http.Upstream;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.RequestView.Message;
import dev.signalbox.spi.TokenCounter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Counts tokens with {@code /tokenize}, which knows the model's own template; those of Anthropic's API with its own way to
 * count, where a version has it. Any thread may use it.
 */
final class Tokens implements TokenCounter {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What else of a chat decides how its prompt is written. */
    private static final List<String> PART_OF_PROMPT = List.of(
            "tools",
            "chat_template",
            "chat_template_kwargs",
            "add_generation_prompt",
            "continue_final_message",
            "add_special_tokens");

    private static final Set<String> PLAIN_ROLES = Set.of("system", "user", "assistant");

    private final Upstream upstream;
    private final MessagesCounter messages;

    Tokens(Upstream upstream) {
        this.upstream = upstream;
        this.messages = MessagesCounter.of(upstream);
    }

    @Override
    public OptionalLong count(RequestView request, String model, Deadline deadline)
            throws BackendException, InterruptedException {
        boolean anthropics = request.dialect().family().equals(Dialect.ANTHROPIC_MESSAGES.family());
        OptionalLong told = anthropics ? messages.count(request, model, deadline) : OptionalLong.empty();
        return told.isPresent() ? told : tokenized(request, model, deadline);
    }

    private OptionalLong tokenized(RequestView request, String model, Deadline deadline)
            throws BackendException, InterruptedException {
        Optional<ObjectNode> prompt = prompt(request);
        if (prompt.isEmpty()) {
            return OptionalLong.empty();
        }
        String question = prompt.get().put("model", model).toString();
        return Told.of(() -> upstream.post(upstream.baseUrl().root("/tokenize"), question, deadline))
                .map(answer -> ModelLists.tokens(answer.path("count")))
                .orElse(OptionalLong.empty());
    }

    /** The prompt as vLLM would see it; empty if it cannot be told without the model, as with images. */
    private static Optional<ObjectNode> prompt(RequestView request) {
        if (request.images() > 0) {
            return Optional.empty();
        }
        return switch (request.dialect().id()) {
            case "openai.chat" -> chat(request);
            case "openai.completions" -> text(request, "/prompt");
            case "openai.embeddings" -> text(request, "/input");
            default -> plain(request);
        };
    }

    private static Optional<ObjectNode> chat(RequestView request) {
        Optional<JsonNode> messages = json(request, "/messages").filter(JsonNode::isArray);
        if (messages.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode chat = JSON.createObjectNode();
        chat.set("messages", renamed(messages.get()));
        for (String member : PART_OF_PROMPT) {
            json(request, "/" + member).filter(value -> !value.isNull()).ifPresent(value -> chat.set(member, value));
        }
        return Optional.of(chat);
    }

    /** As the request itself is changed before it is sent. */
    private static JsonNode renamed(JsonNode messages) {
        for (JsonNode message : messages) {
            if (message instanceof ObjectNode one && one.path("role").asText("").equals("developer")) {
                one.put("role", "system");
            }
        }
        return messages;
    }

    private static Optional<ObjectNode> text(RequestView request, String pointer) {
        return json(request, pointer)
                .filter(JsonNode::isTextual)
                .map(text -> JSON.createObjectNode().set("prompt", text));
    }

    /** A conversation of another dialect, as far as it is nothing but text. */
    private static Optional<ObjectNode> plain(RequestView request) {
        List<Message> messages = request.messages();
        boolean more = !request.tools().isEmpty()
                || !request.toolCalls().isEmpty()
                || messages.stream().anyMatch(message -> !PLAIN_ROLES.contains(message.role()));
        if (more || messages.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode chat = JSON.createObjectNode();
        ArrayNode all = chat.putArray("messages");
        messages.forEach(message -> all.addObject().put("role", message.role()).put("content", message.text()));
        return Optional.of(chat);
    }

    private static Optional<JsonNode> json(RequestView request, String pointer) {
        try {
            Optional<String> raw = request.raw(pointer);
            return raw.isEmpty() ? Optional.empty() : Optional.of(JSON.readTree(raw.get()));
        } catch (JsonProcessingException odd) {
            return Optional.empty(); // such as a number of a thousand digits
        }
    }
}
