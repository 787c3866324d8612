package dev.signalbox.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A trace or an explanation, for people. */
final class TraceText {

    private final JsonNode trace;
    private final List<String> parts = new ArrayList<>();

    private TraceText(JsonNode trace) {
        this.trace = trace;
    }

    static String of(JsonNode trace) {
        TraceText text = new TraceText(trace);
        text.head();
        text.table("rules", List.of("rule", "held", "why"), TraceText::rule);
        text.table("chain", List.of("target", "verdict", "by", "reason"), TraceText::standing);
        text.table("steps", List.of("step", "what", "by", "reason", "after"), TraceText::step);
        text.list("edits");
        text.list("dropped");
        text.list("notes");
        return String.join(System.lineSeparator().repeat(2), text.parts);
    }

    private void head() {
        String asked = "\"%s\" asked for \"%s\" (%s)"
                .formatted(word(trace, "caller"), word(trace, "model"), word(trace, "dialect"));
        String chosen = word(trace, "chosen_by").isEmpty()
                ? ""
                : System.lineSeparator() + "decided by " + word(trace, "chosen_by") + profile();
        JsonNode problem = trace.path("problem");
        String ended = problem.isMissingNode()
                ? outcome()
                : "%srefused with %s %s: %s"
                        .formatted(
                                System.lineSeparator(),
                                word(problem, "status"),
                                word(problem, "code"),
                                word(problem, "message"));
        parts.add(asked + chosen + ended);
    }

    private String profile() {
        String profile = word(trace, "profile");
        return profile.isEmpty() ? "" : ": profile " + profile;
    }

    private String outcome() {
        String outcome = word(trace, "outcome");
        return outcome.isEmpty()
                ? ""
                : "%s%s by %s after %s ms"
                        .formatted(System.lineSeparator(), outcome, word(trace, "target"), word(trace, "took_ms"));
    }

    private void table(String member, List<String> head, java.util.function.Function<JsonNode, List<String>> row) {
        List<List<String>> rows = StreamSupport.stream(trace.path(member).spliterator(), false)
                .map(row)
                .toList();
        if (!rows.isEmpty()) {
            parts.add(Tables.of(head, rows));
        }
    }

    private static List<String> rule(JsonNode rule) {
        return List.of(word(rule, "rule"), rule.path("held").asBoolean() ? "yes" : "no", word(rule, "why"));
    }

    private static List<String> standing(JsonNode one) {
        String full = texts(one.path("full"));
        String edits = texts(one.path("edits"));
        String reason = List.of(
                        word(one, "reason"),
                        full.isEmpty() ? "" : "full: " + full,
                        edits.isEmpty() ? "" : "edits: " + edits)
                .stream()
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
        return List.of(word(one, "target"), word(one, "verdict"), word(one, "by"), reason);
    }

    private static List<String> step(JsonNode step) {
        return List.of(
                word(step, "target"),
                word(step, "what"),
                word(step, "by"),
                word(step, "reason"),
                word(step, "after_ms") + " ms");
    }

    private void list(String member) {
        String all = texts(trace.path(member));
        if (!all.isEmpty()) {
            parts.add(member + ": " + all);
        }
    }

    private static String texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(each -> each.asText(""))
                .collect(Collectors.joining(", "));
    }

    private static String word(JsonNode node, String member) {
        return node.path(member).asText("");
    }
}
