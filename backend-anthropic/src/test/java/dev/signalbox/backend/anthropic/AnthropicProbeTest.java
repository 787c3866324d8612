package dev.signalbox.backend.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedAnthropic;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a probe finds out. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnthropicProbeTest {

    private final ScriptedAnthropic cloud = ScriptedAnthropic.start();

    @AfterEach
    void end() {
        cloud.close();
    }

    @Test
    void lists_models_with_what_all_of_them_can_do() throws Exception {
        BackendStatus status = probe();

        assertThat(status.state()).isEqualTo(BackendState.READY);
        assertThat(status.models().orElseThrow()).singleElement().satisfies(model -> {
            assertThat(model.name()).isEqualTo("claude-test");
            assertThat(model.contextTokens()).hasValue(200_000);
            assertThat(model.support(Capability.TOOLS)).isEqualTo(Support.YES);
            assertThat(model.support(Capability.EMBEDDINGS)).isEqualTo(Support.NO);
            assertThat(model.support(Capability.REASONING)).isEqualTo(Support.UNKNOWN);
        });
    }

    @Test
    void turns_every_page() throws Exception {
        List<String> names =
                IntStream.range(0, 1_203).mapToObj(i -> "claude-" + i).toList();
        cloud.serving(names.toArray(String[]::new));

        assertThat(probe().models().orElseThrow()).extracting(ModelInfo::name).containsExactlyElementsOf(names);
        assertThat(cloud.server().requests())
                .extracting(ReceivedRequest::target)
                .containsExactly("/v1/models?limit=1000", "/v1/models?limit=1000&after_id=claude-999");
    }

    @Test
    void does_not_turn_pages_for_ever() throws Exception {
        cloud.server()
                .on("/v1/models", Reply.json(200, "{\"data\":[{\"id\":\"a\"}],\"has_more\":true,\"last_id\":\"a\"}"));

        probe();

        assertThat(cloud.server().requests()).hasSize(10);
    }

    @Test
    void a_key_that_is_not_accepted_is_told_as_what_it_is() throws Exception {
        cloud.requiring("right-key");
        try (Backend wrong = Backends.at(cloud.uri(), "wrong-key");
                Backend right = Backends.at(cloud.uri(), "right-key")) {
            BackendException refused = catchThrowableOfType(BackendException.class, () -> wrong.probe(soon()));
            assertThat(refused.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
            assertThat(refused).hasMessageContaining("api-key");
            assertThat(right.probe(soon()).state()).isEqualTo(BackendState.READY);
        }
    }

    @Test
    void without_a_key_of_our_own_nothing_is_held_against_it() throws Exception {
        cloud.requiring("theirs");
        try (Backend backend = Backends.make(
                Backends.config(cloud.uri()).with(HttpOptions.CREDENTIALS, HttpOptions.Credentials.CLIENT))) {
            BackendStatus status = backend.probe(soon());
            assertThat(status.state()).isEqualTo(BackendState.UNKNOWN);
            assertThat(status.detail()).contains("models:");
        }
    }

    private BackendStatus probe() throws Exception {
        try (Backend backend = Backends.at(cloud.uri())) {
            return backend.probe(soon());
        }
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }
}
