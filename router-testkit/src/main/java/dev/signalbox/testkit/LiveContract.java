package dev.signalbox.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.LoadSignal;
import dev.signalbox.spi.TokenCounter;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/**
 * What a backend does with a server that really runs: extend it, say which factory, and run {@code -Plive}. Every test is
 * skipped, with the reason, where no {@link LiveServer} is found. Asking for a chat may make the server load a model.
 */
@Tag("live")
@Timeout(900) // a large model loads for minutes
@TestInstance(Lifecycle.PER_CLASS) // to say once that nobody is there
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class LiveContract {

    private static final Duration MOMENT = Duration.ofSeconds(20);
    private static final Duration LOADING = Duration.ofMinutes(10);

    /** What was found. */
    protected LiveServer server;

    /** What talks to it; made before each test. */
    protected Backend backend;

    /** The factory of the type. */
    protected abstract BackendFactory factory();

    /** What is found; who starts a server of its own says so here. */
    protected LiveServer found() {
        return LiveServer.orSkip(factory());
    }

    @BeforeAll
    void find() {
        server = found();
    }

    @BeforeEach
    void connect() {
        backend = server.backend();
    }

    @AfterEach
    void end() {
        backend.close();
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
        try (BackendReply reply = backend.exchange(chat(false))) {
            String body = new String(reply.body().readAllBytes(), UTF_8);
            assertThat(Json.read(body).at("/choices/0/message")).as(body).isPresent();
            assertThat(Json.read(body).text("/choices/0/finish_reason"))
                    .as(body)
                    .isNotEmpty();
        }
    }

    @Test
    void streams_a_chat_to_its_end() throws Exception {
        try (BackendReply reply = backend.exchange(chat(true))) {
            List<String> frames = frames(reply);
            assertThat(frames)
                    .allSatisfy(frame ->
                            assertThat(Json.read(frame).at("/error")).as(frame).isEmpty());
            assertThat(frames)
                    .anySatisfy(frame -> assertThat(Json.read(frame).text("/choices/0/finish_reason"))
                            .isNotEmpty());
        }
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

    /** A chat of a few tokens with the model that was named, or with the one that is soonest there. */
    protected final BackendCall chat(boolean streamed) throws BackendException, InterruptedException {
        String model = server.model().isPresent() ? server.model().get() : chatting();
        String json = Json.object(
                        "model",
                        model,
                        "stream",
                        streamed,
                        "max_tokens",
                        32,
                        "messages",
                        List.of(Json.object("role", "user", "content", "Say \"all clear\".")))
                .json();
        return Calls.within(Calls.of(Dialect.OPENAI_CHAT, model, streamed, json), Deadline.after(LOADING));
    }

    /** What is in memory comes first, and then what is small. */
    private String chatting() throws BackendException, InterruptedException {
        return models().stream()
                .filter(model -> model.support(Capability.CHAT) != Support.NO)
                .min(Comparator.<ModelInfo, Boolean>comparing(
                                model -> !model.loaded().orElse(false))
                        .thenComparingLong(model -> model.diskBytes().orElse(Long.MAX_VALUE)))
                .map(ModelInfo::name)
                .orElseGet(() -> Assumptions.abort("the server has no model that chats"));
    }

    private List<ModelInfo> models() throws BackendException, InterruptedException {
        List<ModelInfo> models = backend.probe(soon()).models().orElse(List.of());
        Assumptions.assumeFalse(models.isEmpty(), "the server lists no model");
        return models;
    }

    private static List<String> frames(BackendReply reply) throws IOException {
        return new String(reply.body().readAllBytes(), UTF_8)
                .lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring("data:".length()).strip())
                .filter(data -> !data.equals("[DONE]"))
                .toList();
    }

    private static Deadline soon() {
        return Deadline.after(MOMENT);
    }
}
