package dev.signalbox.backend.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.BackendState;
import dev.signalbox.api.Capability;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.backend.http.ModelLists;
import dev.signalbox.spi.BackendException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A model that a llama-server lists. Of the paths it lists as well nothing is kept.
 *
 * @param name under which it is offered
 * @param aliases other names the server knows it by
 * @param state what has become of it
 * @param exitCode what its process ended with, if it failed to load or died; 0 if it did not
 * @param context how many tokens fit into each slot; told of running models only
 * @param bytes how large its weights are; told of running models only
 * @param start differs whenever its process does
 * @param able what the list tells that it can do
 */
record Listed(
        String name,
        List<String> aliases,
        State state,
        int exitCode,
        OptionalLong context,
        OptionalLong bytes,
        String start,
        Set<Capability> able) {

    /** What has become of a model. */
    enum State {
        /** It is in memory; also that of a server's one model, of which no state is told. */
        LOADED,
        /** It is on its way there. */
        LOADING,
        /** Its process is there and has given its memory back. */
        SLEEPING,
        /** It is not there. */
        UNLOADED,
        /** Its file is still to come. */
        COMING;

        private static State of(JsonNode value) {
            return switch (value.asText("loaded")) {
                case "loaded" -> LOADED;
                case "loading" -> LOADING;
                case "sleeping" -> SLEEPING;
                case "downloading", "downloaded" -> COMING;
                default -> UNLOADED;
            };
        }
    }

    private static final int MOST = 10_000;
    private static final int MOST_ALIASES = 100;

    /** What holds for whatever llama-server answers with: it forms answers itself, and keeps prompts. */
    private static final Set<Capability> ALL = Set.of(
            Capability.JSON,
            Capability.JSON_SCHEMA,
            Capability.LOGPROBS,
            Capability.PROMPT_CACHE,
            Capability.STREAMING);

    Listed {
        aliases = List.copyOf(aliases);
        able = Set.copyOf(able);
    }

    /** Reads {@code /v1/models}. */
    static List<Listed> read(JsonNode list) throws BackendException {
        JsonNode data = list.path("data");
        if (!data.isArray()) {
            throw new BackendException(FailureKind.BROKEN_REPLY, "the list of models has no member \"data\"");
        }
        List<Listed> models = new ArrayList<>();
        for (JsonNode entry : data) {
            String id = entry.path("id").asText("");
            String name = entry.has("status") ? id : FileNames.modelOf(id); // a router wants to hear it as it is
            if (ModelLists.isName(name) && models.size() < MOST) {
                models.add(entry(name, entry));
            }
        }
        return models;
    }

    private static Listed entry(String name, JsonNode entry) {
        JsonNode status = entry.path("status");
        JsonNode meta = entry.path("meta");
        return new Listed(
                name,
                aliases(entry.path("aliases")),
                State.of(status.path("value")),
                status.path("failed").asBoolean(false)
                        ? Math.max(1, status.path("exit_code").asInt(1))
                        : 0,
                ModelLists.tokens(meta.path("n_ctx")),
                meta.path("size").asLong(0) > 0
                        ? OptionalLong.of(meta.path("size").asLong())
                        : OptionalLong.empty(),
                status.path("args").toString(),
                able(entry));
    }

    private static List<String> aliases(JsonNode list) {
        List<String> aliases = new ArrayList<>();
        for (JsonNode alias : list) {
            if (ModelLists.isName(alias.asText("")) && aliases.size() < MOST_ALIASES) {
                aliases.add(alias.asText());
            }
        }
        return aliases;
    }

    private static Set<Capability> able(JsonNode entry) {
        List<Capability> able = new ArrayList<>(ALL);
        for (JsonNode modality : entry.path("architecture").path("input_modalities")) {
            switch (modality.asText("")) {
                case "image" -> able.add(Capability.VISION);
                case "audio" -> able.add(Capability.AUDIO);
                default -> {} // everybody reads text
            }
        }
        for (JsonNode argument : entry.path("status").path("args")) {
            switch (argument.asText("")) {
                case "--embedding", "--embeddings" -> able.add(Capability.EMBEDDINGS);
                case "--rerank", "--reranking" -> able.add(Capability.RERANK);
                default -> {} // says nothing of what it is for
            }
        }
        return Set.copyOf(able);
    }

    /** Whether it is in memory or on its way there. */
    boolean isResident() {
        return state == State.LOADED || state == State.LOADING;
    }

    /** What the list tells of it. */
    ModelInfo info() {
        ModelInfo model =
                ModelInfo.named(name).withLoaded(state == State.LOADED).withState(own());
        model = context.isPresent() ? model.withContext(context.getAsLong()) : model;
        model = bytes.isPresent() ? model.withDisk(bytes.getAsLong()) : model;
        for (Capability capability : able) {
            model = model.with(capability, Support.YES);
        }
        return model;
    }

    /** One that is not on its way is as its server is, which may be loading itself, and loads it when it is asked for. */
    private BackendState own() {
        return state == State.LOADING || state == State.COMING ? BackendState.LOADING : BackendState.UNKNOWN;
    }
}
