package dev.signalbox.conformance;

import dev.signalbox.testkit.Answer;
import dev.signalbox.testkit.Flavor;
import dev.signalbox.testkit.ScriptedLlamaServer;
import dev.signalbox.testkit.ScriptedOllama;
import dev.signalbox.testkit.ScriptedOpenAi;
import dev.signalbox.testkit.ScriptedRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One double of every model server there is a double of, and the configuration that leads to all of them. */
final class Runtimes implements AutoCloseable {

    /** One of them: the backend's name and type, and its only model. */
    private record Entry(String name, String type, String model, ScriptedRuntime runtime) {}

    private final List<Entry> entries = new ArrayList<>();

    private Runtimes() {
        for (Flavor flavor : Flavor.values()) {
            String name = flavor.name().toLowerCase(Locale.ROOT).replace('_', '-');
            entries.add(new Entry(name, "openai", "test-model", ScriptedOpenAi.start(flavor)));
        }
        entries.add(new Entry("llama", "openai", "tiny-model", ScriptedLlamaServer.start()));
        entries.add(new Entry("ollama", "ollama", "qwen3:8b", ScriptedOllama.start()));
    }

    /** Starts them all. */
    static Runtimes start() {
        return new Runtimes();
    }

    /** From now on all of them answer this. */
    void say(Answer answer) {
        entries.forEach(entry -> entry.runtime.says(answer));
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
                        .formatted(entry.name, entry.type, entry.runtime.uri(), entry.model))
                .collect(Collectors.joining("", "backends:\n", ""));
    }

    @Override
    public void close() {
        entries.forEach(entry -> entry.runtime.close());
    }
}
