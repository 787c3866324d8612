package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Tokens in the words of {@code openai.responses}, where every number has to be there. */
final class ResponsesUsage {

    private ResponsesUsage() {}

    static Tokens read(JsonNode usage) {
        JsonNode input = usage.path("input_tokens_details");
        return new Tokens(
                Counts.of(usage.path("input_tokens")),
                Counts.of(usage.path("output_tokens")),
                Counts.of(input.path("cached_tokens")),
                Counts.of(input.path("cache_write_tokens")),
                Counts.of(usage.path("output_tokens_details").path("reasoning_tokens")));
    }

    static ObjectNode write(Tokens tokens) {
        ObjectNode usage = JsonNodeFactory.instance.objectNode();
        long input = tokens.input().orElse(0);
        long output = tokens.output().orElse(0);
        usage.put("input_tokens", input);
        usage.putObject("input_tokens_details")
                .put("cached_tokens", tokens.cacheRead().orElse(0))
                .put("cache_write_tokens", tokens.cacheWrite().orElse(0));
        usage.put("output_tokens", output);
        usage.putObject("output_tokens_details")
                .put("reasoning_tokens", tokens.reasoning().orElse(0));
        return usage.put("total_tokens", input + output);
    }
}
