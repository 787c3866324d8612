package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Capability;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.BackendStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

/** What is asked of servers that really run, asked of one that only seems to. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LiveContractTest {

    private final TestBackend backend = TestBackend.saying("All", " clear");

    @ParameterizedTest
    @ValueSource(strings = {"is_found_ready", "lists_models_by_name", "answers_a_chat", "streams_a_chat_to_its_end"})
    void a_server_that_answers_passes(String promise) {
        assertThatCode(() -> Promises.check(contract(Optional.empty()), promise))
                .doesNotThrowAnyException();
    }

    @Test
    void one_that_fails_does_not() {
        backend.answering(
                call -> TestBackend.reply("text/event-stream", "data: {\"error\":{\"message\":\"boom\"}}\n\n"));
        fails("streams_a_chat_to_its_end");

        backend.answering(
                call -> TestBackend.reply("text/event-stream", "data: {\"choices\":[{}]}\n\ndata: [DONE]\n\n"));
        fails("streams_a_chat_to_its_end");

        backend.failing(FailureKind.SERVER_ERROR, "boom");
        fails("answers_a_chat");

        backend.probed(BackendStatus.of(BackendState.DOWN));
        fails("is_found_ready");
    }

    @Test
    void what_is_not_there_is_skipped() {
        backend.listing();

        for (String promise : List.of("answers_a_chat", "tells_its_load_if_it_can", "counts_tokens_if_it_can")) {
            assertThatThrownBy(() -> Promises.check(contract(Optional.empty()), promise))
                    .isInstanceOf(TestAbortedException.class);
        }
    }

    @Test
    void the_model_that_was_named_is_asked_else_the_smallest_in_memory_that_chats() throws Throwable {
        backend.probed(BackendStatus.ready(List.of(
                ModelInfo.named("small").withDisk(1),
                ModelInfo.named("vectors").withLoaded(true).with(Capability.CHAT, Support.NO),
                ModelInfo.named("large").withLoaded(true).withDisk(9),
                ModelInfo.named("middle").withLoaded(true).withDisk(5))));

        Promises.check(contract(Optional.empty()), "answers_a_chat");
        Promises.check(contract(Optional.of("named")), "answers_a_chat");

        assertThat(backend.calls()).extracting(call -> call.model()).containsExactly("middle", "named");
    }

    private void fails(String promise) {
        assertThatThrownBy(() -> Promises.check(contract(Optional.empty()), promise))
                .isNotInstanceOf(TestAbortedException.class);
    }

    private LiveContract contract(Optional<String> model) {
        BackendFactory factory = TestFactories.backend("test", backend);
        return new LiveContract() {
            @Override
            protected BackendFactory factory() {
                return factory;
            }

            @Override
            protected LiveServer found() {
                return new LiveServer(factory, Map.of(), model);
            }
        };
    }
}
