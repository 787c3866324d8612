package dev.signalbox.conformance;

import dev.signalbox.testkit.Answer;
import dev.signalbox.testkit.Flavor;
import dev.signalbox.testkit.ScriptedLlamaServer;
import dev.signalbox.testkit.ScriptedMlx;
import dev.signalbox.testkit.ScriptedOllama;
import dev.signalbox.testkit.ScriptedOpenAi;
import dev.signalbox.testkit.ScriptedRuntime;
import dev.signalbox.testkit.ScriptedVllm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One double of every model server there is a double of, and the configuration that leads to all of them. */
final class Runtimes implements AutoCloseable {

    /** One of them: the backend's name, what it is said to be, and its only model. */
    private record Entry(String name, String kind, String model, ScriptedRuntime runtime) {}

    private final List<Entry> entries = new ArrayList<>();

    private Runtimes() {
        add("openai", "openai, preset: openai", "test-model", ScriptedOpenAi.start(Flavor.OPENAI));
        add("vllm", "vllm", "test-model", ScriptedVllm.start());
        add("sglang", "openai, preset: sglang", "test-model", ScriptedOpenAi.start(Flavor.SGLANG));
        add("tgi", "openai, preset: tgi", "test-model", ScriptedOpenAi.start(Flavor.TGI));
        add("lmstudio", "openai, preset: lmstudio", "test-model", ScriptedOpenAi.start(Flavor.LM_STUDIO));
        add("llama", "llamacpp", "tiny-model", ScriptedLlamaServer.start());
        add("ollama", "ollama", "qwen3:8b", ScriptedOllama.start());
        add("mlx-lm", "mlx, flavor: lm", ScriptedMlx.MODEL, ScriptedMlx.lm());
        add("mlx-vlm", "mlx, flavor: vlm", ScriptedMlx.MODEL, ScriptedMlx.vlm());
    }

    private void add(String name, String kind, String model, ScriptedRuntime runtime) {
        entries.add(new Entry(name, kind, model, runtime));
    }

    /** Starts them all. */
    static Runtimes start() {
        return new Runtimes();
    }

    /** From now on all of them answer this. */
    void say(Answer answer) {
        entries.forEach(entry -> entry.runtime.says(answer));
    }

    /** From now on nothing is refused or broken any more. */
    void recover() {
        entries.forEach(entry -> entry.runtime.recovers());
    }

    /** The one behind a target. */
    ScriptedRuntime at(String target) {
        return entries.stream()
                .filter(entry -> target.startsWith(entry.name + "/"))
                .findFirst()
                .orElseThrow()
                .runtime;
    }

    /** The targets, one for each. */
    List<String> targets() {
        return entries.stream().map(entry -> entry.name + "/" + entry.model).toList();
    }

    /** Those of them that complete prompts. */
    List<String> completing() {
        return targets().stream()
                .filter(target -> !target.startsWith("mlx-vlm/"))
                .toList();
    }

    /** The configuration that leads to them. */
    String configuration() {
        return entries.stream()
                .map(entry -> "  %s: { type: %s, base-url: \"%s\", models: [ \"%s\" ] }%n"
                        .formatted(entry.name, entry.kind, entry.runtime.uri(), entry.model))
                .collect(Collectors.joining("", "backends:\n", ""));
    }

    @Override
    public void close() {
        entries.forEach(entry -> entry.runtime.close());
    }
}
