package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import java.util.List;

/** Makes up requests of {@code anthropic.messages}. */
final class AnthropicTalk extends Talk {

    AnthropicTalk(long seed, Range range, Dialect other) {
        super(seed, range, other);
    }

    @Override
    ObjectNode request() {
        ObjectNode request = object().put("max_tokens", 1 + random().nextInt(5000));
        sampling(request);
        if (knownTo(Dialect.OLLAMA_CHAT)) {
            request.put("top_k", random().nextInt(100));
        }
        if (own()) {
            request.put("service_tier", "auto");
        }
        if (maybe()) {
            request.putArray("stop_sequences").add(words()).add(words());
        }
        if (maybe()) {
            ObjectNode format = request.putObject("output_config").putObject("format");
            format.put("type", "json_schema").set("schema", schema());
        }
        thinking(request);
        if (rich()) {
            ObjectNode metadata = request.putObject("metadata").put("user_id", words());
            if (own()) {
                metadata.put("team", words());
            }
        }
        if (random().nextBoolean()) {
            request.put("stream", true);
        }
        if (random().nextBoolean()) {
            anthropicTools(request);
        }
        if (own()) {
            ObjectNode block =
                    request.putArray("system").addObject().put("type", "text").put("text", words());
            block.putObject("cache_control").put("type", "ephemeral");
        } else if (maybe()) {
            request.put("system", words());
        }
        ArrayNode messages = request.putArray("messages");
        for (int i = 1 + random().nextInt(5); i > 0; i--) {
            anthropicRound(messages);
        }
        return request;
    }

    private void thinking(ObjectNode request) {
        if (own()) {
            request.putObject("thinking").put("type", "enabled").put("budget_tokens", 1024);
        } else if (maybe()) {
            request.remove(List.of("temperature", "top_p", "top_k")); // a model that thinks chooses its words itself
            request.putObject("thinking").put("type", "adaptive");
            request.withObjectProperty("output_config").put("effort", effort(request));
        } else if (maybe()) {
            request.putObject("thinking").put("type", "disabled");
        }
    }

    private void anthropicTools(ObjectNode request) {
        ArrayNode tools = request.putArray("tools");
        for (int i = random().nextInt(3); i >= 0; i--) {
            ObjectNode tool = tools.addObject().put("name", "tool" + i);
            tool.set("input_schema", schema());
            if (maybe()) {
                tool.put("description", words());
            }
            if (rich()) {
                tool.put("strict", true);
            }
            if (own()) {
                tool.putObject("cache_control").put("type", "ephemeral");
            }
        }
        if (own()) {
            tools.addObject().put("type", "web_search_20250305").put("name", "web_search");
        }
        if (rich()) {
            ObjectNode choice = request.putObject("tool_choice");
            switch (random().nextInt(4)) {
                case 0 -> choice.put("type", "none");
                case 1 -> choice.put("type", "any").put("disable_parallel_tool_use", random().nextBoolean());
                case 2 ->
                    choice.put("type", "tool")
                            .put("name", "tool0")
                            .put("disable_parallel_tool_use", random().nextBoolean());
                default -> choice.put("type", "auto");
            }
        }
    }

    private void anthropicRound(ArrayNode messages) {
        anthropicSaid(messages.addObject().put("role", "user"));
        if (maybe()) {
            messages.addObject().put("role", "system").put("content", words());
        }
        ObjectNode answer = messages.addObject().put("role", "assistant");
        int asked = random().nextInt(3);
        if (asked == 0) {
            answer.put("content", words());
            return;
        }
        ArrayNode content = answer.putArray("content");
        if (own()) {
            content.addObject().put("type", "thinking").put("thinking", words()).put("signature", "s" + words());
            content.addObject().put("type", "redacted_thinking").put("data", "QUJD");
        }
        if (random().nextBoolean()) {
            content.addObject().put("type", "text").put("text", words());
        }
        ArrayNode results = messages.addObject().put("role", "user").putArray("content");
        for (int i = 0; i < asked; i++) {
            String id = "toolu_" + nextCall();
            ObjectNode call =
                    content.addObject().put("type", "tool_use").put("id", id).put("name", "tool" + i);
            call.set("input", input());
            ObjectNode result = results.addObject().put("type", "tool_result").put("tool_use_id", id);
            result(result);
        }
        if (maybe()) {
            results.addObject().put("type", "text").put("text", words());
        }
        messages.addObject().put("role", "assistant").put("content", words());
    }

    private void result(ObjectNode result) {
        if (own()) {
            ArrayNode content = result.putArray("content");
            content.addObject().put("type", "text").put("text", words());
            image(content.addObject());
            result.put("is_error", random().nextBoolean());
        } else if (knownTo(Dialect.OPENAI_RESPONSES, Dialect.OLLAMA_CHAT)) {
            ArrayNode content = result.putArray("content");
            image(content.addObject());
            content.addObject().put("type", "text").put("text", words());
        } else {
            result.put("content", words());
        }
    }

    private void image(ObjectNode block) {
        ObjectNode source = block.put("type", "image").putObject("source");
        if (plain() || random().nextBoolean()) {
            source.put("type", "base64").put("media_type", "image/png").put("data", "QUJD");
        } else {
            source.put("type", "url").put("url", "http://127.0.0.1:9/a.png");
        }
    }

    private void anthropicSaid(ObjectNode message) {
        if (random().nextBoolean()) {
            message.put("content", words());
            return;
        }
        ArrayNode content = message.putArray("content");
        if (plain()) {
            image(content.addObject());
            content.addObject().put("type", "text").put("text", words());
            return;
        }
        content.addObject().put("type", "text").put("text", words());
        image(content.addObject());
        ObjectNode document = content.addObject().put("type", "document");
        document.putObject("source")
                .put("type", "base64")
                .put("media_type", "application/pdf")
                .put("data", "QUJD");
        document.put("title", words());
        if (own()) {
            document.put("context", words());
            content.addObject().put("type", "search_result").put("title", words());
        }
    }
}
