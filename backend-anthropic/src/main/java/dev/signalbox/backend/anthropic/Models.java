package dev.signalbox.backend.anthropic;

import static dev.signalbox.api.Support.NO;
import static dev.signalbox.api.Support.YES;
import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Headers;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.backend.http.ModelLists;
import dev.signalbox.backend.http.Upstream;
import dev.signalbox.spi.BackendException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Reads {@code /v1/models}, page by page. */
record Models(Upstream upstream, Release release) {

    /** More than there will be; whoever says that there is always more is not listened to for ever. */
    private static final int MOST_PAGES = 10;

    private static final String PAGE = "/models?limit=1000";

    /** What holds for all of them; whether one thinks, or keeps to a schema, is not told and tried. */
    private static final Map<Capability, Support> ALL = Map.ofEntries(
            entry(Capability.CHAT, YES),
            entry(Capability.STREAMING, YES),
            entry(Capability.TOOLS, YES),
            entry(Capability.PARALLEL_TOOLS, YES),
            entry(Capability.TOOL_CHOICE, YES),
            entry(Capability.PROMPT_CACHE, YES),
            entry(Capability.COMPLETIONS, NO),
            entry(Capability.EMBEDDINGS, NO),
            entry(Capability.RERANK, NO),
            entry(Capability.AUDIO, NO),
            entry(Capability.LOGPROBS, NO));

    List<ModelInfo> list(Deadline deadline) throws BackendException, InterruptedException {
        List<ModelInfo> models = new ArrayList<>();
        String after = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode list = upstream.get(address(after), release.beside(Headers.none()), deadline);
            read(list, models);
            after = list.path("last_id").asText("");
            if (!list.path("has_more").asBoolean(false) || after.isEmpty()) {
                break;
            }
        }
        return models;
    }

    private URI address(String after) {
        String from = after.isEmpty() ? "" : "&after_id=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
        return upstream.baseUrl().api(PAGE + from);
    }

    private static void read(JsonNode list, List<ModelInfo> models) throws BackendException {
        JsonNode data = list.path("data");
        if (!data.isArray()) {
            throw new BackendException(FailureKind.BROKEN_REPLY, "the list of models has no member \"data\"");
        }
        for (JsonNode entry : data) {
            String name = entry.path("id").asText("");
            if (ModelLists.isName(name)) {
                models.add(model(name, entry));
            }
        }
    }

    private static ModelInfo model(String name, JsonNode entry) {
        ModelInfo model = ModelInfo.named(name);
        for (Map.Entry<Capability, Support> each : ALL.entrySet()) {
            model = model.with(each.getKey(), each.getValue());
        }
        OptionalLong context = ModelLists.tokens(entry.path("max_input_tokens"));
        return context.isPresent() ? model.withContext(context.getAsLong()) : model;
    }
}
