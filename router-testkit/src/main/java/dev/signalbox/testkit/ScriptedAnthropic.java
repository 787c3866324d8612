package dev.signalbox.testkit;

import dev.signalbox.api.Dialect;
import dev.signalbox.testkit.Json.Verbatim;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A double of Anthropic's API: messages, counting tokens and the list of models, with its errors and its habits. It has one
 * model, {@code claude-test}, and wants a version with every request.
 */
public final class ScriptedAnthropic extends ScriptedRuntime {

    private static final MessagesManner MANNER = new MessagesManner();

    /** What a request to count may not have: it asks for no answer. */
    private static final Set<String> OF_ANSWERS = Set.of("/max_tokens", "/stream", "/temperature");

    private volatile List<String> models = List.of("claude-test");
    private volatile Optional<String> key = Optional.empty();

    private ScriptedAnthropic() {}

    /** Starts one. */
    public static ScriptedAnthropic start() {
        return new ScriptedAnthropic();
    }

    /** From now on it serves these models. */
    public ScriptedAnthropic serving(String... names) {
        models = List.of(names);
        return this;
    }

    /** From now on it wants this key. */
    public ScriptedAnthropic requiring(String apiKey) {
        key = Optional.of(apiKey);
        return this;
    }

    @Override
    Reply reply(ReceivedRequest request) {
        Reply reply = !isAllowed(request)
                ? error(401, "invalid x-api-key")
                : request.header("anthropic-version").isEmpty()
                        ? error(400, "anthropic-version: header is required")
                        : answered(request);
        return reply.header("request-id", nextId("req_01"));
    }

    private Reply answered(ReceivedRequest request) {
        return switch (request.method() + " " + request.path()) {
            case "GET /v1/models" -> Reply.json(200, list(request.target()));
            case "POST /v1/messages" -> changed(asked(request).orElseGet(() -> generated(request)));
            case "POST /v1/messages/count_tokens" ->
                asked(request).orElseGet(() -> counted(request)).noGeneration();
            default -> error(404, "Not Found");
        };
    }

    private boolean isAllowed(ReceivedRequest request) {
        return key.isEmpty()
                || request.headers("x-api-key").contains(key.get())
                || request.headers("authorization").contains("Bearer " + key.get());
    }

    /** What is wrong with a request, if anything is. */
    private Optional<Reply> asked(ReceivedRequest request) {
        Optional<Json> body = body(request);
        if (body.isEmpty()) {
            return Optional.of(error(400, "The request body is not valid JSON"));
        }
        if (body.get().items("/messages").isEmpty()) {
            return Optional.of(error(400, "messages: Field required"));
        }
        String model = body.get().text("/model");
        return models.contains(model) ? Optional.empty() : Optional.of(error(404, "model: " + model));
    }

    private Reply generated(ReceivedRequest request) {
        Json body = body(request).orElseThrow();
        if (body.at("/max_tokens").isEmpty()) {
            return error(400, "max_tokens: Field required");
        }
        if (refusal().isPresent()) {
            return error(refusal().get().status(), refusal().get().message());
        }
        Said said = new Said(answer(), body.text("/model"), nextId("msg_01"), true);
        return body.flag("/stream", false)
                ? stream(MANNER, said)
                : Reply.json(200, MANNER.whole(said)).header("anthropic-ratelimit-requests-remaining", "49");
    }

    private Reply counted(ReceivedRequest request) {
        Json body = body(request).orElseThrow();
        Optional<String> odd = OF_ANSWERS.stream()
                .filter(member -> body.at(member).isPresent())
                .findFirst();
        if (odd.isPresent()) {
            return error(400, odd.get().substring(1) + ": Extra inputs are not permitted");
        }
        return Reply.json(200, Json.object("input_tokens", tokensOf(body)).json());
    }

    /** The tokens that doubles find in a request of that dialect. */
    static long tokensOf(Json body) {
        return Math.max(
                1, TestRequest.of(Dialect.ANTHROPIC_COUNT_TOKENS, body.raw()).approximateTokens());
    }

    private Reply stream(MessagesManner manner, Said said) {
        return streamed(
                broken(manner.frames(said), breakMessage().map(manner::error).orElse(List.of())));
    }

    /** A stream of these frames, each in a chunk of its own. */
    static Reply streamed(List<String> frames) {
        return Reply.stream("text/event-stream; charset=utf-8").chunks(frames);
    }

    private static Reply error(int status, String message) {
        return Reply.json(status, ErrorShape.ANTHROPIC.body(status, typeOf(status), message));
    }

    /** The type of its error for a status. */
    static String typeOf(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 409 -> "conflict_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 504 -> "timeout_error";
            case 529 -> "overloaded_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }

    private String list(String target) {
        List<String> all = models;
        int from = all.indexOf(parameter(target, "after_id").orElse("")) + 1;
        int limit = parameter(target, "limit").map(Integer::parseInt).orElse(20);
        List<String> page = all.subList(from, Math.min(all.size(), from + limit));
        return Json.object(
                        "data",
                        page.stream().map(ScriptedAnthropic::model).toList(),
                        "has_more",
                        from + page.size() < all.size(),
                        "first_id",
                        page.isEmpty() ? Json.NULL : page.getFirst(),
                        "last_id",
                        page.isEmpty() ? Json.NULL : page.getLast())
                .json();
    }

    private static Optional<String> parameter(String target, String name) {
        return Stream.of(target.substring(target.indexOf('?') + 1).split("&"))
                .filter(each -> each.startsWith(name + "="))
                .map(each -> each.substring(name.length() + 1))
                .findFirst();
    }

    private static Verbatim model(String name) {
        return Json.object(
                "type",
                "model",
                "id",
                name,
                "display_name",
                name,
                "created_at",
                "2026-02-01T00:00:00Z",
                "max_input_tokens",
                200_000,
                "max_tokens",
                64_000);
    }
}
