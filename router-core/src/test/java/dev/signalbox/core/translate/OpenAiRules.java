package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.frame.Frame;
import java.util.Set;

/** A strict client of {@code openai.chat}. */
final class OpenAiRules extends Rules {

    private String id = "";
    private int calls;
    private boolean begun;
    private boolean called; // with a function, as it once was
    private boolean finished;
    private boolean counted;
    private boolean ended;

    @Override
    void take(Frame frame) {
        if (frame.kind() == Frame.Kind.COMMENT) {
            return;
        }
        rule(!ended, "something comes after [DONE]", frame.text());
        rule(frame.event().isEmpty(), "it has a name", frame.text());
        if (frame.text().equals("[DONE]")) {
            ended = true;
        } else {
            chunk(object(frame));
        }
    }

    private void chunk(JsonNode chunk) {
        rule(chunk.path("object").asText().equals("chat.completion.chunk"), "it is no chunk", chunk);
        String now = chunk.path("id").asText();
        rule(!now.isEmpty() && (id.isEmpty() || id.equals(now)), "the id is missing or another one", chunk);
        id = now;
        rule(
                chunk.path("created").isIntegralNumber() && chunk.path("model").isTextual(),
                "when or who is missing",
                chunk);
        rule(chunk.path("choices").isArray() && chunk.path("choices").size() < 2, "there is not one choice", chunk);
        chunk.path("choices").forEach(this::choice);
        if (chunk.path("usage").isObject()) {
            rule(!counted, "tokens are counted twice", chunk);
            rule(finished && chunk.path("choices").isEmpty(), "tokens are counted before the end", chunk);
            counted = true;
        } else {
            rule(!chunk.path("choices").isEmpty(), "there is nothing in it", chunk);
        }
    }

    private void choice(JsonNode choice) {
        rule(!finished, "it had finished", choice);
        rule(choice.path("index").isInt() && choice.path("index").intValue() == 0, "it is no choice 0", choice);
        rule(choice.path("delta").isObject(), "there is no delta", choice);
        rule(choice.has("finish_reason"), "there is no finish_reason", choice);
        delta(choice.path("delta"));
        JsonNode why = choice.path("finish_reason");
        rule(why.isNull() || (why.isTextual() && !why.textValue().isEmpty()), "finish_reason is no word", choice);
        finished = why.isTextual();
    }

    private void delta(JsonNode delta) {
        rule(begun != delta.has("role"), "the role is not told once, at the beginning", delta);
        begun = true;
        for (String name : Set.of("content", "refusal", "reasoning_content")) {
            rule(!delta.has(name) || delta.path(name).isTextual(), name + " is no text", delta);
        }
        delta.path("tool_calls").forEach(this::call);
        if (delta.has("function_call")) {
            JsonNode function = delta.path("function_call");
            rule(called != function.has("name"), "the name is not told once, at the beginning", delta);
            rule(function.path("arguments").isTextual(), "there are no arguments", delta);
            called = true;
        }
    }

    private void call(JsonNode call) {
        int index = call.path("index").asInt(-1);
        rule(index >= 0 && index <= calls, "a call is left out", call);
        JsonNode function = call.path("function");
        rule(function.path("arguments").isTextual(), "there are no arguments", call);
        if (index == calls) {
            rule(!call.path("id").asText("").isEmpty(), "a call has no id", call);
            rule(type(call).equals("function"), "a call is of no type", call);
            rule(function.path("name").isTextual(), "a call has no name", call);
            calls++;
        } else {
            rule(!call.has("id") && !function.has("name"), "a call is announced twice", call);
        }
    }

    @Override
    void end() {
        rule(finished, "there is no finish_reason", "the end");
        rule(ended, "there is no [DONE]", "the end");
    }
}
