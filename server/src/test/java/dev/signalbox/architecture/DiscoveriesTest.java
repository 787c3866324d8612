package dev.signalbox.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.Discovery;
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
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Several kinds of servers listen at one port, 8080 above all: each is taken for what it is, wherever it stands. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DiscoveriesTest {

    private static final List<BackendFactory> TYPES = ServiceLoader.load(BackendFactory.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    @TestFactory
    Stream<DynamicTest> every_server_is_recognised_by_its_own_type_and_by_no_other() {
        Map<String, Supplier<ScriptedRuntime>> servers = new TreeMap<>(Map.of(
                "mlx: mlx_lm.server", ScriptedMlx::lm,
                "mlx: mlx-vlm", ScriptedMlx::vlm,
                "mlx: mlx-omni-server", ScriptedMlx::omni,
                "llamacpp: llama-server", ScriptedLlamaServer::start,
                "llamacpp: llama-server in router mode",
                        () -> ScriptedLlamaServer.start().routing(LlamaModel.named("tiny"), LlamaModel.named("large")),
                "ollama: Ollama", ScriptedOllama::start,
                "vllm: vLLM", ScriptedVllm::start,
                "openai: SGLang", () -> ScriptedOpenAi.start(Flavor.SGLANG),
                "openai: LM Studio", () -> ScriptedOpenAi.start(Flavor.LM_STUDIO)));
        return servers.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
                    String type = each.getKey().substring(0, each.getKey().indexOf(':'));
                    try (ScriptedRuntime server = each.getValue().get()) {
                        assertThat(typesThatRecognise(server.uri())).containsExactly(type);
                        assertThat(server.server().generations()).isZero();
                    }
                }));
    }

    @Test
    void a_server_of_another_kind_is_nobodys() throws Exception {
        try (ScriptedRuntime openai = ScriptedOpenAi.start(Flavor.OPENAI);
                ScriptedRuntime tgi = ScriptedOpenAi.start(Flavor.TGI);
                ScriptedServer pages = ScriptedServer.start()) {
            pages.otherwise(request -> Reply.text(200, "<html><body>Welcome</body></html>"));

            assertThat(typesThatRecognise(openai.uri())).isEmpty();
            assertThat(typesThatRecognise(tgi.uri())).isEmpty();
            assertThat(typesThatRecognise(pages.uri())).isEmpty();
        }
    }

    /** Asked everything that any type would ask, whatever the port it would ask at. */
    private static Set<String> typesThatRecognise(URI server) throws IOException, InterruptedException {
        Set<String> types = new TreeSet<>();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (BackendFactory type : TYPES) {
                for (Discovery place : type.discoveries()) {
                    if (place.recognises()
                            .test(ask(client, server.resolve(place.probe().getPath())))) {
                        types.add(type.type());
                    }
                }
            }
        }
        return types;
    }

    private static Discovery.Answer ask(HttpClient client, URI address) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        return new Discovery.Answer(
                answer.statusCode(), answer.headers().firstValue("Content-Type").orElse(""), answer.body());
    }
}
