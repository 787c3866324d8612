package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.LoadSignal;
import dev.signalbox.spi.TokenCounter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * What a backend does with a whole server: one that really runs, by {@link LiveContract}, or a double of it, so that both
 * are held to the same. Extend it and say where the server is.
 */
@TestInstance(Lifecycle.PER_CLASS) // to look for the server once
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class ServerContract extends ServerQuestions {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String NOWHERE = "signalbox-test/there-is-no-such-model";

    /** Whether a request for a model that it does not have fails; not where any name will do, or a model is fetched. */
    protected boolean refusesUnknownModels() {
        return true;
    }

    /** Said before a client leaves; a double has to be still at it then, while a real server takes its time anyway. */
    protected void beforeLeaving() {}

    /** The client of a stream has left; fails if its generation does not end. */
    protected void assertLeft() throws Exception {
        Optional<LoadSignal> signal = backend.ability(LoadSignal.class).filter(load -> backend.stopsOnClose());
        if (signal.isPresent()) {
            Deadline end = soon();
            while (signal.get().load(end).running() > 0 && !end.expired()) {
                Thread.sleep(PAUSE); // a server does not say when it stops
            }
            assertThat(signal.get().load(soon()).running())
                    .as("generations that run, if nobody else asks")
                    .isZero();
        }
    }

    @Test
    void is_found_ready() throws Exception {
        assertThat(backend.probe(soon()).state()).isEqualTo(BackendState.READY);
    }

    @Test
    void lists_models_by_name() throws Exception {
        assertThat(models()).allSatisfy(model -> {
            assertThat(model.name()).isNotBlank();
            assertThat(backend.means(model.name(), model.name())).isTrue();
        });
    }

    @Test
    void answers_a_chat() throws Exception {
        assertAnswers();
    }

    private void assertAnswers() throws Exception {
        try (BackendReply reply = backend.exchange(chat(false))) {
            Json body = whole(reply);
            assertThat(body.at("/choices/0/message")).as(body.raw()).isPresent();
            assertThat(body.text("/choices/0/finish_reason")).as(body.raw()).isNotEmpty();
        }
    }

    @Test
    void streams_a_chat_to_its_end() throws Exception {
        try (BackendReply reply = backend.exchange(chat(true))) {
            assertThat(frames(reply))
                    .allSatisfy(frame ->
                            assertThat(frame.at("/error")).as(frame.raw()).isEmpty())
                    .anySatisfy(frame ->
                            assertThat(frame.text("/choices/0/finish_reason")).isNotEmpty());
        }
    }

    @Test
    void calls_a_tool_by_its_name_and_with_an_object() throws Exception {
        try (BackendReply reply = offeringTool(false)) {
            List<Json> calls = whole(reply).items("/choices/0/message/tool_calls");
            Assumptions.assumeFalse(calls.isEmpty(), "the model would rather talk");
            assertThat(calls)
                    .allSatisfy(call -> assertCall(call.text("/function/name"), call.text("/function/arguments")));
        }
    }

    @Test
    void streams_a_call_of_a_tool_whole_or_in_pieces() throws Exception {
        try (BackendReply reply = offeringTool(true)) {
            List<Json> pieces = frames(reply).stream()
                    .flatMap(frame -> frame.items("/choices/0/delta/tool_calls").stream())
                    .filter(piece -> piece.at("/index")
                            .map(index -> index.raw().equals("0"))
                            .orElse(true))
                    .toList();
            Assumptions.assumeFalse(pieces.isEmpty(), "the model would rather talk");
            assertCall(pieces.getFirst().text("/function/name"), joined(pieces));
        }
    }

    private static String joined(List<Json> pieces) {
        return pieces.stream().map(piece -> piece.text("/function/arguments")).collect(Collectors.joining());
    }

    private static void assertCall(String name, String arguments) {
        assertThat(name).isEqualTo(TOOL);
        assertThat(Json.read(arguments)).as(arguments).isInstanceOf(Json.Members.class);
    }

    @Test
    void a_client_that_leaves_a_stream_leaves_a_server_that_answers() throws Exception {
        beforeLeaving();
        try (BackendReply reply = backend.exchange(longChat())) {
            assertThat(reply.body().read()).as("the first byte").isNotNegative();
        }
        assertLeft();
        assertAnswers();
    }

    @Test
    void a_model_that_it_does_not_have_is_said_to_be_unavailable() {
        Assumptions.assumeTrue(refusesUnknownModels(), "the server takes any name");
        BackendCall call = chat(NOWHERE, false, 32, "Say \"all clear\".");
        assertThatExceptionOfType(BackendException.class)
                .isThrownBy(() -> backend.exchange(call).close())
                .extracting(BackendException::kind)
                .isEqualTo(FailureKind.MODEL_UNAVAILABLE);
    }

    @Test
    void tells_its_load_if_it_can() throws Exception {
        Optional<LoadSignal> signal = backend.ability(LoadSignal.class);
        Assumptions.assumeTrue(signal.isPresent(), "the backend does not tell its load");

        LoadSignal.Load load = signal.orElseThrow().load(soon());

        assertThat(load.running()).isNotNegative();
        assertThat(load.waiting()).isNotNegative();
        assertThat(load.cacheUsage().orElse(0)).isBetween(0.0, 1.0);
    }

    @Test
    void counts_tokens_if_it_can() throws Exception {
        Optional<TokenCounter> counter = backend.ability(TokenCounter.class);
        Assumptions.assumeTrue(counter.isPresent(), "the backend does not count tokens");
        BackendCall call = chat(false);

        assertThat(counter.orElseThrow()
                        .count(call.request(), call.model(), soon())
                        .orElse(1))
                .isPositive();
    }
}
