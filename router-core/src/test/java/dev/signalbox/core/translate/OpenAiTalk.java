package dev.signalbox.core.translate;

import static dev.signalbox.api.Dialect.OLLAMA_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_RESPONSES;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;

/** Makes up requests of {@code openai.chat}. */
final class OpenAiTalk extends Talk {

    OpenAiTalk(long seed, Range range, Dialect other) {
        super(seed, range, other);
    }

    @Override
    ObjectNode request() {
        ObjectNode request = object();
        if (shared() || random().nextBoolean()) {
            request.put("max_tokens", 1 + random().nextInt(5000));
        }
        sampling(request);
        if (knownTo(OLLAMA_CHAT)) {
            request.put("seed", random().nextInt()).put("presence_penalty", 0.5).put("frequency_penalty", -0.5);
        }
        if (knownTo(OLLAMA_CHAT, OPENAI_RESPONSES)) {
            request.put("logprobs", true).put("top_logprobs", 3);
        }
        if (own()) {
            request.put("store", true).put("n", 2).put("top_k", 40).put("min_p", 0.1);
        }
        if (maybe()) {
            request.putArray("stop").add(words()).add(words());
        }
        if (knownTo(OLLAMA_CHAT, OPENAI_RESPONSES)) {
            request.putObject("response_format").put("type", "json_object");
        } else if (maybe()) {
            ObjectNode format = request.putObject("response_format").put("type", "json_schema");
            ObjectNode held = format.putObject("json_schema").put("name", "answer");
            held.<ObjectNode>set("schema", schema()).put("strict", true);
            if (knownTo(OPENAI_RESPONSES)) {
                held.put("description", words());
            }
        }
        if (maybe()) {
            request.put("reasoning_effort", maybe() ? "none" : effort(request));
        }
        if (rich()) {
            request.put("user", words());
        }
        if (knownTo(OPENAI_RESPONSES)) {
            familyWords(request).put("verbosity", "low");
        }
        if (random().nextBoolean()) {
            request.put("stream", true).putObject("stream_options").put("include_usage", true);
        }
        if (random().nextBoolean()) {
            openAiTools(request);
        }
        ArrayNode messages = request.putArray("messages");
        if (random().nextBoolean()) {
            messages.addObject().put("role", own() ? "developer" : "system").put("content", words());
        }
        for (int i = 1 + random().nextInt(5); i > 0; i--) {
            openAiRound(messages);
        }
        return request;
    }

    private void openAiTools(ObjectNode request) {
        ArrayNode tools = request.putArray("tools");
        for (int i = random().nextInt(3); i >= 0; i--) {
            ObjectNode function = tools.addObject().put("type", "function").putObject("function");
            function.put("name", "tool" + i).set("parameters", schema());
            if (maybe()) {
                function.put("description", words());
            }
            if (rich()) {
                function.put("strict", true);
            }
        }
        if (own()) {
            tools.addObject().put("type", "custom").putObject("custom").put("name", words());
        }
        if (rich()) {
            switch (random().nextInt(4)) {
                case 0 -> request.put("tool_choice", "none");
                case 1 ->
                    request.putObject("tool_choice")
                            .put("type", "function")
                            .putObject("function")
                            .put("name", "tool0");
                case 2 -> request.put("tool_choice", "required").put("parallel_tool_calls", random().nextBoolean());
                default -> request.put("tool_choice", "auto").put("parallel_tool_calls", random().nextBoolean());
            }
        }
    }

    private void openAiRound(ArrayNode messages) {
        openAiSaid(messages.addObject().put("role", "user"));
        if (maybe()) {
            messages.addObject().put("role", "system").put("content", words());
        }
        int asked = random().nextInt(3);
        ObjectNode answer = messages.addObject().put("role", "assistant");
        if (own()) {
            answer.put("reasoning_content", words());
        }
        if (asked == 0 || random().nextBoolean()) {
            answer.put("content", words());
        }
        if (own()) {
            answer.put("refusal", words());
        }
        if (asked == 0) {
            return;
        }
        ArrayNode all = answer.putArray("tool_calls");
        for (int i = 0; i < asked; i++) {
            String id = "call_" + nextCall();
            ObjectNode call = all.addObject().put("id", id).put("type", "function");
            call.putObject("function").put("name", "tool" + i).put("arguments", input().toString());
            ObjectNode result = messages.addObject().put("role", "tool").put("tool_call_id", id);
            if (own()) {
                result.putArray("content").addObject().put("type", "text").put("text", words());
            } else {
                result.put("content", words());
            }
        }
        messages.addObject().put("role", "assistant").put("content", words());
    }

    private void openAiSaid(ObjectNode message) {
        if (own()) {
            message.put("name", words());
        }
        if (random().nextBoolean()) {
            message.put("content", words());
            return;
        }
        ArrayNode content = message.putArray("content");
        if (plain()) {
            content.addObject()
                    .put("type", "image_url")
                    .putObject("image_url")
                    .put("url", "data:image/png;base64,QUJD");
            content.addObject().put("type", "text").put("text", words());
            return;
        }
        content.addObject().put("type", "text").put("text", words());
        ObjectNode image = content.addObject().put("type", "image_url").putObject("image_url");
        image.put("url", random().nextBoolean() ? "data:image/png;base64,QUJD" : "http://127.0.0.1:9/a.png");
        if (knownTo(OPENAI_RESPONSES)) {
            image.put("detail", "low");
            content.addObject().put("type", "file").putObject("file").put("file_id", words());
            content.addObject()
                    .put("type", "input_audio")
                    .putObject("input_audio")
                    .put("data", "QUJD");
        }
        ObjectNode file = content.addObject().put("type", "file").putObject("file");
        file.put("filename", words()).put("file_data", "data:application/pdf;base64,QUJD");
    }
}
