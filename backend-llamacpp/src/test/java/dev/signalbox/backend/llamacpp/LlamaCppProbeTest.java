package dev.signalbox.backend.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.FailureKind;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.backend.http.HttpOptions.Credentials;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.LoadSignal.Load;
import dev.signalbox.testkit.Calls;
import dev.signalbox.testkit.Gate;
import dev.signalbox.testkit.Reply;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What a probe sees in each state that a llama-server can be in. */
class LlamaCppProbeTest extends ProbeFixture {

    @Test
    void sees_that_it_is_loading() throws Exception {
        llama.loading(true);

        BackendStatus status = probe();

        assertThat(status.state()).isEqualTo(BackendState.LOADING);
        assertThat(status.models()).isEmpty();
        llama.loading(false);
        assertThat(probe().state()).isEqualTo(BackendState.READY);
    }

    @Test
    void sees_that_it_sleeps_and_lets_it() throws Exception {
        llama.sleeps();

        BackendStatus status = probe();

        assertThat(status.state()).isEqualTo(BackendState.READY);
        assertThat(status.detail()).contains("asleep");
        assertThat(only(status).loaded()).contains(false);
        assertThat(llama.asleep()).isTrue();
    }

    @Test
    void sees_how_busy_it_is() throws Exception {
        llama.prefillingFor(Gate.closed());

        try (BackendReply busy = backend.exchange(Calls.chatStream("tiny-model"))) {
            assertThat(busy.status()).isEqualTo(200);
            assertThat(probe().load()).contains(new Load(1, 0, OptionalDouble.empty()));
        }
    }

    @Test
    void says_nothing_of_its_load_where_it_is_not_told() throws Exception {
        llama.withoutSlots();

        BackendStatus status = probe();

        assertThat(status.state()).isEqualTo(BackendState.READY);
        assertThat(status.load()).isEmpty();
    }

    @Test
    void a_server_too_busy_to_say_how_busy_it_is_is_well() throws Exception {
        llama.server().on("/slots", Reply.stall());

        BackendStatus status = probe();

        assertThat(status.state()).isEqualTo(BackendState.READY);
        assertThat(status.load()).isEmpty();
    }

    @Test
    void says_what_to_do_about_a_key_that_is_not_accepted() {
        llama.requiring("another");

        BackendException refused = failure(backend);

        assertThat(refused.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
        assertThat(refused).hasMessageContaining("`api-key`").hasMessageContaining("Invalid API Key");
    }

    @Test
    void opens_the_server_with_its_key() throws Exception {
        llama.requiring("k-1");
        try (Backend keyed = Backends.make(Backends.config(llama.uri()).withPresent(HttpOptions.API_KEY, "k-1"))) {
            assertThat(keyed.probe(soon()).state()).isEqualTo(BackendState.READY);
        }
    }

    @Test
    void a_server_that_only_clients_have_a_key_to_is_well_if_its_health_says_so() throws Exception {
        llama.requiring("theirs");
        try (Backend keyless =
                Backends.make(Backends.config(llama.uri()).with(HttpOptions.CREDENTIALS, Credentials.CLIENT))) {
            BackendStatus status = keyless.probe(soon());

            assertThat(status.state()).isEqualTo(BackendState.READY);
            assertThat(status.models()).isEmpty();
            assertThat(status.detail()).contains("`models:`");
        }
    }

    @Test
    void a_server_that_is_no_llama_server_is_told_which_type_to_take() {
        llama.server().on("/props", Reply.json(404, "{\"detail\":\"Not Found\"}"));

        assertThat(failure(backend)).hasMessageContaining("/props").hasMessageContaining("`openai`");
    }
}
