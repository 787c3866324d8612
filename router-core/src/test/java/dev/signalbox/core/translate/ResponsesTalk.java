package dev.signalbox.core.translate;

import static dev.signalbox.api.Dialect.ANTHROPIC_MESSAGES;
import static dev.signalbox.api.Dialect.OLLAMA_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_CHAT;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;

/** Makes up requests of {@code openai.responses}. */
final class ResponsesTalk extends Talk {

    ResponsesTalk(long seed, Range range, Dialect other) {
        super(seed, range, other);
    }

    @Override
    ObjectNode request() {
        ObjectNode request = object().put("max_output_tokens", 1 + random().nextInt(5000));
        sampling(request);
        if (shared()) {
            request.put("store", false);
        } else if (maybe()) {
            request.put("store", true).put("max_tool_calls", 3);
        }
        if (maybe()) {
            ObjectNode format = request.withObjectProperty("text").putObject("format");
            format.put("type", "json_schema").put("name", "answer").set("schema", schema());
            format.put("strict", true);
            if (knownTo(OPENAI_CHAT)) {
                format.put("description", words());
            }
        }
        if (knownTo(OPENAI_CHAT, OLLAMA_CHAT)) {
            request.put("top_logprobs", 3).putArray("include").add("message.output_text.logprobs");
        }
        if (maybe()) {
            request.putObject("reasoning").put("effort", "none");
        } else if (maybe()) {
            request.putObject("reasoning").put("effort", effort(request)).put("summary", "auto");
            if (shared()) { // for others are told to keep nothing
                request.withArrayProperty("include").add("reasoning.encrypted_content");
            }
        }
        if (rich()) {
            request.put("user", words());
        }
        if (knownTo(OPENAI_CHAT)) {
            familyWords(request).withObjectProperty("text").put("verbosity", "low");
        }
        if (random().nextBoolean()) {
            request.put("stream", true);
        }
        if (random().nextBoolean()) {
            responsesTools(request);
        }
        if (maybe()) {
            request.put("instructions", words());
        }
        ArrayNode input = request.putArray("input");
        for (int i = 1 + random().nextInt(5); i > 0; i--) {
            responsesRound(input);
        }
        return request;
    }

    private void responsesTools(ObjectNode request) {
        ArrayNode tools = request.putArray("tools");
        for (int i = random().nextInt(3); i >= 0; i--) {
            ObjectNode tool = tools.addObject().put("type", "function").put("name", "tool" + i);
            tool.set("parameters", schema());
            if (maybe()) {
                tool.put("description", words());
            }
            if (rich()) {
                tool.put("strict", true);
            }
        }
        if (own()) {
            tools.addObject().put("type", "web_search");
            tools.addObject().put("type", "custom").put("name", "edit").put("description", words());
            ObjectNode spaced = tools.addObject().put("type", "namespace").put("name", "mcp__box__");
            spaced.putArray("tools").addObject().put("type", "function").put("name", "set");
        }
        if (rich()) {
            switch (random().nextInt(4)) {
                case 0 -> request.put("tool_choice", "none");
                case 1 ->
                    request.putObject("tool_choice").put("type", "function").put("name", "tool0");
                case 2 -> request.put("tool_choice", "required").put("parallel_tool_calls", random().nextBoolean());
                default -> request.put("tool_choice", "auto").put("parallel_tool_calls", random().nextBoolean());
            }
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
        int asked = random().nextInt(3);
        if (asked == 0) {
            return;
        }
        ArrayNode results = input.arrayNode();
        for (int i = 0; i < asked; i++) {
            String id = "call_" + nextCall();
            ObjectNode call = input.addObject().put("type", "function_call").put("call_id", id);
            call.put("name", "tool" + i).put("arguments", input().toString());
            result(results.addObject().put("type", "function_call_output").put("call_id", id));
        }
        input.addAll(results);
        responsesMessage("assistant", input).put("content", words());
    }

    private void result(ObjectNode result) {
        if (knownTo(ANTHROPIC_MESSAGES, OLLAMA_CHAT)) {
            ArrayNode output = result.putArray("output");
            output.addObject().put("type", "input_image").put("image_url", "data:image/png;base64,QUJD");
            output.addObject().put("type", "input_text").put("text", words());
        } else {
            result.put("output", words());
        }
    }

    private static ObjectNode responsesMessage(String role, ArrayNode input) {
        return input.addObject().put("type", "message").put("role", role);
    }

    private void responsesSaid(ObjectNode message) {
        if (random().nextBoolean()) {
            message.put("content", words());
            return;
        }
        ArrayNode content = message.putArray("content");
        if (plain()) {
            content.addObject().put("type", "input_image").put("image_url", "data:image/png;base64,QUJD");
            content.addObject().put("type", "input_text").put("text", words());
            return;
        }
        content.addObject().put("type", "input_text").put("text", words());
        ObjectNode image = content.addObject().put("type", "input_image");
        image.put("image_url", random().nextBoolean() ? "data:image/png;base64,QUJD" : "http://127.0.0.1:9/a.png");
        if (knownTo(OPENAI_CHAT)) {
            image.put("detail", "low");
            content.addObject().put("type", "input_file").put("file_id", words());
            content.addObject()
                    .put("type", "input_audio")
                    .putObject("input_audio")
                    .put("data", "QUJD");
        }
        ObjectNode file = content.addObject().put("type", "input_file").put("filename", words());
        file.put("file_data", "data:application/pdf;base64,QUJD");
    }
}
