package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.api.Usage;
import dev.signalbox.core.json.Json;
import java.io.IOException;
import java.util.Optional;

/** Tells the one vector of {@code openai.embeddings} in {@code ollama.embeddings}, which has no word for anything else. */
record OneVectorRetelling() implements WholeRetelling {

    @Override
    public byte[] whole(byte[] reply, Optional<Usage> usage) throws IOException {
        JsonNode vector = Json.exact(reply).path("data").path(0).path("embedding");
        if (!vector.isArray()) {
            throw new IOException("data[0].embedding is missing or no array");
        }
        return Json.bytes(JsonNodeFactory.instance.objectNode().set("embedding", vector));
    }
}
