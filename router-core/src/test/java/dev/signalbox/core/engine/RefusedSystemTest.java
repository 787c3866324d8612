package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Unroutable;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What the system says in the middle of a conversation, where a model wants to hear it first only. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RefusedSystemTest extends TranslatingFixture {

    private static final String LATER = "{'model':'coding','max_tokens':9,'messages':[{'role':'user','content':'Hi'},"
            + "{'role':'assistant','content':'Yes?'},{'role':'system','content':'Hurry.'},{'role':'user','content':'Go'}]}";

    private static RouteRequest later() {
        return anthropic(LATER);
    }

    private void refusesTheSystemLater() {
        backends.on("gpu", call -> {
            if (sent().contains("{\"role\":\"system\",\"content\":\"Hurry.\"}")) {
                throw new BackendException(Failure.ofStatus(400, "System message must be at the beginning."));
            }
            return Chat.says("Hi").answer(call);
        });
    }

    /** What the model is asked now. */
    private String sent() {
        return backends.sent("gpu").getLast().body();
    }

    @Test
    void a_model_that_refuses_the_systems_later_words_hears_them_from_the_user_ever_after() throws Exception {
        refusesTheSystemLater();

        try (RoutedResponse response = ask(later())) {
            assertThat(read(response)).contains("\"text\":\"Hi\"");
            assertThat(response.trace().notes())
                    .singleElement()
                    .asString()
                    .contains("gpu/m refuses to hear the system");
        }
        bytes(later());

        assertThat(backends.sent("gpu")).hasSize(3);
        assertThat(sent())
                .contains("{\"role\":\"assistant\",\"content\":\"Yes?\"},{\"role\":\"user\",\"content\":\"Hurry.\"}");
    }

    @Test
    void a_model_that_refuses_for_another_reason_is_not_asked_again() throws Exception {
        backends.on("gpu", call -> {
            throw new BackendException(Failure.ofStatus(400, "The temperature is too high."));
        });

        refused(Unroutable.class, later());

        assertThat(backends.sent("gpu")).hasSize(1);
    }

    @Test
    void a_request_that_passes_as_it_is_has_only_the_roles_changed() throws Exception {
        backends.dialects = Set.of(Dialect.ANTHROPIC_MESSAGES);
        String whole = "{'content':[{'type':'text','text':'Hi'}],'stop_reason':'end_turn'}".replace('\'', '"');
        backends.on("gpu", call -> {
            if (sent().contains("\"role\":\"system\"")) {
                throw new BackendException(Failure.ofStatus(400, "messages: Unexpected role \"system\"."));
            }
            return Tape.json(whole);
        });

        assertThat(bytes(later())).isEqualTo(whole);
        assertThat(sent().replace('"', '\''))
                .isEqualTo(LATER.replace("'role':'system'", "'role':'user'").replace("'coding'", "'m'"));
    }

    @Test
    void a_refusal_of_the_systems_later_words_inside_a_stream_is_learnt_from_too() throws Exception {
        backends.on("gpu", call -> {
            if (sent().contains("{\"role\":\"system\",\"content\":\"Hurry.\"}")) {
                return Tape.sse(Chat.ROLE
                        + Chat.frame(
                                "{\"error\":{\"message\":\"System message must be at the beginning.\",\"code\":400}}"));
            }
            return Tape.sse(Chat.stream("Hi"));
        });

        String heard = bytes(anthropic(LATER.replace("'max_tokens'", "'stream':true,'max_tokens'")));

        assertThat(heard).contains("\"text\":\"Hi\"", "message_stop").doesNotContain("event: error");
        assertThat(backends.sent("gpu")).hasSize(2);
        assertThat(backends.sent("laptop")).isEmpty();
    }
}
