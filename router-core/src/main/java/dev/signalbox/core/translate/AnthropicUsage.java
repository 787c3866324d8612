package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalLong;

/**
 * Tokens in Anthropic's words, where those of the prompt are told apart from those a cache had to do with. Some servers tell
 * the one kind at the beginning and the other at the end, so what was told before is kept. One thread uses it.
 */
final class AnthropicUsage {

    private OptionalLong fresh = OptionalLong.empty();
    private OptionalLong read = OptionalLong.empty();
    private OptionalLong written = OptionalLong.empty();

    /** All that is known now that this was told, too. */
    Tokens with(JsonNode usage) {
        fresh = newer(usage.path("input_tokens"), fresh);
        read = newer(usage.path("cache_read_input_tokens"), read);
        written = newer(usage.path("cache_creation_input_tokens"), written);
        return new Tokens(
                fresh.isPresent()
                        ? OptionalLong.of(fresh.getAsLong() + read.orElse(0) + written.orElse(0))
                        : OptionalLong.empty(),
                Counts.of(usage.path("output_tokens")),
                read,
                written,
                OptionalLong.empty());
    }

    private static OptionalLong newer(JsonNode said, OptionalLong before) {
        OptionalLong now = Counts.of(said);
        return now.isPresent() ? now : before;
    }

    static ObjectNode write(Tokens tokens) {
        ObjectNode usage = JsonNodeFactory.instance.objectNode();
        long cached = tokens.cacheRead().orElse(0) + tokens.cacheWrite().orElse(0);
        usage.put("input_tokens", Math.max(0, tokens.input().orElse(0) - cached));
        tokens.cacheWrite().ifPresent(made -> usage.put("cache_creation_input_tokens", made));
        tokens.cacheRead().ifPresent(had -> usage.put("cache_read_input_tokens", had));
        return usage.put("output_tokens", tokens.output().orElse(0));
    }
}
