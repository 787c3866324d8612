package dev.signalbox.backend.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Capability;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.backend.http.ModelLists;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code /api/show} tells of a model.
 *
 * @param capabilities in Ollama's words; empty if it does not tell
 * @param context the context that the model itself asks for, at most what it was trained for; empty if it leaves that to
 *     the server, which does not tell before it has loaded the model
 * @param trained the context it was trained for, which none that it is loaded with goes beyond; empty if it does not tell
 * @param tokenBytes how much memory each token of its context takes; empty if its architecture does not tell
 */
record Description(List<String> capabilities, OptionalLong context, OptionalLong trained, OptionalLong tokenBytes) {

    /** Nothing is known. */
    static final Description NONE =
            new Description(List.of(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    private static final int MOST_WORDS = 50;
    private static final Pattern NUM_CTX = Pattern.compile("(?m)^num_ctx\\s+(\\d{1,9})\\s*$");

    /** What each word says of a model that has it, and of one that tells its capabilities and lacks it. */
    private static final Map<String, List<Capability>> WORDS = Map.of(
            "completion", List.of(Capability.CHAT, Capability.COMPLETIONS),
            "tools", List.of(Capability.TOOLS),
            "vision", List.of(Capability.VISION),
            "audio", List.of(Capability.AUDIO),
            "thinking", List.of(Capability.REASONING));

    static Description read(JsonNode show) {
        return new Description(
                words(show.path("capabilities")),
                context(show),
                trained(show.path("model_info")),
                KeyValues.bytesPerToken(show.path("model_info")));
    }

    static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        for (JsonNode word : list) {
            if (word.isTextual() && words.size() < MOST_WORDS) {
                words.add(word.asText());
            }
        }
        return List.copyOf(words);
    }

    /** The same, with capabilities that a list told where this does not. */
    Description orCapabilities(List<String> listed) {
        return capabilities.isEmpty() ? new Description(listed, context, trained, tokenBytes) : this;
    }

    /** The model with everything that this says of it. */
    ModelInfo tell(ModelInfo model) {
        ModelInfo told = model.with(Capability.TOOL_CHOICE, Support.NO); // ignored without a word, in every API
        told = context.isPresent() ? told.withContext(context.getAsLong()) : told;
        told = tokenBytes.isPresent() ? told.withTokenMemory(tokenBytes.getAsLong()) : told;
        return capabilities.isEmpty() ? told : able(told);
    }

    /** The context that a model really has when it is loaded with that one. */
    long fitting(long wanted) {
        return Math.min(wanted, trained.orElse(wanted));
    }

    private ModelInfo able(ModelInfo model) {
        ModelInfo told = model.with(Capability.RERANK, Support.NO);
        for (Map.Entry<String, List<Capability>> word : WORDS.entrySet()) {
            Support support = capabilities.contains(word.getKey()) ? Support.YES : Support.NO;
            for (Capability capability : word.getValue()) {
                told = told.with(capability, support);
            }
        }
        if (capabilities.contains("embedding")) {
            told = told.with(Capability.EMBEDDINGS, Support.YES);
        }
        return capabilities.contains("completion") ? formed(told) : told;
    }

    /** The form of an answer is enforced by the server, whatever the model. */
    private static ModelInfo formed(ModelInfo model) {
        return model.with(Capability.JSON, Support.YES)
                .with(Capability.JSON_SCHEMA, Support.YES)
                .with(Capability.STREAMING, Support.YES);
    }

    private static OptionalLong context(JsonNode show) {
        Matcher asked = NUM_CTX.matcher(show.path("parameters").asText(""));
        if (!asked.find()) {
            return OptionalLong.empty();
        }
        long wanted = Long.parseLong(asked.group(1));
        long fits = Math.min(wanted, trained(show.path("model_info")).orElse(wanted));
        return fits > 0 ? OptionalLong.of(fits) : OptionalLong.empty();
    }

    private static OptionalLong trained(JsonNode info) {
        String architecture = info.path("general.architecture").asText("");
        return ModelLists.tokens(info.path(architecture + ".context_length"));
    }
}
