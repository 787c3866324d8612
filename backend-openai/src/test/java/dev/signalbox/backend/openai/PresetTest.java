package dev.signalbox.backend.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.testkit.Calls;
import dev.signalbox.testkit.ErrorShape;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedServer;
import dev.signalbox.testkit.TestRequest;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of each kind of server. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PresetTest {

    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    private final ScriptedServer server = ScriptedServer.start();

    @AfterEach
    void end() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "generic  | openai.chat openai.completions openai.embeddings",
                "openai   | openai.chat openai.completions openai.embeddings openai.responses",
                "tgi      | openai.chat openai.completions",
                "sglang   | openai.chat openai.completions openai.embeddings openai.responses openai.rerank",
                "localai  | openai.chat openai.completions openai.embeddings openai.responses openai.rerank",
                "lmstudio | openai.chat openai.completions openai.embeddings openai.responses anthropic.messages"
            })
    void each_takes_what_it_takes(String preset, String dialects) {
        try (Backend backend = Backends.at(NOWHERE, preset)) {
            assertThat(backend.dialects()).extracting(Dialect::id).containsExactlyInAnyOrder(dialects.split(" "));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tgi      | 429 | TYPED_TEXT | Model is overloaded                                  | OVERLOADED",
                "tgi      | 200 | TYPED_TEXT | Model is overloaded                                  | OVERLOADED",
                "tgi      | 424 | TYPED_TEXT | Request failed during generation: Server error       | SERVER_ERROR",
                "tgi      | 424 | TYPED_TEXT | Request failed during generation: CUDA out of memory | OUT_OF_MEMORY",
                "tgi      | 503 | TYPED_TEXT | unhealthy                                            | UNREACHABLE",
                "tgi      | 422 | TYPED_TEXT | Input validation error: `inputs` must have less than 8 tokens. Given: 9 | CONTEXT_OVERFLOW",
                "tgi      | 422 | TYPED_TEXT | Input validation error: `top_p` must be > 0.0 and < 1.0 | REJECTED",
                "tgi      | 200 | TYPED_TEXT | Input validation error: `top_p` must be > 0.0 and < 1.0 | REJECTED",
                "sglang   | 503 | FLAT       | The request queue is full.                           | OVERLOADED",
                "sglang   | 400 | FLAT       | The input (9 tokens) is longer than the model's context length (8 tokens). | CONTEXT_OVERFLOW",
                "localai  | 503 | NUMBERED   | startup preload in progress                          | LOADING",
                "localai  | 500 | NUMBERED   | failed to load model: rpc error: cudaMalloc failed: out of memory | OUT_OF_MEMORY",
                "lmstudio | 200 | TEXT       | Unexpected endpoint or method. (POST /v1/rerank)     | UNSUPPORTED",
                "lmstudio | 404 | NESTED     | No models loaded. Please load a model                | MODEL_UNAVAILABLE",
                "lmstudio | 400 | TEXT       | Trying to keep the first 9 tokens when context the overflows | CONTEXT_OVERFLOW",
                "openai   | 429 | NESTED     | You exceeded your current quota                      | OVERLOADED",
                "generic  | 418 | TEXT       | a teapot                                             | REJECTED"
            })
    void each_is_understood(String preset, int status, ErrorShape shape, String message, FailureKind kind)
            throws Exception {
        try (Backend backend = Backends.at(NOWHERE, preset)) {
            assertThat(backend.read(status, shape.body(status, "", message)).kind())
                    .isEqualTo(kind);
        }
    }

    @Test
    void a_frame_of_tgi_is_known_by_its_text_as_its_number_is_always_the_same() throws Exception {
        try (Backend backend = Backends.at(NOWHERE, "tgi")) {
            assertThat(backend.read(200, "{\"error\":{\"message\":\"Model is overloaded\",\"http_status_code\":422}}")
                            .kind())
                    .isEqualTo(FailureKind.OVERLOADED);
        }
    }

    @Test
    void quirks_are_edits_of_the_backend() throws Exception {
        TestRequest request = TestRequest.of(
                Dialect.OPENAI_CHAT, "{\"model\":\"m\",\"messages\":[],\"stop\":\"END\",\"top_p\":1,\"seed\":null}");

        try (Backend backend = Backends.at(NOWHERE, "tgi")) {
            assertThat(backend.edits(request, "m"))
                    .containsExactly(
                            Edit.remove("/seed"),
                            Edit.replace("/model", "\"tgi\""),
                            Edit.replace("/stop", "[\"END\"]"),
                            Edit.remove("/top_p"));
        }
        try (Backend backend = Backends.at(NOWHERE, "openai")) {
            assertThat(backend.edits(request, "m")).as("takes nulls").isEmpty();
        }
    }

    @Test
    void what_a_server_cannot_do_at_once_is_not_sent() throws Exception {
        server.otherwise(request -> Reply.json(200, "{}"));
        String both = "{\"model\":\"m\",\"messages\":[],\"tools\":[{\"type\":\"function\"}],"
                + "\"response_format\":{\"type\":\"json_object\"}}";

        try (Backend tgi = Backends.at(server.uri(), "tgi");
                Backend other = Backends.at(server.uri(), "generic")) {
            BackendException refused = catchThrowableOfType(
                    BackendException.class, () -> tgi.exchange(Calls.of(Dialect.OPENAI_CHAT, "m", false, both)));
            assertThat(refused.kind()).isEqualTo(FailureKind.UNSUPPORTED);
            assertThat(server.requests()).isEmpty();

            other.exchange(Calls.of(Dialect.OPENAI_CHAT, "m", false, both)).close();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void each_dialect_has_its_path() throws Exception {
        server.otherwise(request -> Reply.json(200, "{}"));
        List<String> paths =
                List.of("/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/responses", "/v1/rerank");

        try (Backend backend = Backends.at(server.uri(), "sglang")) {
            for (int i = 0; i < paths.size(); i++) {
                backend.exchange(Calls.of(Preset.SPOKEN.get(i), "m", false)).close();
                assertThat(server.request(i).path()).isEqualTo(paths.get(i));
            }
        }
    }

    @Test
    void a_dialect_it_does_not_take_is_not_sent() throws Exception {
        try (Backend backend = Backends.at(server.uri(), "tgi")) {
            BackendException refused = catchThrowableOfType(
                    BackendException.class, () -> backend.exchange(Calls.of(Dialect.OPENAI_EMBEDDINGS, "m", false)));
            assertThat(refused.kind()).isEqualTo(FailureKind.UNSUPPORTED);
            assertThat(server.requests()).isEmpty();
        }
    }
}
