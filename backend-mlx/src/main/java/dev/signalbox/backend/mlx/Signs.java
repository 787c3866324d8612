package dev.signalbox.backend.mlx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** What the servers are known by. */
final class Signs {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> MEMBERS_OF_LIST = Set.of("object", "data");
    private static final Set<String> MEMBERS_OF_MODEL = Set.of("id", "object", "created");

    /** Python puts a space after a colon unless told otherwise, and whoever answers through a framework does tell it. */
    private static final Pattern WRITTEN_BY_PYTHON =
            Pattern.compile("\\{\"object\": \"list\", \"data\": \\[\\{.*", Pattern.DOTALL);

    /** A repository of the hub, or a folder. */
    private static final Pattern NAME_OF_WEIGHTS = Pattern.compile("[^/\\s]+/[^/\\s]+|/.+");

    private Signs() {}

    /** Whether that is surely the list of models of an mlx_lm.server: an empty one could be anybody's. */
    static boolean isListOfLm(String body) {
        JsonNode list = read(body);
        return WRITTEN_BY_PYTHON.matcher(body).matches()
                && hasOnly(list, MEMBERS_OF_LIST)
                && StreamSupport.stream(list.path("data").spliterator(), false).allMatch(Signs::isModelOfLm);
    }

    /** Whether a list of models could be that of an mlx_lm.server, which names no owners. */
    static boolean mayBeListOfLm(JsonNode list) {
        return !list.has("models")
                && StreamSupport.stream(list.path("data").spliterator(), false)
                        .noneMatch(model -> model.has("owned_by"));
    }

    /** Whether that is what mlx_lm.server says of its health; others say the same. */
    static boolean mayBeHealthOfLm(JsonNode health) {
        return health.size() == 1 && health.path("status").asText().equals("ok");
    }

    static boolean isHealthOfVlm(String body) {
        return isHealthOfVlm(read(body));
    }

    /** The members are there even if nothing is loaded. */
    static boolean isHealthOfVlm(JsonNode health) {
        return health.path("status").isTextual() && health.has("loaded_model") && health.has("loaded_adapter");
    }

    static boolean isCacheOfOmni(String body) {
        return isCacheOfOmni(read(body));
    }

    static boolean isCacheOfOmni(JsonNode cache) {
        return cache.path("cache_size").isInt()
                && cache.has("ttl_seconds")
                && cache.path("cached_keys").isArray();
    }

    private static boolean isModelOfLm(JsonNode model) {
        return hasOnly(model, MEMBERS_OF_MODEL)
                && model.path("created").isIntegralNumber()
                && NAME_OF_WEIGHTS.matcher(model.path("id").asText()).matches();
    }

    private static boolean hasOnly(JsonNode object, Set<String> members) {
        return object.isObject()
                && object.size() == members.size()
                && members.stream().allMatch(object::has);
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }
}
