package dev.signalbox.examples.documents;

import dev.signalbox.testkit.ClosedPort;
import dev.signalbox.testkit.Flavor;
import dev.signalbox.testkit.LlamaModel;
import dev.signalbox.testkit.OllamaModel;
import dev.signalbox.testkit.ScriptedAnthropic;
import dev.signalbox.testkit.ScriptedLlamaServer;
import dev.signalbox.testkit.ScriptedMlx;
import dev.signalbox.testkit.ScriptedOllama;
import dev.signalbox.testkit.ScriptedOpenAi;
import dev.signalbox.testkit.ScriptedVllm;

/**
 * The servers that the pages speak of: a machine that sleeps, one that does not, a tower, a notebook, a cloud, a Mac, a
 * desk, a shelf and a laptop.
 */
public final class Neighbours implements AutoCloseable {

    private final ClosedPort gpu = ClosedPort.reserve();
    private final ScriptedOpenAi spare = ScriptedOpenAi.start().serving("qwen3-coder-30b");
    private final ScriptedVllm tower = ScriptedVllm.start().serving("qwen3-coder-30b");
    private final ScriptedOpenAi notebook =
            ScriptedOpenAi.start(Flavor.LM_STUDIO).serving("qwen3-8b");
    private final ScriptedAnthropic anthropic = ScriptedAnthropic.start().serving("claude-sonnet-4-5");
    private final ScriptedMlx studio = ScriptedMlx.lm();
    private final ScriptedLlamaServer desk = ScriptedLlamaServer.start().serving("qwen3-8b", 16_384);
    private final ScriptedLlamaServer shelf =
            ScriptedLlamaServer.start().routing(LlamaModel.named("qwen3-8b"), LlamaModel.named("gemma-3-4b"));
    private final ScriptedOllama laptop = ScriptedOllama.start()
            .installed(
                    OllamaModel.named("qwen3-coder:30b"),
                    OllamaModel.named("qwen3:4b"),
                    OllamaModel.named("nomic-embed-text").able("embedding"));

    /** The same text with their true addresses. */
    String found(String text) {
        return text.replace("http://gpu.local:8000", gpu.uri().toString())
                .replace("http://spare.local:8000", spare.uri().toString())
                .replace("https://cloud.example.com", spare.uri().toString())
                .replace("https://api.anthropic.com", anthropic.uri().toString())
                .replace("http://gateway.local:4000", anthropic.uri().toString())
                .replace("http://tower.local:8000", tower.uri().toString())
                .replace("http://localhost:1234", notebook.uri().toString())
                .replace("http://studio.local:8080", studio.uri().toString())
                .replace("http://desk.local:8080", desk.uri().toString())
                .replace("http://shelf.local:8080", shelf.uri().toString())
                .replace("http://localhost:11434", laptop.uri().toString());
    }

    /** The one at {@code spare.local}, which speaks OpenAI's chats and nothing else that is chatted in. */
    public ScriptedOpenAi spare() {
        return spare;
    }

    /** The one that is Anthropic. */
    public ScriptedAnthropic anthropic() {
        return anthropic;
    }

    /** The Ollama on this machine. */
    public ScriptedOllama laptop() {
        return laptop;
    }

    @Override
    public void close() {
        gpu.close();
        spare.close();
        tower.close();
        notebook.close();
        anthropic.close();
        studio.close();
        desk.close();
        shelf.close();
        laptop.close();
    }
}
