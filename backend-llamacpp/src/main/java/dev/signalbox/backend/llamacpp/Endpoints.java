package dev.signalbox.backend.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.JsonText;
import dev.signalbox.backend.http.MessagesCounter;
import dev.signalbox.backend.http.Upstream;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.TokenCounter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What a llama-server tells of itself, and where. Nothing here loads a model but {@link #load} and {@link #wake}. */
record Endpoints(Upstream upstream) {

    /** Asks the server itself, or its one model. */
    static final String ITSELF = "";

    /** Asks a router about one of its models, unless that would load it. */
    static String about(String model) {
        return "?model=" + URLEncoder.encode(model, StandardCharsets.UTF_8) + "&autoload=false";
    }

    Facts facts(String whom, Deadline deadline) throws BackendException, InterruptedException {
        return Facts.read(get("/props" + whom, deadline));
    }

    List<Listed> models(Deadline deadline) throws BackendException, InterruptedException {
        return Listed.read(upstream.get(upstream.baseUrl().api("/models"), deadline));
    }

    /** The model that is listed under that name. */
    Optional<Listed> model(String name, Deadline deadline) throws BackendException, InterruptedException {
        return models(deadline).stream()
                .filter(model -> model.name().equals(name))
                .findFirst();
    }

    JsonNode slots(String whom, Deadline deadline) throws BackendException, InterruptedException {
        return get("/slots" + whom, deadline);
    }

    String metrics(String whom, Deadline deadline) throws BackendException, InterruptedException {
        return upstream.text(upstream.baseUrl().root("/metrics" + whom), deadline);
    }

    /** Whether it is well, which it says without a key. */
    void health(Deadline deadline) throws BackendException, InterruptedException {
        get("/health", deadline);
    }

    void load(String model, Deadline deadline) throws BackendException, InterruptedException {
        post("/models/load", named(model, ""), deadline);
    }

    void unload(String model, Deadline deadline) throws BackendException, InterruptedException {
        post("/models/unload", named(model, ""), deadline);
    }

    /** Asks for something that costs nothing but needs the model: a server that sleeps answers when it is awake. */
    void wake(String model, Deadline deadline) throws BackendException, InterruptedException {
        tokenize(model, "", deadline);
    }

    /** The prompt that a chat becomes. */
    String prompt(String model, String chat, Deadline deadline) throws BackendException, InterruptedException {
        return post("/apply-template?autoload=false", named(model, "," + chat), deadline)
                .path("prompt")
                .asText("");
    }

    /** Counts the tokens of requests in Anthropic's API. */
    TokenCounter messages() {
        return MessagesCounter.of(upstream, "?autoload=false");
    }

    /** How many tokens a prompt has. */
    int tokenize(String model, String prompt, Deadline deadline) throws BackendException, InterruptedException {
        String rest = ",\"content\":%s,\"add_special\":true,\"parse_special\":true".formatted(JsonText.quote(prompt));
        return post("/tokenize?autoload=false", named(model, rest), deadline)
                .path("tokens")
                .size();
    }

    private static String named(String model, String rest) {
        return "{\"model\":%s%s}".formatted(JsonText.quote(model), rest);
    }

    private JsonNode get(String path, Deadline deadline) throws BackendException, InterruptedException {
        return upstream.get(upstream.baseUrl().root(path), deadline);
    }

    private JsonNode post(String path, String json, Deadline deadline) throws BackendException, InterruptedException {
        return upstream.post(upstream.baseUrl().root(path), json, deadline);
    }
}
