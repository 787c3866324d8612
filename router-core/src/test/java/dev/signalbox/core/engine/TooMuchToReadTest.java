package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.Unroutable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A body that is small to send and large to read: messages that say nothing, more than a quarter of the heap holds. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TooMuchToReadTest extends EngineFixture {

    private static final int MESSAGES = Math.toIntExact(Runtime.getRuntime().maxMemory() / 4 / 150);
    private static final String BODY = "{\"messages\":[" + "{},".repeat(MESSAGES) + "{}]}";

    @BeforeEach
    void a_rule_that_reads() {
        layout.backend("gpu", "m").profile("coding", "gpu/m").defaultTo("coding");
        backends.on("gpu", Chat.says("gpu"));
    }

    @Test
    void is_refused_where_a_rule_reads_it_and_is_not_the_rules_fault() throws Exception {
        layout.rule(request -> request.wholeText().contains("secret"), "coding");
        Unroutable refused = refused(Unroutable.class, body(BODY));
        assertThat(refused.problem().status()).isEqualTo(413);
        assertThat(refused.problem().code()).isEqualTo("too_much_to_read");
        assertThat(refused.problem().message()).contains("MiB of memory");
        assertThat(backends.sent("gpu")).isEmpty();
    }

    @Test
    void explain_says_so_too() throws Exception {
        layout.rule(request -> request.wholeText().contains("secret"), "coding");
        RouteTrace trace = engine().explain(body(BODY));
        assertThat(trace.problem())
                .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo("too_much_to_read"));
    }

    @Test
    void passes_where_nobody_reads_it() throws Exception {
        assertThat(bytes(body(BODY))).contains("gpu");
    }
}
