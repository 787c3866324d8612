package dev.signalbox.backend.llamacpp;

import static dev.signalbox.backend.llamacpp.Streams.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply.BackendFailure;
import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A stream of items as llama-server sends it becomes the response that was wanted whole. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JoinedResponseTest {

    private static final String REST = "\"status\":\"completed\",\"model\":\"qwen\",\"output\":[{\"type\":\"message\","
            + "\"status\":\"completed\",\"id\":\"msg_1\",\"content\":[{\"type\":\"output_text\",\"annotations\":[],"
            + "\"logprobs\":[],\"text\":\"Grüß 🚂\"}],\"role\":\"assistant\"}],\"usage\":{\"input_tokens\":92,"
            + "\"output_tokens\":4,\"total_tokens\":96,\"input_tokens_details\":{\"cached_tokens\":91}}}";
    private static final String BEGIN = event(
                    "response.created",
                    ",\"response\":{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"in_progress\"}")
            + event("response.output_text.delta", ",\"item_id\":\"msg_1\",\"delta\":\"Grüß\"");

    private static final String STREAM = BEGIN
            + event(
                    "response.completed",
                    ",\"response\":{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1795220589," + REST
                            + ",\"timings\":{\"cache_n\":91}");

    private static final String WHOLE = "{\"completed_at\":1795220589,\"id\":\"resp_1\",\"object\":\"response\","
            + "\"created_at\":1795220589," + REST;

    @Test
    void is_what_the_server_would_have_said() throws Exception {
        assertThat(joined(STREAM)).isEqualTo(WHOLE);
    }

    @Test
    void nobody_waits_for_anything_behind_its_completion() throws Exception {
        assertThat(joined(STREAM + "data: nonsense\n\n")).isEqualTo(WHOLE);
    }

    @Test
    void one_that_was_cut_is_an_answer_too() throws Exception {
        assertThat(joined(event("response.incomplete", ",\"response\":{\"status\":\"incomplete\"}")))
                .isEqualTo("{\"status\":\"incomplete\"}");
    }

    @Test
    void one_that_does_not_complete_is_no_answer() {
        assertThat(failure(BEGIN).kind()).isEqualTo(FailureKind.BROKEN_REPLY);
        assertThat(failure(BEGIN + event("response.completed", "")).kind()).isEqualTo(FailureKind.BROKEN_REPLY);
    }

    @Test
    void an_error_in_the_stream_is_the_failure_it_is() {
        String error = "{\"error\":{\"code\":500,\"message\":\"Context size has been exceeded.\"}}";

        assertThat(failure(BEGIN + "data: " + error + "\n\n").kind()).isEqualTo(FailureKind.CONTEXT_OVERFLOW);
    }

    private static String joined(String stream) throws IOException {
        return Streams.joined(Dialect.OPENAI_RESPONSES, stream);
    }

    private static BackendException failure(String stream) {
        return catchThrowableOfType(BackendFailure.class, () -> joined(stream)).failure();
    }
}
