package dev.signalbox.backend.mlx;

import dev.signalbox.api.Edit;
import dev.signalbox.backend.http.Edits;
import dev.signalbox.spi.RequestView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What requests need before mlx_lm.server takes them. It closes the connection without a word on anything that is not of
 * the type it expects.
 */
final class LmRequests {

    /** Ignored members, and the values with which they ask for nothing that it would not do anyway. */
    private static final Map<String, Set<String>> IGNORED = Map.of(
            "tool_choice", Set.of("\"auto\"", "\"none\""),
            "n", Set.of("1"),
            "best_of", Set.of("1"),
            "parallel_tool_calls", Set.of("true"),
            "verbosity", Set.of("\"medium\""));

    private static final List<String> INTEGERS = List.of(
            "max_tokens",
            "max_completion_tokens",
            "top_k",
            "top_logprobs",
            "seed",
            "num_draft_tokens",
            "repetition_context_size");

    private static final List<String> FLOATS = List.of("xtc_probability", "xtc_threshold");

    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");
    private static final Pattern WHOLE = Pattern.compile("(-?\\d{1,18})\\.0+");
    private static final int MOST_LOGPROBS = 10;

    private LmRequests() {}

    static List<Edit> edits(RequestView request) {
        List<Edit> edits = new ArrayList<>();
        edits.addAll(usage(request));
        edits.addAll(numbers(request));
        edits.addAll(Edits.uncalledTools(request));
        edits.addAll(Edits.ignored(request, IGNORED));
        if (isFilled(request, "draft_model")) {
            edits.addAll(Edits.without(request, "draft_model")); // it would be downloaded
        }
        return edits;
    }

    static Optional<String> refusal(RequestView request) {
        Optional<String> logprobs =
                request.raw("/logprobs").filter(value -> INTEGER.matcher(value).matches());
        if (logprobs.isPresent()) {
            return Optional.of("mlx_lm.server takes no number as logprobs (%s)".formatted(logprobs.get()));
        }
        return request.raw("/top_logprobs")
                .map(LmRequests::asInteger)
                .filter(value -> INTEGER.matcher(value).matches() && Long.parseLong(value) > MOST_LOGPROBS)
                .map(value -> "mlx_lm.server takes at most %d top_logprobs (%s)".formatted(MOST_LOGPROBS, value));
    }

    /** It looks for this member in whatever options there are, and does not finish the stream if it is not there. */
    private static List<Edit> usage(RequestView request) {
        boolean options = request.raw("/stream_options")
                .filter(value -> value.startsWith("{"))
                .isPresent();
        return options && request.raw("/stream_options/include_usage").isEmpty()
                ? List.of(Edit.insert("/stream_options/include_usage", "false"))
                : List.of();
    }

    private static List<Edit> numbers(RequestView request) {
        List<Edit> edits = new ArrayList<>();
        for (String member : INTEGERS) {
            request.raw(Edits.pointer(member))
                    .filter(value -> WHOLE.matcher(value).matches())
                    .ifPresent(value -> edits.add(Edit.replace(Edits.pointer(member), asInteger(value))));
        }
        for (String member : FLOATS) {
            request.raw(Edits.pointer(member))
                    .filter(value -> INTEGER.matcher(value).matches())
                    .ifPresent(value -> edits.add(Edit.replace(Edits.pointer(member), value + ".0")));
        }
        if (request.raw("/top_logprobs").map(LmRequests::asInteger).equals(Optional.of("0"))) {
            edits.add(Edit.remove("/top_logprobs")); // none, which it wants to hear as silence
        }
        return edits;
    }

    private static String asInteger(String number) {
        Matcher whole = WHOLE.matcher(number);
        return whole.matches() ? whole.group(1) : number;
    }

    private static boolean isFilled(RequestView request, String member) {
        return request.raw(Edits.pointer(member))
                .filter(value -> !value.equals("null"))
                .isPresent();
    }
}
