package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Body;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Cancelled;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Unroutable;
import dev.signalbox.core.dialect.ParsedRequest;
import dev.signalbox.core.dialect.Reading;
import dev.signalbox.core.dialect.RequestReader;
import dev.signalbox.spi.RouterEvent;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
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
    void is_refused_where_it_would_be_counted_and_is_not_the_fault_of_who_counts() throws Exception {
        backends.counts(
                "gpu",
                (request, model, deadline) ->
                        OptionalLong.of(request.wholeText().length()));
        Unroutable refused = refused(Unroutable.class, RouteRequest.of(Dialect.ANTHROPIC_COUNT_TOKENS, Body.of(BODY)));
        assertThat(refused.problem().status()).isEqualTo(413);
        assertThat(refused.problem().code()).isEqualTo("too_much_to_read");
    }

    @Test
    void explain_says_so_too() throws Exception {
        layout.rule(request -> request.wholeText().contains("secret"), "coding");
        RouteTrace trace = engine().explain(body(BODY));
        assertThat(trace.problem())
                .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo("too_much_to_read"));
    }

    @Test
    void who_leaves_while_there_is_no_memory_now_is_not_kept_waiting() throws Exception {
        String half = "x".repeat(Math.toIntExact(Runtime.getRuntime().maxMemory() / 60));
        CompletableFuture<Void> asked = new CompletableFuture<>();
        layout.rule(request -> asked.complete(null) && request.wholeText().isEmpty(), "coding");
        Cancellation client = Cancellation.create();
        ParsedRequest other = RequestReader.read(RouteRequest.chat("m", half), engine().readings());
        try (Reading ignored = other.reading()) {
            assertThat(other.wholeText()).isEqualTo(half);
            Later<RoutedResponse> waits = later(RouteRequest.chat("auto", half).withCancellation(client));
            asked.join();
            client.cancel();
            assertThat(waits.thrown()).isInstanceOf(Cancelled.class);
        }
        assertThat(heard.only(RouterEvent.Finished.class).trace().outcome()).contains(RouteTrace.Outcome.CLIENT_LEFT);
    }

    @Test
    void passes_where_nobody_reads_it() throws Exception {
        assertThat(bytes(body(BODY))).contains("gpu");
    }
}
