package dev.signalbox.backend.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Dialect;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Discovery;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.FactoryContract;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenAiBackendFactoryTest extends FactoryContract {

    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    @Override
    protected PluginFactory<?> factory() {
        return new OpenAiBackendFactory();
    }

    @Override
    protected PluginConfig config() {
        return Backends.config(NOWHERE, "generic");
    }

    @Test
    void a_preset_nobody_knows_is_a_problem_and_not_the_default() {
        Problems problems = new Problems();

        PluginConfig.read(
                factory().options(),
                ConfigNode.Table.of(
                        new Where("signalbox.yaml", 7, "backends.gpu"),
                        Map.of("base-url", "http://gpu.local:3000", "preset", "tigi")),
                "an option",
                problems);

        assertThat(problems.list()).singleElement().satisfies(problem -> {
            assertThat(problem.where().path()).isEqualTo("backends.gpu.preset");
            assertThat(problem.message()).contains("\"tigi\"", "generic, openai, tgi, sglang, localai, lmstudio");
        });
    }

    @Test
    void an_address_has_to_be_given() {
        Problems problems = new Problems();

        PluginConfig.of(factory().options(), Where.code("backends.gpu")).check(problems);

        assertThat(problems.list())
                .extracting(problem -> problem.where().path())
                .containsExactly("backends.gpu.base-url");
    }

    @Test
    void every_part_of_a_preset_can_be_said_otherwise() throws Exception {
        try (Backend backend = Backends.make(config().with(OpenAiBackendFactory.PRESET, "tgi")
                .withPresent(OpenAiBackendFactory.DIALECTS, List.of("openai.chat", "openai.rerank")))) {
            assertThat(backend.dialects()).containsExactlyInAnyOrder(Dialect.OPENAI_CHAT, Dialect.OPENAI_RERANK);
        }
        PluginConfig quiet = config().with(OpenAiBackendFactory.PRESET, "tgi")
                .withPresent(OpenAiBackendFactory.QUIRKS, List.of("stop-list", "no-nulls"))
                .withPresent(OpenAiBackendFactory.HEALTH, "none");
        assertThat(Presets.read(quiet).quirks()).containsExactly(Quirk.NO_NULLS, Quirk.STOP_LIST);
        assertThat(Presets.read(quiet).health()).isEmpty();
        assertThat(Presets.read(config().withPresent(OpenAiBackendFactory.HEALTH, "/ping"))
                        .health())
                .contains("/ping");
    }

    @Test
    void a_server_that_takes_nothing_and_a_path_that_is_none_are_problems() {
        assertThatThrownBy(() -> Backends.make(config().withPresent(OpenAiBackendFactory.DIALECTS, List.of())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("backends.gpu.dialects");
        assertThatThrownBy(() -> Backends.make(config().withPresent(OpenAiBackendFactory.HEALTH, "health check")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("backends.gpu.health");
    }

    @Test
    void servers_on_this_machine_are_known_by_their_list_of_models() {
        String mine = "{\"object\":\"list\",\"data\":[{\"id\":\"m\",\"owned_by\":\"%s\"}]}";
        List<Discovery> places = new OpenAiBackendFactory().discoveries();

        assertThat(places)
                .filteredOn(place -> recognises(place, mine.formatted("organization_owner")))
                .singleElement()
                .satisfies(place -> assertThat(place.settings())
                        .containsEntry(HttpOptions.BASE_URL.name(), "http://localhost:1234")
                        .containsEntry("preset", "lmstudio"));
        assertThat(places)
                .filteredOn(place -> recognises(place, mine.formatted("sglang")))
                .singleElement()
                .satisfies(place -> assertThat(place.settings()).containsEntry("preset", "sglang"));
        assertThat(places)
                .noneMatch(place -> recognises(place, mine.formatted("vllm")))
                .noneMatch(place -> recognises(place, "{\"error\":\"Unexpected endpoint or method.\"}"));
    }

    private static boolean recognises(Discovery place, String body) {
        return place.recognises().test(new Discovery.Answer(200, "application/json", body));
    }
}
