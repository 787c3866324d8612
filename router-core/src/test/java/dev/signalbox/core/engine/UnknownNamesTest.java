package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Exhausted;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Unroutable;
import dev.signalbox.core.ErrorReply;
import dev.signalbox.core.config.EngineSettings.Expose;
import dev.signalbox.core.config.EngineSettings.UnknownModel;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.RouterEvent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Names that nobody knows, or nobody knows yet. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class UnknownNamesTest extends EngineFixture {

    private static final FakeBackends.Probe DOWN = deadline -> {
        throw new BackendException(FailureKind.UNREACHABLE, "connection refused");
    };

    @Test
    void a_name_nobody_knows_is_told_with_what_is_near() throws Exception {
        layout.backend("gpu");
        backends.lists("gpu", "qwen3:8b");
        Unroutable failed = refused(Unroutable.class, chat("qwen3:9b"));
        assertThat(failed.problem().status()).isEqualTo(404);
        assertThat(failed.problem().code()).isEqualTo("model_not_found");
        assertThat(failed.problem().message()).contains("Did you mean \"qwen3:8b\"?");
    }

    @Test
    void a_model_that_a_backend_does_not_list_is_never_sent_to_it() throws Exception {
        layout.backend("gpu");
        backends.lists("gpu", "qwen3:8b").on("gpu", Chat.says("never"));
        Unroutable failed = refused(Unroutable.class, chat("gpu/qwen3:9b"));
        assertThat(failed.problem().status()).isEqualTo(404);
        assertThat(failed.problem().code()).isEqualTo("model_not_found");
        assertThat(failed.problem().message()).contains("Did you mean \"qwen3:8b\"?");
        assertThat(backends.sent("gpu")).isEmpty();
    }

    @Test
    void a_first_request_waits_for_the_list() throws Exception {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        layout.backend("gpu");
        backends.probe("gpu", deadline -> {
            answered.join();
            return BackendStatus.ready(java.util.List.of(dev.signalbox.api.ModelInfo.named("m")));
        });
        backends.on("gpu", Chat.says("Hello"));
        Later<String> asked = Later.run(() -> bytes(chat("m")));
        answered.complete(null);
        assertThat(asked.get()).contains("Hello");
    }

    @Test
    void while_a_list_was_never_read_a_name_nobody_knows_may_be_there_later() throws Exception {
        layout.backend("gpu").backend("laptop", "m");
        backends.probe("gpu", DOWN);
        Exhausted failed = refused(Exhausted.class, chat("qwen3:8b"));
        assertThat(failed.problem().status()).isEqualTo(503);
        assertThat(failed.problem().message())
                .isEqualTo("the model \"qwen3:8b\" is not known, and the list of gpu could not be read yet"
                        + " (connection refused)");
        assertThat(ErrorReply.of(Dialect.OPENAI_CHAT, failed).headers().first("Retry-After"))
                .isPresent();
    }

    @Test
    void a_server_too_busy_to_list_its_models_may_have_what_nobody_knows() throws Exception {
        layout.backend("mac").backend("laptop", "m");
        backends.probe("mac", deadline -> BackendStatus.of(BackendState.BUSY).withDetail("at work"));
        assertThat(refused(Exhausted.class, chat("qwen3:8b")).problem().status())
                .isEqualTo(503);
        assertThat(refused(Exhausted.class, chat("mac/qwen3:8b")).problem().message())
                .contains("at work");
    }

    @Test
    void models_named_in_the_configuration_are_not_the_whole_list() throws Exception {
        layout.backend("gpu", "said");
        backends.probe("gpu", DOWN);
        assertThat(refused(Exhausted.class, chat("listed")).problem().status()).isEqualTo(503);
    }

    @Test
    void a_server_that_tells_no_list_has_what_the_configuration_says() throws Exception {
        layout.backend("gpu", "said");
        backends.probe("gpu", deadline -> BackendStatus.of(BackendState.READY));
        assertThat(refused(Unroutable.class, chat("other")).problem().status()).isEqualTo(404);
    }

    @Test
    void a_target_whose_list_was_never_read_may_be_there_later() throws Exception {
        layout.backend("gpu");
        backends.probe("gpu", DOWN).on("gpu", Chat.says("never"));
        Exhausted failed = refused(Exhausted.class, chat("gpu/m"));
        assertThat(failed.problem().status()).isEqualTo(503);
        assertThat(failed.problem().message()).contains("connection refused");
        assertThat(backends.sent("gpu")).isEmpty();
    }

    @Test
    void where_nothing_is_exposed_it_is_not_told_whose_list_could_not_be_read() throws Exception {
        layout.backend("gpu").expose(Expose.NONE);
        backends.probe("gpu", DOWN);
        Exhausted failed = refused(Exhausted.class, chat("qwen3:8b"));
        assertThat(failed.problem().message())
                .isEqualTo("the model \"qwen3:8b\" is not known, and not every list of models could be read yet");
    }

    @Test
    void a_list_once_read_is_kept_while_the_server_is_down() throws Exception {
        layout.backend("gpu");
        backends.lists("gpu", "m").on("gpu", Chat.says("Hello"));
        bytes(chat("m"));
        backends.probe("gpu", DOWN);
        time.awaitAlarms(1, Duration.ofSeconds(30)); // the next look: the first one may still be under way
        time.advance(Duration.ofSeconds(31));
        assertThat(heard.await(RouterEvent.BackendChanged.class, 2).getLast().now())
                .isEqualTo(BackendState.DOWN);
        assertThat(bytes(chat("m"))).contains("Hello");
    }

    @Test
    void a_machine_that_is_asleep_holds_up_the_first_request_only() throws Exception {
        layout.backend("gpu");
        backends.probe("gpu", deadline -> {
            Thread.sleep(Long.MAX_VALUE);
            throw new AssertionError();
        });
        Later<Exhausted> first = Later.run(() -> refused(Exhausted.class, chat("x")));
        while (!first.overWithin(Duration.ofMillis(50))) {
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(first.get().problem().status()).isEqualTo(503);
        assertThat(heard.await(RouterEvent.BackendChanged.class).now()).isEqualTo(BackendState.DOWN);
        assertThat(refused(Exhausted.class, chat("x")).problem().status()).isEqualTo(503);
    }

    @Test
    void a_client_does_not_wait_for_lists_after_it_has_left() throws Exception {
        CompletableFuture<Void> looking = new CompletableFuture<>();
        CompletableFuture<Void> never = new CompletableFuture<>();
        layout.backend("gpu");
        backends.probe("gpu", deadline -> {
            looking.complete(null);
            never.join();
            throw new AssertionError();
        });
        var client = dev.signalbox.api.Cancellation.create();
        Later<RoutedResponse> asked = later(chat("x").withCancellation(client));
        looking.join();
        client.cancel();
        assertThat(asked.thrown()).isInstanceOf(dev.signalbox.api.Cancelled.class);
        never.complete(null);
    }

    @Test
    void a_request_that_looks_in_a_hurry_does_not_take_slow_for_down() throws Exception {
        CompletableFuture<Void> slow = new CompletableFuture<>();
        layout.backend("gpu");
        backends.probe("gpu", DOWN);
        refused(Exhausted.class, chat("m"));
        time.advance(Duration.ofSeconds(2));
        backends.probe("gpu", deadline -> {
            slow.join();
            assertThat(deadline.remaining()).isGreaterThan(Duration.ofSeconds(1));
            return BackendStatus.ready(java.util.List.of(dev.signalbox.api.ModelInfo.named("m")));
        });
        Later<Exhausted> hasty = Later.run(() -> refused(Exhausted.class, chat("m")));
        while (!hasty.overWithin(Duration.ofMillis(50))) {
            time.advance(Duration.ofMillis(500));
        }
        slow.complete(null);
        assertThat(heard.await(RouterEvent.BackendChanged.class, 2).getLast().now())
                .isEqualTo(BackendState.READY);
    }

    @Test
    void a_backend_that_takes_any_name_is_asked_when_nobody_lists_it() throws Exception {
        layout.backend("any", Layout.anyModel()).backend("gpu");
        backends.lists("gpu", "m").on("gpu", Chat.says("listed")).on("any", Chat.says("any"));
        assertThat(bytes(chat("m"))).contains("listed");
        assertThat(bytes(chat("something/else"))).contains("any");
        assertThat(bytes(chat("any/whatever"))).contains("any");
    }

    @Test
    void a_backend_that_takes_any_name_stands_in_the_chain_of_those_that_list_it() throws Exception {
        layout.backend("any", Layout.anyModel(), "m").backend("gpu", "m");
        backends.on("any", Chat.says("first in the file")).on("gpu", Chat.says("second"));
        assertThat(bytes(chat("m"))).contains("first in the file");
    }

    @Test
    void a_name_nobody_knows_goes_to_the_rules_first() throws Exception {
        layout.backend("gpu", "m").profile("coding", "gpu/m").rule(request -> true, "coding");
        backends.on("gpu", Chat.says("Hello"));
        try (RoutedResponse response = ask(chat("whatever"))) {
            assertThat(response.trace().chosenBy()).isEqualTo("rule 1");
        }
    }

    @Test
    void names_nobody_knows_can_be_rejected_without_asking_the_rules() throws Exception {
        layout.backend("gpu", "m")
                .profile("coding", "gpu/m")
                .rule(request -> true, "coding")
                .defaultTo("coding")
                .unknownModel(UnknownModel.REJECT);
        backends.on("gpu", Chat.says("Hello"));
        assertThat(refused(Unroutable.class, chat("whatever")).problem().status())
                .isEqualTo(404);
        assertThat(bytes(chat("auto"))).contains("Hello");
    }

    @Test
    void the_default_takes_names_nobody_knows_only_where_that_is_wished() throws Exception {
        layout.backend("gpu", "m").profile("coding", "gpu/m").defaultTo("coding");
        backends.on("gpu", Chat.says("Hello"));
        assertThat(refused(Unroutable.class, chat("whatever")).problem().status())
                .isEqualTo(404);

        EngineFixture willing = new EngineFixture() {};
        willing.layout
                .backend("gpu", "m")
                .profile("coding", "gpu/m")
                .defaultTo("coding")
                .unknownModel(UnknownModel.DEFAULT);
        willing.backends.on("gpu", Chat.says("Hello"));
        assertThat(willing.bytes(chat("whatever"))).contains("Hello");
        willing.closeTheEngine();
    }
}
