package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Cancelled;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RouteTrace.Ruled;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Unroutable;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.testkit.TestFactories;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ClassifyingTest extends EngineFixture {

    private final FakeClassifier triage = new FakeClassifier();

    @BeforeEach
    void two_profiles() {
        plugins.add(TestFactories.classifier("triage", triage));
        layout.backend("gpu", "m")
                .backend("laptop", "m")
                .profile("coding", "gpu/m")
                .profile("writing", "laptop/m")
                .defaultTo("coding");
        backends.on("gpu", Chat.says("gpu")).on("laptop", Chat.says("laptop"));
    }

    private void byClass() {
        layout.classify("triage", Map.of("small", "writing", "hard", "coding"));
    }

    @Test
    void the_class_decides() throws Exception {
        byClass();
        triage.says = request -> Optional.of("small");
        try (RoutedResponse response = ask(chat("auto"))) {
            assertThat(response.text()).isEqualTo("laptop");
            assertThat(response.trace().chosenBy()).isEqualTo("rule 1");
            assertThat(response.trace().rules()).containsExactly(new Ruled("rule 1", true, "triage says \"small\""));
        }
    }

    @Test
    void nobody_is_asked_where_a_rule_before_holds() throws Exception {
        layout.rule(request -> true, "writing");
        byClass();
        assertThat(bytes(chat("auto"))).contains("laptop");
        assertThat(triage.asked).hasValue(0);
    }

    @Test
    void nobody_is_asked_about_a_request_that_names_what_it_wants() throws Exception {
        byClass();
        bytes(chat("gpu/m"));
        assertThat(triage.asked).hasValue(0);
    }

    @Test
    void it_is_asked_once_however_many_rules_go_by_it() throws Exception {
        layout.classify("triage", Map.of("odd", "coding"));
        byClass();
        triage.says = request -> Optional.of("small");
        assertThat(bytes(chat("auto"))).contains("laptop");
        assertThat(triage.asked).hasValue(1);
    }

    @Test
    void a_class_that_is_not_found_leaves_the_request_to_what_follows() throws Exception {
        byClass();
        assertThat(bytes(chat("auto"))).contains("gpu");
    }

    @Test
    void an_explanation_asks_nobody() throws Exception {
        byClass();
        triage.says = request -> Optional.of("small");
        RouteTrace explained = engine().explain(chat("auto"));
        assertThat(explained.rules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.why()).startsWith("would ask triage"));
        assertThat(explained.chosenBy()).isEqualTo("default");
        assertThat(triage.asked).hasValue(0);
    }

    @Test
    void its_own_bug_is_told_by_name() throws Exception {
        byClass();
        triage.says = request -> {
            throw new IllegalStateException("oops");
        };
        Unroutable failed = refused(Unroutable.class, chat("auto"));
        assertThat(failed.problem().status()).isEqualTo(500);
        assertThat(failed.problem().message()).contains("classifier triage", "oops");
    }

    @Test
    void a_client_that_leaves_is_not_waited_for() throws Exception {
        byClass();
        CountDownLatch asked = new CountDownLatch(1);
        triage.says = request -> {
            asked.countDown();
            new CountDownLatch(1).await();
            return Optional.empty();
        };
        Cancellation leaves = Cancellation.create();
        Later<RoutedResponse> waiting = later(chat("auto").withCancellation(leaves));
        asked.await();
        leaves.cancel();
        assertThat(waiting.thrown()).isInstanceOf(Cancelled.class);
        assertThat(waiting.leftInterrupted()).isFalse();
    }

    @Test
    void a_client_that_has_left_before_it_is_asked_is_not_waited_for_either() throws Exception {
        Cancellation leaves = Cancellation.create();
        layout.rule(
                request -> {
                    leaves.cancel();
                    return false;
                },
                "writing");
        byClass();
        triage.says = request -> {
            new CountDownLatch(1).await();
            return Optional.empty();
        };
        Later<RoutedResponse> waiting = later(chat("auto").withCancellation(leaves));
        assertThat(waiting.thrown()).isInstanceOf(Cancelled.class);
    }

    @Test
    void one_that_goes_past_its_deadline_cannot_say() throws Exception {
        byClass();
        CountDownLatch asked = new CountDownLatch(1);
        triage.says = request -> {
            asked.countDown();
            new CountDownLatch(1).await();
            return Optional.empty();
        };
        Later<String> waiting = Later.run(() -> bytes(chat("auto")));
        asked.await();
        time.advance(Duration.ofSeconds(31));
        assertThat(waiting.get()).contains("gpu");
        RouteTrace trace = heard.await(RouterEvent.Finished.class).trace();
        assertThat(trace.rules()).containsExactly(new Ruled("rule 1", false, "triage cannot say"));
        assertThat(trace.notes()).containsExactly("engine: the classifier triage did not say within PT30S");
    }

    @Test
    void it_is_closed_with_the_engine() {
        byClass();
        engine().close();
        assertThat(triage.closed).hasValue(1);
    }
}
