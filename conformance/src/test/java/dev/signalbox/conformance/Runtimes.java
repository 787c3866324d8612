package dev.signalbox.conformance;

import dev.signalbox.testkit.Answer;
import dev.signalbox.testkit.Flavor;
import dev.signalbox.testkit.OllamaModel;
import dev.signalbox.testkit.ScriptedAnthropic;
import dev.signalbox.testkit.ScriptedLlamaServer;
import dev.signalbox.testkit.ScriptedMlx;
import dev.signalbox.testkit.ScriptedOllama;
import dev.signalbox.testkit.ScriptedOpenAi;
import dev.signalbox.testkit.ScriptedRuntime;
import dev.signalbox.testkit.ScriptedVllm;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One double of every model server there is a double of, and more of those that can be told to speak one dialect only, so
 * that every client has some to whom it has to be translated; and the configuration that leads to all of them.
 */
final class Runtimes implements AutoCloseable {

    /** What a server does beside answering chats and calling tools. */
    enum Able {
        /** Speaks OpenAI's chats itself. */
        CHAT,
        /** Completes prompts. */
        COMPLETE,
        /** Thinks aloud, whoever asks. */
        THINK,
        /** Looks at images. */
        SEE,
        /** Answers in a form that is asked for. */
        FORM,
        /** Makes vectors, asked by OpenAI's clients or Ollama's. */
        EMBED,
        /** Speaks one dialect and no other. */
        ONE_TONGUE
    }

    /** One of them: the backend's name, what it is said to be, its only model, and what it can. */
    private record Entry(String name, String kind, String model, ScriptedRuntime runtime, Set<Able> able) {

        String target() {
            return name + "/" + model;
        }

        String configured(String as, String more) {
            return configured(as, "[ \"%s\" ]%s".formatted(model, more), kind);
        }

        /** With a model that sees no images. */
        String blind() {
            return configured(name + "-blind", "{ \"%s\": { capabilities: { vision: no } } }".formatted(model), kind);
        }

        private String configured(String as, String models, String type) {
            return "  %s: { type: %s, base-url: \"%s\", models: %s }%n".formatted(as, type, runtime.uri(), models);
        }
    }

    private static final String MODEL = "test-model";
    private static final String TINY = "tiny-model";
    private static final String QWEN = "qwen3:8b";

    private final List<Entry> entries = new ArrayList<>();

    private Runtimes() {
        add("openai", "openai, preset: openai", MODEL, openAi(Flavor.OPENAI), all(Able.EMBED));
        add("vllm", "vllm", MODEL, ScriptedVllm.start(), all());
        add("sglang", "openai, preset: sglang", MODEL, openAi(Flavor.SGLANG), all());
        add("tgi", "openai, preset: tgi", MODEL, openAi(Flavor.TGI), Set.of(Able.CHAT, Able.COMPLETE, Able.SEE));
        add("lmstudio", "openai, preset: lmstudio", MODEL, openAi(Flavor.LM_STUDIO), all());
        add("llama", "llamacpp", TINY, ScriptedLlamaServer.start().seeing(), all());
        add("ollama", "ollama", QWEN, ollama(), all(Able.EMBED));
        add("mlx-lm", "mlx, flavor: lm", ScriptedMlx.MODEL, ScriptedMlx.lm(), Set.of(Able.CHAT, Able.COMPLETE));
        add("mlx-vlm", "mlx, flavor: vlm", ScriptedMlx.MODEL, ScriptedMlx.vlm(), Set.of(Able.CHAT, Able.SEE));
        Set<Able> alone = Set.of(Able.THINK, Able.SEE, Able.FORM, Able.ONE_TONGUE);
        add("cloud", "anthropic", "claude-test", ScriptedAnthropic.start(), alone);
        add("chats", "openai, dialects: [ openai.chat ]", MODEL, openAi(Flavor.OPENAI), alone);
        add("responds", "openai, dialects: [ openai.responses ]", MODEL, openAi(Flavor.OPENAI), alone);
        add("ollama-own", "ollama, dialects: [ ollama.chat ]", QWEN, ollama(), alone);
        Set<Able> chatting = Set.of(Able.THINK, Able.SEE, Able.FORM);
        add("vllm-chat", "vllm, dialects: [ openai.chat ]", MODEL, ScriptedVllm.start(), chatting);
        add("ollama-chat", "ollama, dialects: [ openai.chat ]", QWEN, ollama(), chatting);
    }

    private static ScriptedRuntime openAi(Flavor flavor) {
        return ScriptedOpenAi.start(flavor);
    }

    private static ScriptedRuntime ollama() {
        return ScriptedOllama.start()
                .installed(OllamaModel.named(QWEN).able("completion", "tools", "vision", "thinking", "embedding"));
    }

    private static Set<Able> all(Able... more) {
        return Stream.concat(Stream.of(more), Stream.of(Able.CHAT, Able.COMPLETE, Able.THINK, Able.SEE, Able.FORM))
                .collect(Collectors.toSet());
    }

    private void add(String name, String kind, String model, ScriptedRuntime runtime, Set<Able> able) {
        entries.add(new Entry(name, kind, model, runtime, able));
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
        return entries.stream().map(Entry::target).toList();
    }

    /** Those of them that can do this. */
    List<String> targets(Able able) {
        return entries.stream()
                .filter(entry -> entry.able.contains(able))
                .map(Entry::target)
                .toList();
    }

    /** The configuration that leads to them. */
    String configuration() {
        return entries.stream()
                .map(entry -> entry.configured(entry.name, ""))
                .collect(Collectors.joining("", "backends:\n", ""));
    }

    /** More of it: those of one dialect once more, with the client's key, and blind; and under profiles that wait for nothing. */
    String more() {
        List<Entry> alone = entries.stream()
                .filter(entry -> entry.able.contains(Able.ONE_TONGUE))
                .toList();
        String theirs = alone.stream()
                .map(entry -> entry.configured(entry.name + "-theirs", ", credentials: client") + entry.blind())
                .collect(Collectors.joining());
        return alone.stream()
                .map(entry -> "  %s-brief: { chain: [ \"%s\" ], limits: { total: 100ms } }%n"
                        .formatted(entry.name, entry.target()))
                .collect(Collectors.joining("", theirs + "profiles:\n", ""));
    }

    @Override
    public void close() {
        entries.forEach(entry -> entry.runtime.close());
    }
}
