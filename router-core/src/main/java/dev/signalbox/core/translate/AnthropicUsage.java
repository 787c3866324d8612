package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalLong;

/** Tokens in Anthropic's words, where those of the prompt are told apart from those a cache had to do with. */
final class AnthropicUsage {

    private AnthropicUsage() {}

    static Tokens read(JsonNode usage) {
        OptionalLong fresh = Counts.of(usage.path("input_tokens"));
        OptionalLong read = Counts.of(usage.path("cache_read_input_tokens"));
        OptionalLong written = Counts.of(usage.path("cache_creation_input_tokens"));
        return new Tokens(
                fresh.isPresent()
                        ? OptionalLong.of(fresh.getAsLong() + read.orElse(0) + written.orElse(0))
                        : OptionalLong.empty(),
                Counts.of(usage.path("output_tokens")),
                read,
                written,
                OptionalLong.empty());
    }

    static ObjectNode write(Tokens tokens) {
        ObjectNode usage = JsonNodeFactory.instance.objectNode();
        long cached = tokens.cacheRead().orElse(0) + tokens.cacheWrite().orElse(0);
        usage.put("input_tokens", Math.max(0, tokens.input().orElse(0) - cached));
        tokens.cacheWrite().ifPresent(written -> usage.put("cache_creation_input_tokens", written));
        tokens.cacheRead().ifPresent(read -> usage.put("cache_read_input_tokens", read));
        return usage.put("output_tokens", tokens.output().orElse(0));
    }
}
