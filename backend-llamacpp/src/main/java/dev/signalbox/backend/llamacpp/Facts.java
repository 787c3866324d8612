package dev.signalbox.backend.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Capability;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.backend.http.ModelLists;
import dev.signalbox.spi.BackendException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What {@code /props} tells: of a server and its one model, of a router, or of one model behind a router.
 *
 * @param isRouter whether it is a router, which has no model of its own
 * @param build what it calls its version; may be empty
 * @param context how many tokens fit into each slot; empty if it does not tell
 * @param isAsleep whether it has given its memory back until it is asked
 * @param capabilities what the model can do, as far as its template and its modalities tell
 */
record Facts(
        boolean isRouter, String build, OptionalLong context, boolean isAsleep, Map<Capability, Support> capabilities) {

    private static final int LONGEST_BUILD = 40;

    /** What templates of models that think have in them. */
    private static final List<String> THINKING =
            List.of("<think>", "enable_thinking", "reasoning_content", "<|channel|>", "[THINK]");

    Facts {
        capabilities = Map.copyOf(capabilities);
    }

    /**
     * Reads them.
     *
     * @throws BackendException if whoever told them is no llama-server
     */
    static Facts read(JsonNode props) throws BackendException {
        if (!looksRight(props)) {
            throw new BackendException(
                    FailureKind.BROKEN_REPLY,
                    "/props has no \"default_generation_settings\", so it is not llama-server's");
        }
        String build = props.path("build_info").asText("");
        return new Facts(
                props.path("role").asText("").equals("router"),
                build.length() <= LONGEST_BUILD ? build : build.substring(0, LONGEST_BUILD),
                ModelLists.tokens(props.path("default_generation_settings").path("n_ctx")),
                props.path("is_sleeping").asBoolean(false),
                capabilities(props));
    }

    /** Whether only llama-server tells that. */
    static boolean looksRight(JsonNode props) {
        return props.path("default_generation_settings").isObject()
                && (props.path("build_info").isTextual()
                        || props.path("model_path").isTextual()
                        || props.path("total_slots").isInt());
    }

    /** The model with what is told of it here. */
    ModelInfo tell(ModelInfo model) {
        ModelInfo told = context.isPresent() ? model.withContext(context.getAsLong()) : model;
        for (Map.Entry<Capability, Support> each : capabilities.entrySet()) {
            told = told.with(each.getKey(), each.getValue());
        }
        return told;
    }

    private static Map<Capability, Support> capabilities(JsonNode props) {
        Map<Capability, Support> able = new EnumMap<>(Capability.class);
        JsonNode modalities = props.path("modalities");
        reads(able, Capability.VISION, modalities.path("vision"));
        reads(able, Capability.AUDIO, modalities.path("audio"));
        String template = props.path("chat_template").asText("");
        JsonNode caps = props.path("chat_template_caps");
        // where the template does not know tools, the server may write them into the prompt itself: unknown, not no
        if (any(caps, "supports_tools", "supports_tool_calls")
                || (caps.isMissingNode() && template.contains("tools"))) {
            able.put(Capability.TOOLS, Support.YES);
        }
        if (any(caps, "supports_parallel_tool_calls")) {
            able.put(Capability.PARALLEL_TOOLS, Support.YES);
        }
        if (any(caps, "supports_preserve_reasoning", "supports_reasoning_effort")
                || THINKING.stream().anyMatch(template::contains)) {
            able.put(Capability.REASONING, Support.YES);
        }
        return able;
    }

    private static void reads(Map<Capability, Support> able, Capability capability, JsonNode told) {
        if (told.isBoolean()) {
            able.put(capability, told.asBoolean() ? Support.YES : Support.NO);
        }
    }

    private static boolean any(JsonNode caps, String... names) {
        for (String name : names) {
            if (caps.path(name).asBoolean(false)) {
                return true;
            }
        }
        return false;
    }
}
