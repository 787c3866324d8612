package dev.signalbox.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.spi.BackendException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads lists of models as {@code GET /v1/models} gives them. */
public final class ModelLists {

    private static final int MOST_MODELS = 10_000;
    private static final int LONGEST_NAME = 512;
    private static final long LARGEST_CONTEXT = 1_000_000_000L;

    /** What servers call the number of tokens that fit: vLLM and SGLang, OpenRouter, Groq. */
    private static final List<String> CONTEXTS = List.of("max_model_len", "context_length", "context_window");

    private ModelLists() {}

    /**
     * The models of a list of OpenAI's shape. A {@code data} of {@code null} is an empty list.
     *
     * @throws BackendException if it has no {@code data}, so that it is no such list
     */
    public static List<ModelInfo> openAi(JsonNode list) throws BackendException {
        JsonNode data = list.path("data");
        if (!data.isArray() && !data.isNull()) {
            throw new BackendException(FailureKind.BROKEN_REPLY, "the list of models has no member \"data\"");
        }
        List<ModelInfo> models = new ArrayList<>();
        for (JsonNode entry : data) {
            String name = entry.path("id").asText("");
            if (isName(name) && models.size() < MOST_MODELS) {
                models.add(model(name, entry));
            }
        }
        return models;
    }

    /** Whether that can be the name of a model. */
    public static boolean isName(String name) {
        return !name.isBlank() && name.length() <= LONGEST_NAME;
    }

    /** A number of tokens, if it makes sense. */
    public static OptionalLong tokens(JsonNode number) {
        boolean sensible = number.isIntegralNumber()
                && number.canConvertToLong()
                && number.asLong() > 0
                && number.asLong() <= LARGEST_CONTEXT;
        return sensible ? OptionalLong.of(number.asLong()) : OptionalLong.empty();
    }

    private static ModelInfo model(String name, JsonNode entry) {
        ModelInfo model = ModelInfo.named(name);
        for (String context : CONTEXTS) {
            OptionalLong tokens = tokens(entry.path(context));
            if (tokens.isPresent()) {
                return model.withContext(tokens.getAsLong());
            }
        }
        return model;
    }
}
