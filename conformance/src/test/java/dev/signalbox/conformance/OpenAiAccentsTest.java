package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.SseException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every runtime tells its failures in its own way; the client hears all of them in the same. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@ExtendWith(Station.Shared.class)
class OpenAiAccentsTest {

    private static Station station;
    private static OpenAIClient client;

    @BeforeAll
    static void start(Station shared) {
        station = shared;
        client = OpenAi.trying(shared.signalbox(), false);
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    static List<String> targets() {
        return station.targets(Runtimes.Able.CHAT);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void a_wrong_request_is_the_clients_to_mend(String target) {
        station.at(target).refuses(400, "Input validation error: the temperature is too high.");
        failsAs(400, "the temperature is too high.", target);
        failsStreamedAs(400, "the temperature is too high.", target);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void a_failing_server_is_a_server_error(String target) {
        station.at(target).refuses(500, "The engine stumbled.");
        failsAs(500, "The engine stumbled.", target);
        failsStreamedAs(isTgi(target) ? 502 : 500, "The engine stumbled.", target);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void a_server_out_of_memory_is_one_of_its_own(String target) {
        station.at(target).refuses(500, "CUDA out of memory.");
        failsAs(507, "CUDA out of memory.", target);
        failsStreamedAs(507, "CUDA out of memory.", target);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void a_failure_in_the_middle_is_raised(String target) {
        station.at(target).breaksAfter(3, "The engine died.");
        boolean hidden = target.startsWith("ollama/") || target.startsWith("mlx-lm/"); // no word of what it was
        assertThatThrownBy(() -> OpenAi.streamed(client, OpenAi.asking(target)))
                .isInstanceOf(SseException.class)
                .hasMessageContaining(hidden ? "without a finish" : "The engine died.");
    }

    private static void failsAs(int status, String message, String target) {
        failsAs(status, message, () -> client.chat().completions().create(OpenAi.asking(target)));
    }

    private static void failsStreamedAs(int status, String message, String target) {
        failsAs(status, message, () -> OpenAi.streamed(client, OpenAi.asking(target)));
    }

    private static void failsAs(int status, String message, ThrowingCallable asking) {
        assertThatThrownBy(asking)
                .isInstanceOfSatisfying(
                        OpenAIServiceException.class,
                        error -> assertThat(error.statusCode()).isEqualTo(status))
                .hasMessageContaining(message);
    }

    /** In a stream it gives every error the status 422, so that only the text tells what it was. */
    private static boolean isTgi(String target) {
        return target.startsWith("tgi/");
    }
}
