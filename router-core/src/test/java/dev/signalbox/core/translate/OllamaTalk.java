package dev.signalbox.core.translate;

import static dev.signalbox.api.Dialect.ANTHROPIC_MESSAGES;
import static dev.signalbox.api.Dialect.OPENAI_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_RESPONSES;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;

/** Makes up requests of {@code ollama.chat}. */
final class OllamaTalk extends Talk {

    OllamaTalk(long seed, Range range, Dialect other) {
        super(seed, range, other);
    }

    @Override
    ObjectNode request() {
        ObjectNode request = object().put("stream", random().nextBoolean());
        options(request);
        if (maybe()) {
            request.set("format", schema());
        } else if (knownTo(OPENAI_CHAT, OPENAI_RESPONSES)) {
            request.put("format", "json");
        }
        if (maybe()) {
            request.put("think", false);
        } else if (maybe()) {
            request.put("think", effort(request.withObjectProperty("options")));
        } else if (own()) {
            request.put("think", true);
        }
        if (own()) {
            request.put("keep_alive", "5m").put("truncate", false);
        }
        if (knownTo(OPENAI_CHAT, OPENAI_RESPONSES)) {
            request.put("logprobs", true).put("top_logprobs", 3);
        }
        if (random().nextBoolean()) {
            tools(request);
        }
        ArrayNode messages = request.putArray("messages");
        if (random().nextBoolean()) {
            messages.addObject().put("role", "system").put("content", words());
        }
        for (int i = 1 + random().nextInt(5); i > 0; i--) {
            round(messages);
        }
        return request;
    }

    private void options(ObjectNode request) {
        ObjectNode options = request.putObject("options").put("num_predict", 1 + random().nextInt(5000));
        sampling(options);
        if (knownTo(OPENAI_CHAT)) {
            options.put("seed", 7).put("presence_penalty", 0.5).put("frequency_penalty", -0.5);
        }
        if (knownTo(ANTHROPIC_MESSAGES)) {
            options.put("top_k", 40);
        }
        if (own()) {
            options.put("min_p", 0.1).put("repeat_penalty", 1.25).put("num_ctx", 4096);
        }
        if (shared() && maybe()) {
            options.putArray("stop").add(words()).add(words());
        }
    }

    private void tools(ObjectNode request) {
        ArrayNode tools = request.putArray("tools");
        for (int i = random().nextInt(3); i >= 0; i--) {
            ObjectNode function = tools.addObject().put("type", "function").putObject("function");
            function.put("name", "tool" + i).set("parameters", schema());
            if (maybe()) {
                function.put("description", words());
            }
        }
    }

    private void round(ArrayNode messages) {
        ObjectNode asked = messages.addObject().put("role", "user").put("content", words());
        if (maybe()) {
            asked.putArray("images").add("QUJD");
        }
        if (maybe()) {
            messages.addObject().put("role", "system").put("content", words());
        }
        ObjectNode answer = messages.addObject().put("role", "assistant").put("content", words());
        if (own()) {
            answer.put("thinking", words());
        }
        int calls = random().nextInt(3);
        if (calls == 0) {
            return;
        }
        ArrayNode all = answer.putArray("tool_calls");
        for (int i = 0; i < calls; i++) {
            String id = "call_" + nextCall();
            ObjectNode function = all.addObject().put("id", id).putObject("function");
            function.put("name", "tool" + i).set("arguments", input());
            ObjectNode result = messages.addObject().put("role", "tool").put("content", words());
            result.put("tool_name", "tool" + i).put("tool_call_id", id);
            if (knownTo(ANTHROPIC_MESSAGES, OPENAI_RESPONSES)) {
                result.putArray("images").add("QUJD");
            }
        }
        messages.addObject().put("role", "assistant").put("content", words());
    }
}
