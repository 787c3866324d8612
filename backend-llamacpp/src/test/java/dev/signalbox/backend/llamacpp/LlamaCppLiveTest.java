package dev.signalbox.backend.llamacpp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.testkit.Calls;
import dev.signalbox.testkit.LiveContract;
import dev.signalbox.testkit.LiveServer;
import dev.signalbox.testkit.StartedServer;
import dev.signalbox.testkit.StartedServer.Recipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Against a llama-server that runs: one that is started here, if {@code SIGNALBOX_LIVE_GGUF} names a model and the path has
 * the program; else one that runs already, see {@link LiveServer}.
 */
class LlamaCppLiveTest extends LiveContract {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Recipe LLAMA_SERVER = new Recipe(
            "llama-server",
            "SIGNALBOX_LIVE_GGUF",
            List.of(
                    "-m",
                    "MODEL",
                    "--alias",
                    "live",
                    "--host",
                    "127.0.0.1",
                    "--port",
                    "PORT",
                    "-c",
                    "4096",
                    "-np",
                    "2",
                    "--metrics"));

    private Optional<StartedServer> started = Optional.empty();

    @Override
    protected BackendFactory factory() {
        return new LlamaCppBackendFactory();
    }

    @Override
    protected LiveServer found() {
        started = StartedServer.start(factory(), LLAMA_SERVER, System.getenv(), Optional.empty());
        return started.map(StartedServer::server).orElseGet(super::found);
    }

    /** One that has a single model answers whatever it is called. */
    @Override
    protected boolean refusesUnknownModels() {
        return false;
    }

    @AfterAll
    void endServer() throws InterruptedException {
        if (started.isPresent()) {
            started.get().close();
        }
    }

    @Test
    void a_joined_answer_has_what_a_whole_one_has() throws Exception {
        BackendCall plain = chat(false);
        String json = new String(plain.body().open().readAllBytes(), UTF_8);
        String streamed =
                json.replace("\"stream\":false", "\"stream\":true,\"stream_options\":{\"include_usage\":true}");

        JsonNode whole = read(plain);
        JsonNode joined = read(Calls.of(plain.dialect(), plain.model(), false, streamed));

        assertThat(names(joined)).containsExactlyInAnyOrderElementsOf(names(whole));
        assertThat(names(joined.at("/choices/0"))).containsExactlyInAnyOrderElementsOf(names(whole.at("/choices/0")));
        assertThat(names(joined.path("usage"))).containsExactlyInAnyOrderElementsOf(names(whole.path("usage")));
        assertThat(joined.path("object")).isEqualTo(whole.path("object"));
        assertThat(joined.path("model")).isEqualTo(whole.path("model"));
    }

    private JsonNode read(BackendCall call) throws Exception {
        try (BackendReply reply = backend.exchange(call)) {
            return JSON.readTree(reply.body().readAllBytes());
        } catch (IOException broken) {
            throw new AssertionError("the answer broke off", broken);
        }
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
