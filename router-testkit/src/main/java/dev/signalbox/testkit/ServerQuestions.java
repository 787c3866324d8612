package dev.signalbox.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signalbox.api.Capability;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.testkit.Json.Verbatim;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** What a server is asked for a {@link ServerContract}, and how its answers are read. */
abstract class ServerQuestions {

    /** The tool that is offered. */
    static final String TOOL = "signal_state";

    static final Duration MOMENT = Duration.ofSeconds(20);

    private static final Duration LOADING = Duration.ofMinutes(10);

    private static final Verbatim TOOLS = Json.object(
            "tools",
            List.of(Json.object(
                    "type",
                    "function",
                    "function",
                    Json.object(
                            "name",
                            TOOL,
                            "description",
                            "Tells what a signal shows.",
                            "parameters",
                            Json.object(
                                    "type",
                                    "object",
                                    "properties",
                                    Json.object("name", Json.object("type", "string")),
                                    "required",
                                    List.of("name"))))));

    /** What was found. */
    protected LiveServer server;

    /** What talks to it; made before each test. */
    protected Backend backend;

    /** The server, or the test is skipped and says why. Called once for all tests of the class. */
    protected abstract LiveServer found();

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

    /** A chat of a few tokens with the model that was named, or with the one that is soonest there. */
    protected final BackendCall chat(boolean streamed) throws BackendException, InterruptedException {
        return chat(asked(), streamed, 32, "Say \"all clear\".");
    }

    final BackendCall longChat() throws BackendException, InterruptedException {
        return chat(asked(), true, 4_096, "Count from one to a thousand in words, without leaving anything out.");
    }

    final BackendCall chat(String model, boolean streamed, int tokens, String text) {
        return call(
                model,
                streamed,
                Json.object(
                        "model",
                        model,
                        "stream",
                        streamed,
                        "max_tokens",
                        tokens,
                        "messages",
                        List.of(Json.object("role", "user", "content", text))));
    }

    /** Asks what only a tool can tell; skipped where it is sure that there are none. */
    final BackendReply offeringTool(boolean streamed) throws BackendException, InterruptedException {
        String model = asked();
        boolean lacking = models().stream()
                .anyMatch(each -> each.name().equals(model) && each.support(Capability.TOOLS) == Support.NO);
        Assumptions.assumeFalse(lacking, model + " calls no tools");
        BackendCall plain = chat(model, streamed, 512, "What does the signal \"north\" show? Call the tool.");
        try {
            return backend.exchange(call(model, streamed, Json.joined(new Verbatim(text(plain)), TOOLS)));
        } catch (BackendException failed) {
            Assumptions.assumeFalse(failed.kind() == FailureKind.UNSUPPORTED, failed.getMessage());
            throw failed;
        }
    }

    final List<ModelInfo> models() throws BackendException, InterruptedException {
        List<ModelInfo> models = backend.probe(soon()).models().orElse(List.of());
        Assumptions.assumeFalse(models.isEmpty(), "the server lists no model");
        return models;
    }

    static Json whole(BackendReply reply) throws IOException {
        return Json.read(new String(reply.body().readAllBytes(), UTF_8));
    }

    static List<Json> frames(BackendReply reply) throws IOException {
        return new String(reply.body().readAllBytes(), UTF_8)
                .lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring("data:".length()).strip())
                .filter(data -> !data.equals("[DONE]"))
                .map(Json::read)
                .toList();
    }

    static Deadline soon() {
        return Deadline.after(MOMENT);
    }

    private static BackendCall call(String model, boolean streamed, Verbatim json) {
        return Calls.of(Dialect.OPENAI_CHAT, model, streamed, json.json()).withDeadline(Deadline.after(LOADING));
    }

    private static String text(BackendCall call) {
        try {
            return new String(call.body().open().readAllBytes(), UTF_8);
        } catch (IOException inMemory) {
            throw new AssertionError(inMemory);
        }
    }

    private String asked() throws BackendException, InterruptedException {
        return server.model().isPresent() ? server.model().get() : chatting();
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
}
