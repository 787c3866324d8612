package dev.signalbox.backend.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.ModelCatalog;
import dev.signalbox.testkit.LlamaModel;
import dev.signalbox.testkit.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a probe tells of models, and of what their server speaks. */
class ProbedModelTest extends ProbeFixture {

    @Test
    void sees_the_one_model_with_the_context_of_a_slot() throws Exception {
        llama.serving("qwen3-8b", 8192);

        BackendStatus status = probe();

        ModelInfo model = only(status);
        assertThat(status.state()).isEqualTo(BackendState.READY);
        assertThat(status.detail()).isEqualTo("b10587-abc");
        assertThat(model.name()).isEqualTo("qwen3-8b");
        assertThat(model.contextTokens()).hasValue(8192);
        assertThat(model.diskBytes()).hasValue(5_027_783_680L);
        assertThat(model.loaded()).contains(true);
    }

    @Test
    void sees_what_template_and_modalities_tell() throws Exception {
        llama.seeing();

        ModelInfo model = only(probe());

        assertThat(model.capabilities())
                .containsEntry(Capability.VISION, Support.YES)
                .containsEntry(Capability.AUDIO, Support.NO)
                .containsEntry(Capability.TOOLS, Support.YES)
                .containsEntry(Capability.PARALLEL_TOOLS, Support.YES)
                .containsEntry(Capability.REASONING, Support.YES)
                .containsEntry(Capability.JSON_SCHEMA, Support.YES)
                .doesNotContainKeys(Capability.CHAT, Capability.EMBEDDINGS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"chat_template\":\"{% if tools %}\"                                    | TOOLS     | YES",
                "\"chat_template\":\"{{ messages }}\"                                    | TOOLS     | UNKNOWN",
                "\"chat_template\":\"{% if tools %}\",\"chat_template_caps\":{}          | TOOLS     | UNKNOWN",
                "\"chat_template_caps\":{\"supports_tool_calls\":true}                   | TOOLS     | YES",
                "\"chat_template_caps\":{\"supports_reasoning_effort\":true}             | REASONING | YES",
                "\"chat_template\":\"[THINK] {{ messages }}\"                           | REASONING | YES",
                "\"chat_template\":\"{{ messages }}\"                                    | REASONING | UNKNOWN",
                "\"modalities\":{\"vision\":false}                                       | VISION    | NO",
                "\"modalities\":{}                                                       | VISION    | UNKNOWN",
                "\"build_info\":7                                                        | VISION    | UNKNOWN"
            })
    void takes_for_known_only_what_is_told(String member, Capability capability, Support support) throws Exception {
        llama.server()
                .on(
                        "/props",
                        Reply.json(
                                200,
                                "{\"default_generation_settings\":{\"n_ctx\":512},\"total_slots\":1,%s}"
                                        .formatted(member)));

        assertThat(only(probe()).support(capability)).isEqualTo(support);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b7186-abc | false | false",
                "b7187-abc | true  | false",
                "b7792-abc | true  | false",
                "b7793-abc | true  | true",
                "b1-de3ff81 | true | true",
                "unknown   | true  | true"
            })
    void speaks_what_its_build_has(String build, boolean messages, boolean responses) throws Exception {
        llama.server()
                .on(
                        "/props",
                        Reply.json(
                                200,
                                "{\"default_generation_settings\":{\"n_ctx\":512},\"total_slots\":1,\"build_info\":\"%s\"}"
                                        .formatted(build)));

        Set<Dialect> spoken = probe().dialects().orElseThrow();

        assertThat(spoken.contains(Dialect.ANTHROPIC_MESSAGES)).isEqualTo(messages);
        assertThat(spoken.contains(Dialect.OPENAI_RESPONSES)).isEqualTo(responses);
        assertThat(spoken).contains(Dialect.OPENAI_CHAT);
    }

    @Test
    void speaks_what_configuration_says_whatever_its_build() throws Exception {
        try (Backend said = Backends.make(
                Backends.config(llama.uri()).withPresent(LlamaCppBackendFactory.DIALECTS, List.of("openai.chat")))) {
            assertThat(said.dialects()).containsExactly(Dialect.OPENAI_CHAT);
            assertThat(said.probe(Deadline.after(Duration.ofSeconds(20))).dialects())
                    .contains(Set.of(Dialect.OPENAI_CHAT));
        }
    }

    @Test
    void tells_a_model_by_its_file_and_not_where_it_lies() throws Exception {
        llama.serving("/srv/private/qwen3-8b.gguf", 4096);

        assertThat(only(probe()).name()).isEqualTo("qwen3-8b");
        assertThat(backend.means("/srv/private/qwen3-8b.gguf", "qwen3-8b")).isTrue();
        assertThat(backend.means("gemma", "qwen3-8b")).isFalse();
    }

    @Test
    void describes_one_model() throws Exception {
        ModelCatalog catalog = backend.ability(ModelCatalog.class).orElseThrow();
        assertThat(catalog.describe("tiny-model", soon()).orElseThrow().contextTokens())
                .hasValue(4096);
        assertThat(catalog.describe("nobody", soon())).isEmpty();

        llama.routing(LlamaModel.named("qwen").holding(2048), LlamaModel.named("gemma"))
                .loaded("qwen");
        assertThat(catalog.describe("qwen", soon()).orElseThrow().support(Capability.TOOLS))
                .isEqualTo(Support.YES);
        assertThat(catalog.describe("gemma", soon()).orElseThrow().loaded()).contains(false);
        assertThat(llama.resident()).containsExactly("qwen");
    }
}
