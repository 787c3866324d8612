package dev.signalbox.backend.vllm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.spi.Discovery;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.testkit.FactoryContract;
import dev.signalbox.testkit.Flavor;
import dev.signalbox.testkit.ScriptedLlamaServer;
import dev.signalbox.testkit.ScriptedOpenAi;
import dev.signalbox.testkit.ScriptedVllm;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VllmBackendFactoryTest extends FactoryContract {

    private final Discovery place = new VllmBackendFactory().discoveries().getFirst();

    @Override
    protected PluginFactory<?> factory() {
        return new VllmBackendFactory();
    }

    @Test
    void listens_where_vllm_usually_does() {
        assertThat(config().get(HttpOptions.BASE_URL)).hasToString("http://localhost:8000");
        assertThat(place.probe()).hasToString("http://localhost:8000/v1/models");
        assertThat(place.settings()).containsEntry("base-url", "http://localhost:8000");
    }

    @Test
    void is_found_by_how_it_lists_its_models() throws Exception {
        try (ScriptedVllm vllm = ScriptedVllm.start().adapting("lora")) {
            assertThat(recognises(200, list(vllm.uri()))).isTrue();
            assertThat(recognises(401, list(vllm.uri()))).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "VLLM")
    void is_not_found_in_others(Flavor flavor) throws Exception {
        try (ScriptedOpenAi other = ScriptedOpenAi.start(flavor)) {
            assertThat(recognises(200, list(other.uri()))).isFalse();
        }
    }

    @Test
    void is_not_found_in_llama_server() throws Exception {
        try (ScriptedLlamaServer other = ScriptedLlamaServer.start()) {
            assertThat(recognises(200, list(other.uri()))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "vllm",
                "<html>vllm max_model_len permission</html>",
                "{\"data\":[]}",
                "{\"data\":{\"owned_by\":\"vllm\"}}",
                "[",
                "{\"object\":\"list\",\"data\":[{\"id\":\"m\",\"object\":\"model\",\"created\":0,\"owned_by\":\"vllm\"}]}",
                "{\"data\":[{\"id\":\"m\",\"owned_by\":\"other\",\"max_model_len\":8192,\"permission\":[]}]}"
            })
    void is_not_found_where_somebody_only_talks_of_it(String body) {
        assertThat(recognises(200, body)).isFalse();
    }

    private boolean recognises(int status, String body) {
        return place.recognises().test(new Discovery.Answer(status, "application/json", body));
    }

    private static String list(URI server) throws IOException {
        try (InputStream body = server.resolve("/v1/models").toURL().openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
