package dev.signalbox.conformance;

import dev.signalbox.testkit.LlamaModel;
import dev.signalbox.testkit.OllamaModel;
import dev.signalbox.testkit.ScriptedLlamaServer;
import dev.signalbox.testkit.ScriptedMlx;
import dev.signalbox.testkit.ScriptedOllama;
import dev.signalbox.testkit.ScriptedRuntime;
import dev.signalbox.testkit.ScriptedVllm;
import java.util.List;

/** Five model servers of five kinds side by side, and the configuration that leads to all of them. */
final class Fleet implements AutoCloseable {

    /** One of them: the backend's name, what it is said to be, the model to chat with, and the places of its gate. */
    record Ship(String name, String kind, String model, int places, ScriptedRuntime runtime) {

        /** The profile whose only target it is. */
        String profile() {
            return "only-" + name;
        }

        private String backend() {
            return "  %s: { type: %s, base-url: \"%s\", linger: 1s }%n".formatted(name, kind, runtime.uri());
        }

        private String gate() {
            return "  at-%s: { of: [ %s ], places: %d, queue: 24 }%n".formatted(name, name, places);
        }

        private String alone() {
            return "  %s: { chain: [ \"%s/%s\" ], limits: %s }%n".formatted(profile(), name, model, LIMITS);
        }
    }

    /** Short, so that a server that says nothing does not make the test slow. */
    private static final String LIMITS = "{ total: 6s, wait: 2s, first-content: 2s, idle: 2s }";

    /** A profile whose limits end nothing. */
    static final String PATIENT = "patient";

    private static final String CHAINS = """
              coding: { chain: [ vllm/test-model, shelf/small, "ollama/qwen3:8b", llama/tiny-model ], limits: %1$s }
              writing: { chain: [ "mlx/mlx-community/Qwen3-8B-4bit", shelf/large, llama/tiny-model ], limits: %1$s }
              vectors: { chain: [ llama/tiny-model, ollama/vectors ], limits: %1$s }
              %2$s: { chain: [ vllm/test-model ] }
            """.formatted(LIMITS, PATIENT);

    final ScriptedOllama ollama = ScriptedOllama.start();
    final ScriptedMlx mlx = ScriptedMlx.lm();
    final ScriptedVllm vllm = ScriptedVllm.start();
    final ScriptedLlamaServer llama = ScriptedLlamaServer.start().embedding();
    final ScriptedLlamaServer shelf =
            ScriptedLlamaServer.start().routing(LlamaModel.named("small"), LlamaModel.named("large"));

    private final List<Ship> ships = List.of(
            new Ship("ollama", "ollama", "qwen3:8b", 3, ollama),
            new Ship("mlx", "mlx, flavor: lm", ScriptedMlx.MODEL, 1, mlx),
            new Ship("vllm", "vllm", "test-model", 8, vllm),
            new Ship("llama", "llamacpp", "tiny-model", 4, llama),
            new Ship("shelf", "llamacpp", "small", 4, shelf));

    private Fleet() {
        empty(ollama);
    }

    /** Starts them all. */
    static Fleet start() {
        return new Fleet();
    }

    /** All of them. */
    List<Ship> ships() {
        return ships;
    }

    /** The names by which chats are asked for: a profile for each of them, and chains. */
    List<String> chats() {
        return List.of("coding", "writing", "only-ollama", "only-mlx", "only-vllm", "only-llama", "only-shelf");
    }

    /** Has Ollama forget which models it loaded. */
    static void empty(ScriptedOllama ollama) {
        ollama.installed(
                OllamaModel.named("qwen3:8b"), OllamaModel.named("vectors").able("embedding"));
    }

    /** The configuration that leads to them. */
    String configuration() {
        StringBuilder yaml = new StringBuilder("probe: { every: 1s, timeout: 2s }\nbackends:\n");
        ships.forEach(ship -> yaml.append(ship.backend()));
        yaml.append("gates:\n");
        ships.forEach(ship -> yaml.append(ship.gate()));
        yaml.append("profiles:\n").append(CHAINS);
        ships.forEach(ship -> yaml.append(ship.alone()));
        return yaml.toString();
    }

    @Override
    public void close() {
        ships.forEach(ship -> ship.runtime().close());
    }
}
