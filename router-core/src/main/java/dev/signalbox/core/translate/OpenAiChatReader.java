package dev.signalbox.core.translate;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Sampling.Knob;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads requests of {@code openai.chat}. */
record OpenAiChatReader() implements ChatReader {

    private static final Dialect OWN = Dialect.OPENAI_CHAT;

    static final OpenAiForm FORM = new OpenAiForm(OWN, "json_schema");

    /** What OpenAI itself knows. */
    static final Map<Knob, String> KNOBS = Map.of(
            Knob.TEMPERATURE, "temperature",
            Knob.TOP_P, "top_p",
            Knob.SEED, "seed",
            Knob.FREQUENCY_PENALTY, "frequency_penalty",
            Knob.PRESENCE_PENALTY, "presence_penalty");

    /** And what many servers that speak its dialect know beside that. */
    static final Map<Knob, String> ALL_KNOBS = Map.of(
            Knob.TEMPERATURE, "temperature",
            Knob.TOP_P, "top_p",
            Knob.SEED, "seed",
            Knob.FREQUENCY_PENALTY, "frequency_penalty",
            Knob.PRESENCE_PENALTY, "presence_penalty",
            Knob.TOP_K, "top_k",
            Knob.MIN_P, "min_p",
            Knob.REPEAT_PENALTY, "repetition_penalty");

    private static final Set<String> KNOWN = Set.of(
            "model",
            "messages",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "functions",
            "function_call",
            "temperature",
            "top_p",
            "seed",
            "frequency_penalty",
            "presence_penalty",
            "top_k",
            "min_p",
            "repetition_penalty",
            "max_tokens",
            "max_completion_tokens",
            "stop",
            "logprobs",
            "top_logprobs",
            "response_format",
            "reasoning_effort",
            "reasoning",
            "user",
            "safety_identifier",
            "stream",
            "stream_options");

    /** What is so anyway: to leave it out loses nothing. */
    private static final Map<String, Set<String>> NO_NEWS = Map.ofEntries(
            entry("n", Set.of("1")),
            entry("store", Set.of("false")),
            entry("logit_bias", Set.of("{}")),
            entry("metadata", Set.of("{}")),
            entry("modalities", Set.of("[\"text\"]")),
            entry("service_tier", Set.of("\"auto\"")));

    @Override
    public Chat read(Spot request) throws Malformed {
        request.anObject();
        if (!request.at("messages").there()) {
            throw request.at("messages").wrong("an array");
        }
        return new Chat(
                new OpenAiTurns().read(request.at("messages")),
                OpenAiTools.read(request),
                sampling(request),
                FORM.read(request.at("response_format")).orElseGet(Form.Free::new),
                reasoning(request),
                User.read(request),
                request.at("stream").isTrue(),
                request.at("stream_options").at("include_usage").isTrue(),
                origin(request));
    }

    private static Origin origin(Spot request) throws Malformed {
        Origin all = request.origin(OWN, KNOWN, "stream_options", Set.of("include_usage"))
                .without(NO_NEWS);
        Spot format = request.at("response_format");
        if (FORM.read(format).isPresent()) {
            return all;
        }
        Map<String, JsonNode> rest = new LinkedHashMap<>(all.rest());
        rest.put("response_format", format.node()); // servers have inventions of their own
        return new Origin(OWN, "", rest);
    }

    private static Sampling sampling(Spot request) throws Malformed {
        OptionalLong newer = request.at("max_completion_tokens").count();
        OptionalLong most = newer.isPresent() ? newer : request.at("max_tokens").count();
        return new Sampling(
                Knobs.read(request, ALL_KNOBS), most, request.at("stop").texts(), logprobs(request));
    }

    private static Optional<Long> logprobs(Spot request) throws Malformed {
        long top = request.at("top_logprobs").count().orElse(0);
        return request.at("logprobs").isTrue() ? Optional.of(top) : Optional.empty();
    }

    private static Reasoning reasoning(Spot request) throws Malformed {
        Spot router = request.at("reasoning"); // as routers of clouds have it
        String level = request.at("reasoning_effort").textOrEmpty();
        String effort = level.isEmpty() ? router.at("effort").textOrEmpty() : level;
        boolean none = effort.equals("none");
        return new Reasoning(
                none ? Optional.of(false) : router.at("enabled").flag(),
                none ? "" : effort,
                router.at("max_tokens").count(),
                new Origin(
                        OWN,
                        "/reasoning",
                        router.origin(OWN, Set.of("effort", "enabled", "max_tokens"))
                                .rest()));
    }
}
