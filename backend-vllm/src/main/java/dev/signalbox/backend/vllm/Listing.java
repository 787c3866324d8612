package dev.signalbox.backend.vllm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.backend.http.ModelLists;
import dev.signalbox.spi.BackendException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads {@code /v1/models}: the names of one model, and the adapters that are loaded beside it. */
final class Listing {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Listing() {}

    /**
     * Every name that can be asked. An adapter has the context of its model, as the list does not say it again.
     *
     * @throws BackendException if it is no list of models
     */
    static List<ModelInfo> read(JsonNode list) throws BackendException {
        List<ModelInfo> listed = ModelLists.openAi(list);
        Map<String, ModelInfo> byName = new HashMap<>();
        listed.forEach(model -> byName.put(model.name(), model));
        Map<String, String> parents = new HashMap<>();
        list.path("data")
                .forEach(entry -> parents.put(
                        entry.path("id").asText(""), entry.path("parent").asText("")));
        return listed.stream().map(model -> complete(model, parents, byName)).toList();
    }

    private static ModelInfo complete(ModelInfo model, Map<String, String> parents, Map<String, ModelInfo> byName) {
        if (model.contextTokens().isPresent()) {
            return model;
        }
        OptionalLong context = Optional.ofNullable(byName.get(parents.getOrDefault(model.name(), "")))
                .map(ModelInfo::contextTokens)
                .orElse(OptionalLong.empty());
        return context.isPresent() ? model.withContext(context.getAsLong()) : model;
    }

    /**
     * Whether such a list is vLLM's own: it signs each entry, and says with each what it may be used for. Whoever passes
     * lists on, this router among them, does not.
     */
    static boolean isSigned(String json) {
        try {
            JsonNode first = JSON.readTree(json).path("data").path(0);
            return first.path("owned_by").asText("").equals("vllm")
                    && first.path("max_model_len").isIntegralNumber()
                    && first.path("permission").isArray();
        } catch (JsonProcessingException somethingElse) {
            return false;
        }
    }
}
