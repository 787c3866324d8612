package dev.signalbox.server.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.core.Plugins;
import dev.signalbox.server.cli.Discoverer.Found;
import dev.signalbox.testkit.Flavor;
import dev.signalbox.testkit.LlamaModel;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedLlamaServer;
import dev.signalbox.testkit.ScriptedMlx;
import dev.signalbox.testkit.ScriptedOllama;
import dev.signalbox.testkit.ScriptedOpenAi;
import dev.signalbox.testkit.ScriptedRuntime;
import dev.signalbox.testkit.ScriptedServer;
import dev.signalbox.testkit.ScriptedVllm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine on which somebody listens at every port where a model server usually does. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FullMachineTest {

    private static final int OLLAMA = 11434;
    private static final int VLLM = 8000;
    private static final int EVERYBODY = 8080;
    private static final int LLAMA_SERVER_TO_COME = 9931;
    private static final int OMNI = 10240;
    private static final int LM_STUDIO = 1234;
    private static final int SGLANG = 30000;

    /** One look lasts a second, and not every machine answers within one. */
    private static final Duration A_BUSY_MACHINE = Duration.ofSeconds(30);

    private final Map<Integer, Integer> ports = new TreeMap<>();
    private final List<AutoCloseable> listening = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : listening) {
            each.close();
        }
    }

    private void at(int usual, ScriptedRuntime runtime) {
        listening.add(runtime);
        ports.put(usual, runtime.uri().getPort());
    }

    private void at(int usual, Reply answer) {
        ScriptedServer server = ScriptedServer.start().otherwise(request -> answer);
        listening.add(server);
        ports.put(usual, server.port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"llamacpp", "mlx lm", "mlx vlm"})
    void each_of_them_is_found_beside_all_the_others(String atThePortOfMany) {
        at(
                EVERYBODY,
                switch (atThePortOfMany) {
                    case "llamacpp" -> ScriptedLlamaServer.start();
                    case "mlx lm" -> ScriptedMlx.lm();
                    default -> ScriptedMlx.vlm();
                });
        at(OLLAMA, ScriptedOllama.start());
        at(VLLM, ScriptedVllm.start());
        at(LLAMA_SERVER_TO_COME, ScriptedLlamaServer.start().routing(LlamaModel.named("tiny")));
        at(OMNI, ScriptedMlx.omni());
        at(LM_STUDIO, ScriptedOpenAi.start(Flavor.LM_STUDIO));
        at(SGLANG, ScriptedOpenAi.start(Flavor.SGLANG));
        await().atMost(A_BUSY_MACHINE)
                .untilAsserted(() -> assertThat(look())
                        .extracting(this::said)
                        .containsExactlyInAnyOrder(
                                atThePortOfMany + " at " + EVERYBODY,
                                "llamacpp at " + LLAMA_SERVER_TO_COME,
                                "mlx omni at " + OMNI,
                                "ollama at " + OLLAMA,
                                "openai lmstudio at " + LM_STUDIO,
                                "openai sglang at " + SGLANG,
                                "vllm at " + VLLM));
    }

    @Test
    void two_of_one_type_have_a_name_each() {
        at(EVERYBODY, ScriptedMlx.lm());
        at(OMNI, ScriptedMlx.omni());
        await().atMost(A_BUSY_MACHINE)
                .untilAsserted(() -> assertThat(FoundConfiguration.of(look()).backends())
                        .hasEntrySatisfying(
                                "mlx", options -> assertThat(options).containsEntry("flavor", "lm"))
                        .hasEntrySatisfying(
                                "mlx-2", options -> assertThat(options).containsEntry("flavor", "omni"))
                        .hasSize(2));
    }

    @Test
    void among_strangers_of_every_kind_the_one_that_is_there_is_found() {
        at(EVERYBODY, Reply.status(404));
        at(VLLM, Reply.json(200, "{\"object\":\"list\",\"data\":[]}"));
        at(OMNI, Reply.noise("SSH-2.0-OpenSSH_9.2\r\n"));
        at(LM_STUDIO, Reply.stall());
        at(SGLANG, Reply.hangUp());
        at(
                LLAMA_SERVER_TO_COME,
                Reply.stream("application/json")
                        .chunk("{".repeat(64 * 1024).getBytes(US_ASCII))
                        .thenStalls());
        at(OLLAMA, ScriptedOllama.start());
        await().atMost(A_BUSY_MACHINE)
                .untilAsserted(() -> assertThat(look()).extracting(this::said).containsExactly("ollama at " + OLLAMA));
    }

    private List<Found> look() throws InterruptedException {
        Plugins plugins = Plugins.discovered();
        return new Discoverer(plugins, new MovedPorts(ports), Sieve.logging(plugins)).look(0);
    }

    /** The type, what it is told to be, and where it usually listens. */
    private String said(Found found) {
        Map<String, String> told = new TreeMap<>(found.discovery().settings());
        String address = told.remove("base-url");
        String usual = ports.entrySet().stream()
                .filter(port -> address.endsWith(":" + port.getValue()))
                .map(port -> " at " + port.getKey())
                .collect(Collectors.joining());
        return Stream.concat(Stream.of(found.type()), told.values().stream()).collect(Collectors.joining(" ")) + usual;
    }
}
