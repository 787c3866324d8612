package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Usage;
import dev.signalbox.core.json.Json;
import dev.signalbox.core.translate.AnswerFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Tells vectors of {@code openai.embeddings} in {@code ollama.embed}. */
record EmbedRetelling(AnswerFacts facts) implements WholeRetelling {

    @Override
    public byte[] whole(byte[] reply, Optional<Usage> usage) throws IOException {
        JsonNode data = Json.exact(reply).path("data");
        if (!data.isArray()) {
            throw new IOException("data is missing or no array");
        }
        ObjectNode whole = JsonNodeFactory.instance.objectNode().put("model", facts.model());
        vectors(data, whole.putArray("embeddings"));
        whole.put("total_duration", facts.took().get().toNanos()).put("load_duration", 0);
        usage.ifPresent(tokens -> whole.put("prompt_eval_count", tokens.input()));
        return Json.bytes(whole);
    }

    /** In the order of the texts, in whichever they were told. */
    private static void vectors(JsonNode data, ArrayNode into) throws IOException {
        List<JsonNode> sorted = new ArrayList<>();
        data.forEach(sorted::add);
        sorted.sort(Comparator.comparingInt(each -> each.path("index").asInt(0)));
        for (JsonNode each : sorted) {
            if (!each.path("embedding").isArray()) {
                throw new IOException("data[].embedding is missing or no array");
            }
            into.add(each.path("embedding"));
        }
    }
}
