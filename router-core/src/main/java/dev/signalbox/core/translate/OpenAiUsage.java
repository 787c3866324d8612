package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalLong;

/** Tokens in OpenAI's words. */
final class OpenAiUsage {

    private OpenAiUsage() {}

    static Tokens read(JsonNode usage) {
        JsonNode prompt = usage.path("prompt_tokens_details");
        return new Tokens(
                Counts.of(usage.path("prompt_tokens")),
                Counts.of(usage.path("completion_tokens")),
                Counts.of(prompt.path("cached_tokens")),
                Counts.of(prompt.path("cache_write_tokens")),
                Counts.of(usage.path("completion_tokens_details").path("reasoning_tokens")));
    }

    static ObjectNode write(Tokens tokens) {
        ObjectNode usage = JsonNodeFactory.instance.objectNode();
        long input = tokens.input().orElse(0);
        long output = tokens.output().orElse(0);
        usage.put("prompt_tokens", input);
        usage.put("completion_tokens", output);
        usage.put("total_tokens", input + output);
        if (tokens.cacheRead().isPresent() || tokens.cacheWrite().isPresent()) {
            ObjectNode prompt = usage.putObject("prompt_tokens_details");
            put(prompt, "cached_tokens", tokens.cacheRead());
            put(prompt, "cache_write_tokens", tokens.cacheWrite());
        }
        if (tokens.reasoning().isPresent()) {
            put(usage.putObject("completion_tokens_details"), "reasoning_tokens", tokens.reasoning());
        }
        return usage;
    }

    private static void put(ObjectNode into, String name, OptionalLong count) {
        count.ifPresent(tokens -> into.put(name, tokens));
    }
}
