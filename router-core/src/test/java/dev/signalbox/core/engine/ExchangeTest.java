package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.RoutedResponse;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.RouterEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Settings are exchanged while requests go on. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ExchangeTest extends EngineFixture {

    @BeforeEach
    void two_backends() {
        layout.backend("stays", "m").backend("changes", "m").profile("coding", "changes/m", "stays/m");
        backends.on("stays", Chat.says("stays")).on("changes", Chat.says("changes"));
    }

    @Test
    void no_request_is_lost_under_load() throws Exception {
        int threads = 16;
        int each = 125;
        int exchanges = 50;
        FakeGuard guard = guard("counting");
        layout.gate("some", 8, 10_000, "changes", "stays");
        Engine engine = engine();
        AtomicInteger left = new AtomicInteger(threads * each);
        List<Later<Integer>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            boolean streamed = i % 2 == 0;
            all.add(Later.run(() -> {
                int answered = 0;
                for (int n = 0; n < each; n++) {
                    answered +=
                            bytes(streamed ? stream("coding") : chat("coding")).contains("changes") ? 1 : 0;
                    left.decrementAndGet();
                }
                return answered;
            }));
        }
        for (int i = 1; i <= exchanges; i++) {
            int goal = threads * each * (exchanges - i) / (exchanges + 1);
            while (left.get() > goal) {
                Thread.onSpinWait(); // so that the exchanges spread over all requests
                Thread.yield();
            }
            engine.exchange(layout.tag("changes", "v" + i).settings());
        }
        for (Later<Integer> each1 : all) {
            assertThat(each1.get()).isEqualTo(each);
        }
        assertThat(heard.events(RouterEvent.Finished.class)).hasSize(threads * each);
        assertThat(heard.events(RouterEvent.Reconfigured.class)).hasSize(exchanges);
        assertThat(backends.created()).isEqualTo(2 + exchanges);
        assertThat(backends.closed()).hasSize(exchanges).doesNotHaveDuplicates().doesNotContain("stays");
        assertThat(guard.made).hasValue(1);
        assertThat(guard.ended.get() + guard.undone.get()).isEqualTo(guard.granted.get());
        assertThat(guard.wrong).isEmpty();
        assertThat(engine.plans().now().gates().get("some").taken()).isZero();
        engine.close();
        assertThat(backends.closed()).hasSize(2 + exchanges).doesNotHaveDuplicates();
        assertThat(guard.closed).hasValue(1);
    }

    @Test
    void a_backend_is_closed_when_its_last_request_has_ended_and_not_before() throws Exception {
        Tape slow = Tape.sse(Chat.text("Hello")).stalls();
        backends.on("changes", call -> slow);
        RoutedResponse response = ask(stream("changes/m"));
        engine().exchange(layout.tag("changes", "v1").settings());
        assertThat(backends.closed()).isEmpty();
        response.close();
        assertThat(backends.closed()).containsExactly("changes");
    }

    @Test
    void a_backend_that_goes_is_not_closed_under_a_request_of_the_plan_before_the_last() throws Exception {
        Tape slow = Tape.sse(Chat.text("Hello")).stalls();
        backends.on("stays", call -> slow);
        RoutedResponse response = ask(stream("stays/m"));
        engine().exchange(layout.tag("changes", "v1").settings());
        engine().exchange(layout.without("stays").profile("coding", "changes/m").settings());
        assertThat(backends.closed()).isEmpty();
        response.close();
        assertThat(backends.closed()).containsExactlyInAnyOrder("changes", "stays");
    }

    @Test
    void guards_keep_what_they_have_learnt() throws Exception {
        FakeGuard guard = guard("counting");
        engine().exchange(layout.tag("changes", "v1").settings());
        assertThat(guard.made).hasValue(1);
        assertThat(guard.closed).hasValue(0);
    }

    @Test
    void a_gate_lets_more_in_as_soon_as_it_has_more_places() throws Exception {
        layout.gate("one", 1, 9, "stays");
        backends.on("stays", call -> Tape.sse(Chat.text("Hello")).stalls());
        RoutedResponse first = ask(stream("stays/m"));
        Later<RoutedResponse> second = later(stream("stays/m"));
        heard.await(RouterEvent.Waiting.class);
        engine().exchange(layout.gate("one", 2, 9, "stays").settings());
        second.get().close();
        first.close();
    }

    @Test
    void what_is_known_of_an_unchanged_backend_stays_known() throws Exception {
        layout.backend("lists");
        backends.lists("lists", "found").on("lists", Chat.says("Hello"));
        bytes(chat("found"));
        backends.probe("lists", deadline -> {
            throw new AssertionError("asked again");
        });
        engine().exchange(layout.tag("changes", "v1").settings());
        assertThat(bytes(chat("found"))).contains("Hello");
    }

    @Test
    void settings_that_cannot_be_are_not_taken() throws Exception {
        BrokenLater broken = new BrokenLater();
        plugins.add(broken);
        engine();
        broken.broken = true;
        assertThatThrownBy(() -> engine().exchange(layout.tag("changes", "v1")
                        .guard("broken-later", "v1")
                        .settings()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("it does not fit");
        assertThat(backends.created()).isEqualTo(2 + backends.closed().size());
        assertThat(bytes(chat("coding"))).contains("changes");
    }
}
