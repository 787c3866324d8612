package dev.signalbox.backend.mlx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.backend.http.ModelLists;
import dev.signalbox.spi.BackendException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server has on its disk, and what of it is in memory, if it tells. */
final class Models {

    /** As Python writes the key of a cache: {@code WrapperCacheKey(model_id='org/name', …)}. */
    private static final Pattern KEY = Pattern.compile("model_id='([^']{1,512})'");

    private static final int MOST = 100;

    private Models() {}

    /**
     * The models of a server.
     *
     * @param list as {@code /v1/models} gives it; mlx_lm.server gives nothing at all where there is no cache of the hub
     * @param told what the server tells of itself: mlx-vlm's health, mlx-omni-server's cache
     */
    static List<ModelInfo> read(Flavor flavor, JsonNode list, JsonNode told) throws BackendException {
        List<ModelInfo> models = new ArrayList<>(list.isMissingNode() ? List.of() : ModelLists.openAi(list));
        if (flavor != Flavor.LM) {
            Set<String> loaded = flavor == Flavor.VLM ? loadedByVlm(told) : loadedByOmni(told);
            models.replaceAll(model -> model.withLoaded(loaded.contains(model.name())));
            models.forEach(model -> loaded.remove(model.name()));
            loaded.forEach(name -> models.add(ModelInfo.named(name).withLoaded(true)));
        }
        if (flavor == Flavor.VLM) {
            models.replaceAll(model -> withContext(model, told));
        }
        models.replaceAll(flavor::describe);
        return models;
    }

    private static Set<String> loadedByVlm(JsonNode health) {
        Set<String> names = new LinkedHashSet<>();
        add(names, health.path("loaded_model"));
        health.path("loaded_models").forEach(kind -> add(names, kind.path("model")));
        return names;
    }

    private static Set<String> loadedByOmni(JsonNode cache) {
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode key : cache.path("cached_keys")) {
            Matcher model = KEY.matcher(key.asText());
            if (model.find() && names.size() < MOST) {
                names.add(model.group(1));
            }
        }
        return names;
    }

    private static void add(Set<String> names, JsonNode name) {
        if (name.isTextual() && ModelLists.isName(name.asText()) && names.size() < MOST) {
            names.add(name.asText());
        }
    }

    /** The context that holds is told of the model in memory only. */
    private static ModelInfo withContext(ModelInfo model, JsonNode health) {
        OptionalLong context = ModelLists.tokens(health.path("effective_context_limit"));
        boolean loaded = health.path("loaded_model").asText().equals(model.name());
        return loaded && context.isPresent() ? model.withContext(context.getAsLong()) : model;
    }
}
