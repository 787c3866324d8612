package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Capability;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.BackendStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

/** What is asked of servers, asked of one that is none. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ServerContractTest {

    private static final List<String> TOOLS =
            List.of("calls_a_tool_by_its_name_and_with_an_object", "streams_a_call_of_a_tool_whole_or_in_pieces");
    private static final String LEAVING = "a_client_that_leaves_a_stream_leaves_a_server_that_answers";
    private static final String UNKNOWN = "a_model_that_it_does_not_have_is_said_to_be_unavailable";

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

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            signal_state  ; {"name":"north"} ; passes
            signal_state  ; {}               ; passes
            another       ; {}               ; fails
            signal_state  ; north            ; fails
            signal_state  ; ["north"]        ; fails
            signal_state  ; {"name":         ; fails
            """)
    void a_call_of_a_tool_is_the_one_that_was_offered_and_whole(String tool, String arguments, String outcome)
            throws Throwable {
        backend.answering(
                call -> TestBackend.reply(call, Answer.saying("All clear.").calling(tool, arguments)));
        for (String promise : TOOLS) {
            if (outcome.equals("passes")) {
                Promises.check(contract(Optional.empty()), promise);
            } else {
                fails(promise);
            }
        }
    }

    @Test
    void a_model_that_is_not_there_is_said_to_be_unavailable_and_nothing_else() throws Throwable {
        backend.failing(FailureKind.MODEL_UNAVAILABLE, "not there");
        Promises.check(contract(Optional.empty()), UNKNOWN);

        backend.failing(FailureKind.REJECTED, "not there");
        fails(UNKNOWN);
        backend.answering(call -> TestBackend.reply(call, Answer.saying("All clear.")));
        fails(UNKNOWN);
    }

    @Test
    void one_that_has_enough_when_a_client_leaves_does_not_pass() throws Throwable {
        Promises.check(contract(Optional.empty()), LEAVING);

        backend.answering(call -> {
            if (backend.calls().size() > 3) {
                throw new BackendException(FailureKind.OVERLOADED, "still at the one before");
            }
            return TestBackend.reply(call, Answer.saying("All clear."));
        });
        fails(LEAVING);
    }

    @Test
    void what_is_not_there_is_skipped() {
        skips("calls_a_tool_by_its_name_and_with_an_object"); // it would rather talk
        backend.probed(BackendStatus.ready(List.of(ModelInfo.named("test-model").with(Capability.TOOLS, Support.NO))));
        TOOLS.forEach(this::skips);
        backend.listing();
        List.of("answers_a_chat", "tells_its_load_if_it_can", "counts_tokens_if_it_can")
                .forEach(this::skips);
    }

    private void skips(String promise) {
        assertThatThrownBy(() -> Promises.check(contract(Optional.empty()), promise))
                .isInstanceOf(TestAbortedException.class);
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

    private ServerContract contract(Optional<String> model) {
        BackendFactory factory = TestFactories.backend("test", backend);
        return new ServerContract() {
            @Override
            protected LiveServer found() {
                return new LiveServer(factory, Map.of(), model);
            }
        };
    }
}
