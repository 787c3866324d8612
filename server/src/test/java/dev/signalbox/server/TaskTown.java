package dev.signalbox.server;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.testkit.OllamaModel;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.ScriptedOllama;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

/** The example of task routing, as it is given to users, in front of an Ollama that has its three models. */
final class TaskTown implements AutoCloseable {

    static final Path EXAMPLE = Path.of("../examples/tasks/signalbox.yaml");
    static final String ARCHITECT = "qwen3-coder-next:q4_K_M";
    static final String CODER = "qwen3-coder:32b";
    static final String REVIEWER = "qwen3:14b";

    /** The models, and their contexts beside them; so much is loaded at once. */
    private static final long MEMORY = 80_000_000_000L;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration GENEROUS = Duration.ofSeconds(30);

    private final ScriptedOllama ollama;
    private final Configured all;

    private TaskTown(ScriptedOllama ollama, Configured all) {
        this.ollama = ollama;
        this.all = all;
    }

    /** The example; tasks beside everything else, so that one port is enough. */
    static TaskTown open() throws IOException {
        return with("");
    }

    /** The same with something more in its configuration. */
    static TaskTown with(String more) throws IOException {
        return open(ScriptedOllama.start().memory(MEMORY, MEMORY), example -> example + more);
    }

    /** The same, but nobody counts its memory: models are loaded by being asked. */
    static TaskTown uncounted() throws IOException {
        return open(
                ScriptedOllama.start(),
                example -> example.replaceAll("(?m)^  memory:\\n(    .*\\n)+", "  memory: {}\n"));
    }

    private static TaskTown open(ScriptedOllama ollama, UnaryOperator<String> change) throws IOException {
        ollama.installed(
                OllamaModel.named(ARCHITECT).sized(52_000_000_000L).able("completion", "tools"),
                OllamaModel.named(CODER).sized(19_000_000_000L).able("completion", "tools"),
                OllamaModel.named(REVIEWER).sized(9_000_000_000L).able("completion", "tools"));
        return new TaskTown(ollama, Configured.by(change.apply(example(ollama))));
    }

    private static String example(ScriptedOllama ollama) throws IOException {
        return Files.readString(EXAMPLE)
                .replace("${OLLAMA_BASE:http://localhost:11434}", ollama.uri().toString())
                .replace("  tasks: { port: \"${ROUTER_PORT:8000}\" }", "  tasks: { batch-items: 20 }")
                .replace("memory: auto, reserve: 5GB", "memory: 80GB, reserve: 5GB")
                .replace("\ndefault: planning\n", "\ndefault: planning\nprobe: { every: 1s }\n");
    }

    ScriptedOllama ollama() {
        return ollama;
    }

    Served server() {
        return all.server();
    }

    HttpResponse<String> post(String path, String json, String... headers) throws Exception {
        return server().post("/tasks" + path, json.replace('\'', '"'), headers);
    }

    HttpResponse<String> get(String path) throws Exception {
        return server().get("/tasks" + path);
    }

    static JsonNode json(HttpResponse<String> answer) throws IOException {
        return MAPPER.readTree(answer.body());
    }

    /** The bodies of the chats that Ollama was asked for. */
    List<JsonNode> chats() throws IOException {
        List<JsonNode> chats = new java.util.ArrayList<>();
        for (ReceivedRequest request : ollama.server().requests()) {
            if (request.path().equals("/api/chat")) {
                chats.add(MAPPER.readTree(request.text()));
            }
        }
        return chats;
    }

    /** Waits until something is so that the next probe will bring about. */
    static void until(Callable<Boolean> holds) {
        await().atMost(GENEROUS).pollInterval(Duration.ofMillis(20)).until(holds);
    }

    @Override
    public void close() {
        all.close();
        ollama.close();
    }
}
