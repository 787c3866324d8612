package dev.signalbox.core.translate;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Sampling.Knob;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** What the requests of {@code ollama.chat} and {@code ollama.generate} have in common. */
record OllamaRequest(Dialect dialect, Spot request) {

    /** What can be set with a number, under {@code options}. */
    static final Map<Knob, String> KNOBS = Map.of(
            Knob.TEMPERATURE, "temperature",
            Knob.TOP_P, "top_p",
            Knob.TOP_K, "top_k",
            Knob.MIN_P, "min_p",
            Knob.SEED, "seed",
            Knob.FREQUENCY_PENALTY, "frequency_penalty",
            Knob.PRESENCE_PENALTY, "presence_penalty",
            Knob.REPEAT_PENALTY, "repeat_penalty");

    private static final Set<String> KNOWN =
            Set.of("model", "stream", "format", "think", "logprobs", "top_logprobs", "options");

    /** What is so anyway: to leave it out loses nothing. */
    private static final Map<String, Set<String>> NO_NEWS = Map.ofEntries(
            entry("truncate", Set.of("true")),
            entry("shift", Set.of("true")),
            entry("raw", Set.of("false")),
            entry("suffix", Set.of("\"\"")),
            entry("template", Set.of("\"\"")),
            entry("context", Set.of("[]")));

    private static final Pattern NOTHING = Pattern.compile("0+(\\.0*)?(ns|us|ms|s|m|h)?");

    private static final Sampling LITTLE = new Sampling(Map.of(), OptionalLong.of(1), List.of(), Optional.empty());

    /** A word that is said where nothing is: a model that is to be loaded has to be asked something. */
    private static final Part A_WORD = new Part.Text("Hi", Origin.at(Dialect.OLLAMA_CHAT, ""));

    /** Whether a chat asks for nothing but that the model be loaded. */
    static boolean loads(Chat chat) {
        return !chat.turns().isEmpty() && chat.turns().getLast().parts().contains(A_WORD);
    }

    /** The request as a chat of these turns; without any it loads the model. */
    Chat chat(List<Turn> turns, Tools tools, Set<String> alsoKnown) throws Malformed {
        boolean loads = turns.isEmpty();
        Sampling sampling = sampling(request.at("options"));
        if (loads && unloads(request.at("keep_alive").node())) {
            throw request.at("keep_alive")
                    .says("it unloads the model, which can only be done where an Ollama has it;"
                            + " more than 0, or nothing, is expected");
        }
        return new Chat(
                loads ? List.of(new Turn(Turn.Role.USER, List.of(A_WORD), true, Origin.at(dialect, ""))) : turns,
                tools,
                loads ? LITTLE : sampling,
                form(request.at("format")),
                reasoning(request.at("think")),
                User.UNSAID,
                request.at("stream").flag().orElse(true),
                true,
                origin(alsoKnown));
    }

    /** Whether a model is to be unloaded at once. */
    static boolean unloads(JsonNode keepAlive) {
        return NOTHING.matcher(keepAlive.asText("")).matches();
    }

    private Origin origin(Set<String> alsoKnown) {
        Set<String> known = new HashSet<>(KNOWN);
        known.addAll(alsoKnown);
        Set<String> options = new HashSet<>(KNOBS.values());
        options.addAll(Set.of("num_predict", "stop"));
        return request.origin(dialect, known, "options", options).without(NO_NEWS);
    }

    private Sampling sampling(Spot options) throws Malformed {
        options.object();
        return new Sampling(
                Knobs.read(options, KNOBS),
                most(options.at("num_predict")),
                options.at("stop").texts(),
                logprobs());
    }

    /** A number below zero is none: as many as there come. */
    private static OptionalLong most(Spot most) throws Malformed {
        boolean endless = most.number().isPresent() && most.node().doubleValue() < 0;
        return endless ? OptionalLong.empty() : most.count();
    }

    private Optional<Long> logprobs() throws Malformed {
        long top = request.at("top_logprobs").count().orElse(0);
        return request.at("logprobs").isTrue() ? Optional.of(top) : Optional.empty();
    }

    private Form form(Spot format) throws Malformed {
        if (format.node().isObject()) {
            return new Form.Schema("", format.node(), Optional.empty(), Origin.at(dialect, format.pointer()));
        }
        return switch (format.textOrEmpty()) {
            case "" -> new Form.Free();
            case "json" -> new Form.Json();
            default -> throw format.wrong("\"json\" or a JSON schema");
        };
    }

    private Reasoning reasoning(Spot think) throws Malformed {
        Origin origin = Origin.at(dialect, think.pointer());
        if (think.node().isTextual()) {
            return new Reasoning(Optional.empty(), think.text(), OptionalLong.empty(), origin);
        }
        return new Reasoning(think.flag(), "", OptionalLong.empty(), origin);
    }
}
