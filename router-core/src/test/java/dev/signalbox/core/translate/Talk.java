package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import java.util.List;
import java.util.Random;

/**
 * Makes up conversations, the same ones for the same seed: requests of either dialect with everything it defines, or
 * with what both dialects define and nothing else.
 */
final class Talk {

    private static final String[] WORDS = {
        "the", "train", "stands", "at", "\"red\"", "müde", "日本", "🚂", "\\n", "\n", "{", "}", "a/b", "</x>", " ",
        "\u2028"
    };

    private final Random random;
    private final boolean shared; // only what both have words for
    private int calls;

    Talk(long seed, boolean shared) {
        this.random = new Random(seed);
        this.shared = shared;
    }

    JsonNode request(Dialect dialect) {
        if (dialect.equals(Dialect.OPENAI_RESPONSES)) {
            return Words.again(responses());
        }
        return Words.again(dialect.equals(Dialect.OPENAI_CHAT) ? openAi() : anthropic());
    }

    private boolean maybe() {
        return random.nextInt(3) == 0;
    }

    private boolean own() {
        return !shared && maybe();
    }

    String words() {
        StringBuilder words = new StringBuilder("w");
        for (int i = random.nextInt(8); i > 0; i--) {
            words.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
        }
        return words.toString();
    }

    private ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode schema() {
        ObjectNode schema = object().put("type", "object");
        schema.putObject("properties").putObject(words()).put("type", "string");
        return schema;
    }

    private ObjectNode anthropic() {
        ObjectNode request = object().put("max_tokens", 1 + random.nextInt(5000));
        sampling(request);
        if (own()) {
            request.put("top_k", random.nextInt(100));
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
        if (maybe()) {
            ObjectNode metadata = request.putObject("metadata").put("user_id", words());
            if (own()) {
                metadata.put("team", words());
            }
        }
        if (random.nextBoolean()) {
            request.put("stream", true);
        }
        if (random.nextBoolean()) {
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
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            anthropicRound(messages);
        }
        return request;
    }

    private void sampling(ObjectNode request) {
        if (maybe()) {
            request.put("temperature", random.nextInt(100) / 100.0);
        }
        if (maybe()) {
            request.put("top_p", random.nextInt(100) / 100.0);
        }
    }

    private void thinking(ObjectNode request) {
        if (own()) {
            request.putObject("thinking").put("type", "enabled").put("budget_tokens", 1024);
        } else if (maybe()) {
            request.remove(List.of("temperature", "top_p")); // a model that thinks chooses its words itself
            request.putObject("thinking").put("type", "adaptive");
            request.withObjectProperty("output_config").put("effort", random.nextBoolean() ? "low" : "high");
        } else if (maybe()) {
            request.putObject("thinking").put("type", "disabled");
        }
    }

    private void anthropicTools(ObjectNode request) {
        ArrayNode tools = request.putArray("tools");
        for (int i = random.nextInt(3); i >= 0; i--) {
            ObjectNode tool = tools.addObject().put("name", "tool" + i).put("description", words());
            tool.set("input_schema", schema());
            if (own()) {
                tool.putObject("cache_control").put("type", "ephemeral");
            }
        }
        if (own()) {
            tools.addObject().put("type", "web_search_20250305").put("name", "web_search");
        }
        if (maybe()) {
            ObjectNode choice = request.putObject("tool_choice");
            switch (random.nextInt(3)) {
                case 0 -> choice.put("type", "any").put("disable_parallel_tool_use", random.nextBoolean());
                case 1 -> choice.put("type", "tool").put("name", "tool0");
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
        int asked = random.nextInt(3);
        if (asked == 0) {
            answer.put("content", words());
            return;
        }
        ArrayNode content = answer.putArray("content");
        if (own()) {
            content.addObject().put("type", "thinking").put("thinking", words()).put("signature", "s" + words());
            content.addObject().put("type", "redacted_thinking").put("data", "QUJD");
        }
        content.addObject().put("type", "text").put("text", words());
        ArrayNode results = messages.addObject().put("role", "user").putArray("content");
        for (int i = 0; i < asked; i++) {
            String id = "toolu_" + calls++;
            ObjectNode call =
                    content.addObject().put("type", "tool_use").put("id", id).put("name", "tool" + i);
            call.putObject("input").put(words(), random.nextInt()).put("x", words());
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
            result.put("is_error", random.nextBoolean());
        } else {
            result.put("content", words());
        }
    }

    private void image(ObjectNode block) {
        ObjectNode source = block.put("type", "image").putObject("source");
        if (random.nextBoolean()) {
            source.put("type", "base64").put("media_type", "image/png").put("data", "QUJD");
        } else {
            source.put("type", "url").put("url", "http://127.0.0.1:9/a.png");
        }
    }

    private void anthropicSaid(ObjectNode message) {
        if (random.nextBoolean()) {
            message.put("content", words());
            return;
        }
        ArrayNode content = message.putArray("content");
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

    private ObjectNode openAi() {
        ObjectNode request = object();
        if (shared || random.nextBoolean()) {
            request.put("max_tokens", 1 + random.nextInt(5000));
        }
        sampling(request);
        if (own()) {
            request.put("seed", random.nextInt()).put("presence_penalty", 0.5).put("logprobs", true);
            request.put("top_logprobs", 3).put("store", true).put("n", 2);
        }
        if (maybe()) {
            request.putArray("stop").add(words()).add(words());
        }
        if (own()) {
            request.putObject("response_format").put("type", "json_object");
        } else if (maybe()) {
            ObjectNode format = request.putObject("response_format").put("type", "json_schema");
            ObjectNode held = format.putObject("json_schema").put("name", "answer");
            held.<ObjectNode>set("schema", schema()).put("strict", true);
        }
        if (maybe()) {
            request.put("reasoning_effort", shared ? "none" : "high");
        }
        if (maybe()) {
            request.put("user", words());
        }
        if (random.nextBoolean()) {
            request.put("stream", true).putObject("stream_options").put("include_usage", true);
        }
        if (random.nextBoolean()) {
            openAiTools(request);
        }
        ArrayNode messages = request.putArray("messages");
        if (random.nextBoolean()) {
            messages.addObject().put("role", own() ? "developer" : "system").put("content", words());
        }
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            openAiRound(messages);
        }
        return request;
    }

    private void openAiTools(ObjectNode request) {
        ArrayNode tools = request.putArray("tools");
        for (int i = random.nextInt(3); i >= 0; i--) {
            ObjectNode function = tools.addObject().put("type", "function").putObject("function");
            function.put("name", "tool" + i).put("description", words()).set("parameters", schema());
            if (maybe()) {
                function.put("strict", true);
            }
        }
        if (own()) {
            tools.addObject().put("type", "custom").putObject("custom").put("name", words());
        }
        if (maybe()) {
            request.put("tool_choice", random.nextBoolean() ? "required" : "auto");
            request.put("parallel_tool_calls", random.nextBoolean());
        }
    }

    private void openAiRound(ArrayNode messages) {
        openAiSaid(messages.addObject().put("role", "user"));
        if (maybe()) {
            messages.addObject().put("role", "system").put("content", words());
        }
        int asked = random.nextInt(3);
        ObjectNode answer = messages.addObject().put("role", "assistant");
        if (own()) {
            answer.put("reasoning_content", words());
        }
        answer.put("content", words());
        if (asked == 0) {
            return;
        }
        ArrayNode all = answer.putArray("tool_calls");
        for (int i = 0; i < asked; i++) {
            String id = "call_" + calls++;
            ObjectNode call = all.addObject().put("id", id).put("type", "function");
            String arguments =
                    object().put(words(), random.nextInt()).put("x", words()).toString();
            call.putObject("function").put("name", "tool" + i).put("arguments", arguments);
            messages.addObject().put("role", "tool").put("tool_call_id", id).put("content", words());
        }
        messages.addObject().put("role", "assistant").put("content", words());
    }

    private void openAiSaid(ObjectNode message) {
        if (own()) {
            message.put("name", words());
        }
        if (random.nextBoolean()) {
            message.put("content", words());
            return;
        }
        ArrayNode content = message.putArray("content");
        content.addObject().put("type", "text").put("text", words());
        ObjectNode image = content.addObject().put("type", "image_url").putObject("image_url");
        image.put("url", random.nextBoolean() ? "data:image/png;base64,QUJD" : "http://127.0.0.1:9/a.png");
        if (own()) {
            image.put("detail", "low");
            content.addObject()
                    .put("type", "input_audio")
                    .putObject("input_audio")
                    .put("data", "QUJD");
        }
        ObjectNode file = content.addObject().put("type", "file").putObject("file");
        file.put("filename", words()).put("file_data", "data:application/pdf;base64,QUJD");
    }

    private ObjectNode responses() {
        ObjectNode request = object().put("max_output_tokens", 1 + random.nextInt(5000));
        sampling(request);
        if (shared) {
            request.put("store", false);
        } else if (maybe()) {
            request.put("store", true).put("prompt_cache_key", words()).put("max_tool_calls", 3);
            request.putObject("text").put("verbosity", "low");
        }
        if (maybe()) {
            ObjectNode format = request.withObjectProperty("text").putObject("format");
            format.put("type", "json_schema").put("name", "answer").set("schema", schema());
            format.put("strict", true);
        }
        if (maybe()) {
            request.putObject("reasoning").put("effort", "none");
        } else if (own()) {
            request.putObject("reasoning").put("effort", "high").put("summary", "auto");
        }
        if (maybe()) {
            request.put("user", words());
        }
        if (random.nextBoolean()) {
            request.put("stream", true);
        }
        if (random.nextBoolean()) {
            responsesTools(request);
        }
        if (maybe()) {
            request.put("instructions", words());
        }
        ArrayNode input = request.putArray("input");
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            responsesRound(input);
        }
        return request;
    }

    private void responsesTools(ObjectNode request) {
        ArrayNode tools = request.putArray("tools");
        for (int i = random.nextInt(3); i >= 0; i--) {
            ObjectNode tool = tools.addObject().put("type", "function").put("name", "tool" + i);
            tool.put("description", words()).set("parameters", schema());
            if (maybe()) {
                tool.put("strict", true);
            }
        }
        if (own()) {
            tools.addObject().put("type", "web_search");
        }
        if (maybe()) {
            request.put("tool_choice", random.nextBoolean() ? "required" : "auto");
            request.put("parallel_tool_calls", random.nextBoolean());
        }
    }

    private void responsesRound(ArrayNode input) {
        responsesSaid(responsesMessage("user", input));
        if (maybe()) {
            responsesMessage("system", input).put("content", words());
        }
        if (own()) {
            ObjectNode thought = input.objectNode().put("type", "reasoning").put("id", "rs_" + input.size());
            thought.putArray("summary").addObject().put("type", "summary_text").put("text", words());
            input.add(thought.put("encrypted_content", words()));
        }
        responsesMessage("assistant", input).put("content", words());
        int asked = random.nextInt(3);
        if (asked == 0) {
            return;
        }
        ArrayNode results = input.arrayNode();
        for (int i = 0; i < asked; i++) {
            String id = "call_" + calls++;
            ObjectNode call = input.addObject().put("type", "function_call").put("call_id", id);
            call.put("name", "tool" + i)
                    .put("arguments", object().put("x", words()).toString());
            ObjectNode result = results.addObject().put("type", "function_call_output");
            result.put("call_id", id).put("output", words());
        }
        input.addAll(results);
        responsesMessage("assistant", input).put("content", words());
    }

    private static ObjectNode responsesMessage(String role, ArrayNode input) {
        return input.addObject().put("type", "message").put("role", role);
    }

    private void responsesSaid(ObjectNode message) {
        if (random.nextBoolean()) {
            message.put("content", words());
            return;
        }
        ArrayNode content = message.putArray("content");
        content.addObject().put("type", "input_text").put("text", words());
        ObjectNode image = content.addObject().put("type", "input_image");
        image.put("image_url", random.nextBoolean() ? "data:image/png;base64,QUJD" : "http://127.0.0.1:9/a.png");
        if (own()) {
            image.put("detail", "low");
            content.addObject().put("type", "input_audio").put("data", "QUJD");
        }
        ObjectNode file = content.addObject().put("type", "input_file").put("filename", words());
        file.put("file_data", "data:application/pdf;base64,QUJD");
    }
}
