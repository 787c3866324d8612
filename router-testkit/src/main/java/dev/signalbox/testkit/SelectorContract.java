package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Target;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.LoadSignal;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Selector;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What every selector promises. Extend it, say how to make yours, and the promises become tests. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class SelectorContract {

    /** Makes the selector. */
    protected abstract Selector selector();

    /** What an entry of a pool says beside its target; nothing unless overridden. */
    protected PluginConfig settings() {
        return PluginConfig.empty();
    }

    @Test
    void orders_what_it_is_given_and_names_nothing_twice() {
        List<Candidate> candidates = candidates();

        List<Target> order = selector().order(candidates);

        assertThat(order).doesNotHaveDuplicates();
        assertThat(candidates).extracting(Candidate::target).containsAll(order);
    }

    @Test
    void has_nothing_to_order_in_an_empty_pool() {
        assertThat(selector().order(List.of())).isEmpty();
    }

    @Test
    void orders_candidates_of_any_request() {
        Selector selector = selector();
        for (TestRequest request : OddRequests.all()) {
            List<Candidate> candidates = candidates(request);
            assertThat(candidates).extracting(Candidate::target).containsAll(selector.order(candidates));
        }
    }

    @Test
    void may_be_asked_by_any_thread() {
        Selector selector = selector();
        List<Candidate> candidates = candidates();

        assertThat(AtOnce.run(() -> selector.order(candidates)))
                .allSatisfy(order -> assertThat(order).doesNotHaveDuplicates());
    }

    private List<Candidate> candidates() {
        return candidates(TestRequest.saying("All clear?"));
    }

    private List<Candidate> candidates(TestRequest request) {
        return Stream.of(
                        TestAttempt.at("a/m"),
                        TestAttempt.at("b/m").busy(7, 3),
                        TestAttempt.at("c/m").in(BackendState.UNKNOWN),
                        TestAttempt.at("d/m").in(BackendState.DOWN),
                        TestAttempt.at("e/m").loaded(new LoadSignal.Load(4, 9, OptionalDouble.of(0.9))))
                .<Candidate>map(attempt -> attempt.of(request).with(settings()))
                .toList();
    }
}
