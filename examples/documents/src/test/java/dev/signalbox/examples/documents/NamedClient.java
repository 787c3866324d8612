package dev.signalbox.examples.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * A tool that has names of its own for models and sends one of them, or none to have one chosen. It reads nothing but
 * the status and {@code error.type}.
 */
final class NamedClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;

    NamedClient(URI server) {
        this.server = server;
    }

    /** What it makes of an answer. Closed. */
    sealed interface Outcome {

        /** The text, and who said it. */
        record Answered(String text, String target) implements Outcome {}

        /** The backend cannot answer now. */
        record Unavailable(String reason, Optional<String> retryAfter) implements Outcome {}

        /** Nobody knows that name: a mistake in the program. */
        record Mistake(String code) implements Outcome {}
    }

    /** Sends one message; an empty name leaves {@code model} out. */
    Outcome ask(String model, String text, String... headers) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(body(model, text), headers);
        JsonNode body = JSON.readTree(answer.body());
        return switch (answer.statusCode()) {
            case 200 ->
                new Outcome.Answered(
                        body.at("/choices/0/message/content").asText(),
                        answer.headers().firstValue("X-Signalbox-Target").orElse(""));
            case 503 ->
                new Outcome.Unavailable(
                        body.at("/error/type").asText("router_503"),
                        answer.headers().firstValue("Retry-After"));
            case 400, 404 -> new Outcome.Mistake(body.at("/error/code").asText());
            default -> throw new AssertionError(answer.statusCode() + " " + answer.body());
        };
    }

    private HttpResponse<String> send(String json, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String body(String model, String text) {
        ObjectNode body = JSON.createObjectNode();
        body.putArray("messages").addObject().put("role", "user").put("content", text);
        body.put("max_tokens", 4096);
        if (!model.isEmpty()) {
            body.put("model", model);
        }
        ObjectNode function =
                body.putArray("tools").addObject().put("type", "function").putObject("function");
        function.put("name", "search").putObject("parameters").put("type", "object");
        body.put("tool_choice", "auto");
        return body.toString();
    }

    @Override
    public void close() {
        http.close();
    }
}
