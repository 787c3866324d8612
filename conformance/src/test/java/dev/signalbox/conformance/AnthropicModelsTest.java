package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.anthropic.client.AnthropicClient;
import com.anthropic.errors.NotFoundException;
import com.anthropic.models.beta.messages.MessageCreateParams;
import com.anthropic.models.models.ModelInfo;
import com.anthropic.models.models.ModelListParams;
import dev.signalbox.testkit.ScriptedAnthropic;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Names, pages, and what the client says beside its body. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnthropicModelsTest {

    private static final Naps NAPS = new Naps();

    private static ScriptedAnthropic cloud;
    private static Signalbox signalbox;
    private static AnthropicClient client;

    @BeforeAll
    static void start() throws Exception {
        cloud = ScriptedAnthropic.start().serving("claude-a", "claude-b", "claude-c");
        signalbox = Signalbox.configured("""
                callers: { alice: { key: alices-key } }
                backends:
                  cloud: { type: anthropic, base-url: "%s", betas: [ ours ] }
                profiles:
                  coding: { chain: [ cloud/claude-a ] }
                aliases: { claude-sonnet-4-5: coding, "claude-*": coding }
                """, cloud.uri());
        client = Anthropic.client(signalbox, NAPS, "alices-key");
        await().until(() -> ids(ModelListParams.none()).contains("cloud/claude-c"));
    }

    @AfterAll
    static void stop() {
        client.close();
        signalbox.close();
        cloud.close();
    }

    @Test
    void lists_every_name_it_may_write_page_by_page() {
        List<String> all = ids(ModelListParams.none());
        assertThat(all).contains("claude-sonnet-4-5", "coding", "cloud/claude-a", "cloud/claude-b");
        assertThat(ids(ModelListParams.builder().limit(2).build())).isEqualTo(all);
    }

    @Test
    void retrieves_a_model_whatever_its_name_is_made_of() {
        ModelInfo model = client.models().retrieve("cloud/claude-a");
        assertThat(model.id()).isEqualTo("cloud/claude-a");
        assertThat(model.maxInputTokens()).contains(200_000L);
        assertThatThrownBy(() -> client.models().retrieve("cloud/claude-d"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("cloud/claude-a");
        assertThat(NAPS.taken()).isEmpty();
    }

    @Test
    void what_is_not_settled_yet_reaches_the_server_and_the_callers_key_does_not() {
        Asked asked = Asked.of(cloud);
        client.beta()
                .messages()
                .create(MessageCreateParams.builder()
                        .model("claude-opus-9")
                        .maxTokens(64)
                        .addUserMessage("What do the signals say?")
                        .addBeta("theirs")
                        .putAdditionalQueryParam("beta", "true")
                        .build());
        assertThat(asked.last().target()).isEqualTo("/v1/messages?beta=true");
        assertThat(asked.last().headers("anthropic-beta")).containsExactly("theirs,ours");
        assertThat(asked.last().headers("anthropic-version")).hasSize(1);
        assertThat(asked.last().headers("x-api-key")).isEmpty();
        assertThat(asked.last().text()).contains("\"model\":\"claude-a\"");
    }

    private static List<String> ids(ModelListParams params) {
        return StreamSupport.stream(client.models().list(params).autoPager().spliterator(), false)
                .map(ModelInfo::id)
                .toList();
    }
}
