package dev.signalbox.core.translate;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Sampling.Knob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads requests of {@code openai.responses}. What somebody would have to have kept is refused: here nobody keeps it. */
record ResponsesChatReader() implements ChatReader {

    private static final Dialect OWN = Dialect.OPENAI_RESPONSES;

    static final OpenAiForm FORM = new OpenAiForm(OWN, "");
    static final Map<Knob, String> KNOBS = Map.of(Knob.TEMPERATURE, "temperature", Knob.TOP_P, "top_p");

    /** What a client may want to have in its answer; thoughts that only their maker can read are always there. */
    static final String LOGPROBS = "message.output_text.logprobs";

    static final String ENCRYPTED = "reasoning.encrypted_content";

    private static final Set<String> KNOWN = Set.of(
            "model",
            "instructions",
            "input",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "temperature",
            "top_p",
            "max_output_tokens",
            "top_logprobs",
            "include",
            "text",
            "reasoning",
            "user",
            "safety_identifier",
            "stream",
            "previous_response_id",
            "conversation",
            "prompt");

    /** What is so anyway: to leave it out loses nothing. */
    private static final Map<String, Set<String>> NO_NEWS = Map.ofEntries(
            entry("store", Set.of("false")),
            entry("background", Set.of("false")),
            entry("truncation", Set.of("\"disabled\"")),
            entry("metadata", Set.of("{}")));

    @Override
    public Chat read(Spot request) throws Malformed {
        request.anObject();
        kept(request.at("previous_response_id"));
        kept(request.at("conversation"));
        kept(request.at("prompt"));
        boolean streamed = request.at("stream").isTrue();
        return new Chat(
                new ResponsesItems().read(request),
                ResponsesTools.read(request),
                sampling(request),
                FORM.read(request.at("text").at("format")).orElseGet(Form.Free::new),
                reasoning(request.at("reasoning")),
                User.read(request),
                streamed,
                streamed, // nobody has to ask: every stream of this dialect tells it
                origin(request));
    }

    private static void kept(Spot what) throws Malformed {
        boolean empty = what.node().isTextual() && what.text().isEmpty();
        if (what.there() && !empty) {
            throw new Malformed(
                    what.path(),
                    "previous_response_not_found",
                    "this server keeps nothing between requests; the whole conversation is expected in `input`");
        }
    }

    private static Origin origin(Spot request) throws Malformed {
        Map<String, JsonNode> rest =
                new LinkedHashMap<>(request.origin(OWN, KNOWN).without(NO_NEWS).rest());
        boolean invented = FORM.read(request.at("text").at("format")).isEmpty();
        Set<String> known = invented ? Set.of() : Set.of("format");
        request.at("text").origin(OWN, known).rest().forEach((name, value) -> rest.put("text." + name, value));
        for (Spot wanted : request.at("include").each()) {
            if (!Set.of(LOGPROBS, ENCRYPTED).contains(wanted.text())) {
                rest.put("include", request.at("include").node());
            }
        }
        return new Origin(OWN, "", rest);
    }

    private static Sampling sampling(Spot request) throws Malformed {
        return new Sampling(
                Knobs.read(request, KNOBS), request.at("max_output_tokens").count(), List.of(), logprobs(request));
    }

    private static Optional<Long> logprobs(Spot request) throws Malformed {
        long top = request.at("top_logprobs").count().orElse(0);
        boolean wanted = top > 0;
        for (Spot included : request.at("include").each()) {
            wanted |= included.text().equals(LOGPROBS);
        }
        return wanted ? Optional.of(top) : Optional.empty();
    }

    /** A summary of what was thought is told whether or not it is asked for. */
    private static Reasoning reasoning(Spot reasoning) throws Malformed {
        if (reasoning.there()) {
            reasoning.anObject();
        }
        String effort = reasoning.at("effort").textOrEmpty();
        boolean none = effort.equals("none");
        return new Reasoning(
                none ? Optional.of(false) : Optional.empty(),
                none ? "" : effort,
                OptionalLong.empty(),
                reasoning.origin(OWN, Set.of("effort", "summary", "generate_summary")));
    }
}
