package dev.signalbox.conformance;

import dev.signalbox.testkit.Answer;
import dev.signalbox.testkit.Flavor;
import dev.signalbox.testkit.OllamaModel;
import dev.signalbox.testkit.ScriptedAnthropic;
import dev.signalbox.testkit.ScriptedLlamaServer;
import dev.signalbox.testkit.ScriptedOllama;
import dev.signalbox.testkit.ScriptedOpenAi;
import dev.signalbox.testkit.ScriptedRuntime;
import dev.signalbox.testkit.ScriptedVllm;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Doubles of model servers behind clients of Anthropic, first those that speak its API, then those whose answers are
 * translated; and the configuration that leads to all of them.
 */
final class AnthropicRuntimes implements AutoCloseable {

    /** One of them: the backend's name, what it is said to be, and its only model. */
    private record Entry(String name, String kind, String model, ScriptedRuntime runtime) {}

    private static final OllamaModel MODEL =
            OllamaModel.named("qwen3:8b").able("completion", "tools", "vision", "thinking");

    private final List<Entry> entries = List.of(
            new Entry("cloud", "anthropic", "claude-test", ScriptedAnthropic.start()),
            new Entry("vllm", "vllm", "test-model", ScriptedVllm.start()),
            new Entry("lmstudio", "openai, preset: lmstudio", "test-model", ScriptedOpenAi.start(Flavor.LM_STUDIO)),
            new Entry("llama", "llamacpp", "tiny-model", llama()),
            new Entry("ollama", "ollama", "qwen3:8b", ollama()),
            new Entry("openai", "openai, preset: openai", "test-model", ScriptedOpenAi.start()),
            new Entry("sglang", "openai, preset: sglang", "test-model", ScriptedOpenAi.start(Flavor.SGLANG)),
            new Entry("vllm-chat", "vllm, dialects: [ openai.chat ]", "test-model", ScriptedVllm.start()),
            new Entry("llama-chat", "llamacpp, dialects: [ openai.chat ]", "tiny-model", llama()),
            new Entry("ollama-chat", "ollama, dialects: [ openai.chat ]", "qwen3:8b", ollama()));

    private AnthropicRuntimes() {}

    private static ScriptedLlamaServer llama() {
        return ScriptedLlamaServer.start().seeing();
    }

    private static ScriptedOllama ollama() {
        return ScriptedOllama.start().installed(MODEL);
    }

    /** Starts them all. */
    static AnthropicRuntimes start() {
        return new AnthropicRuntimes();
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
