package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.RouteRequest;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What is learnt of models is learnt of names that clients write, of which there is no end where any will do. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LaterSystemTest extends EngineFixture {

    private static final int REMEMBERED = 1_000;

    @BeforeEach
    void a_server_that_takes_any_name_and_hears_the_system_first_only() {
        layout.backend("any", Layout.anyModel());
        backends.on("any", call -> {
            if (backends.sent("any").getLast().body().contains("\"role\":\"system\"")) {
                throw new BackendException(Failure.ofStatus(400, "System message must be at the beginning."));
            }
            return Chat.says("Hi").answer(call);
        });
    }

    /** How often the server is asked for one answer. */
    private int askings(int number) throws Exception {
        backends.sent("any").clear();
        bytes(later("any/m" + number));
        return backends.sent("any").size();
    }

    private static RouteRequest later(String model) {
        return body("""
                {"model": "%s", "messages": [{"role":"user","content":"Hi"},{"role":"system","content":"Hurry."}]}
                """.formatted(model));
    }

    @Test
    void a_name_is_forgotten_when_very_many_others_have_come_after_it() throws Exception {
        for (int number = 0; number <= REMEMBERED; number++) {
            assertThat(askings(number)).isEqualTo(2);
        }
        assertThat(askings(REMEMBERED)).isEqualTo(1);
        assertThat(askings(1)).isEqualTo(1);
        assertThat(askings(0)).as("the oldest").isEqualTo(2);
    }
}
