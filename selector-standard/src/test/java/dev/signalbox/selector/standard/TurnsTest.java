package dev.signalbox.selector.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.Selector;
import dev.signalbox.testkit.TestAttempt;
import dev.signalbox.testkit.TestRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Round robin, with weights and without. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TurnsTest {

    private final Selector roundRobin = Pools.selector(new RoundRobinFactory());
    private final Selector weighted = Pools.selector(new WeightedFactory());

    @Test
    void each_has_its_turn_and_the_next_ones_are_the_fallback() {
        assertThat(List.of(ask(roundRobin), ask(roundRobin), ask(roundRobin), ask(roundRobin)))
                .containsExactly("a b c", "b c a", "c a b", "a b c");
    }

    @Test
    void a_request_keeps_its_turn_however_often_the_waiting_room_asks() {
        TestRequest waiting = TestRequest.saying("I wait");
        String first = ask(roundRobin, waiting);

        assertThat(ask(roundRobin)).startsWith("b");
        assertThat(ask(roundRobin, waiting)).isEqualTo(first);
        assertThat(ask(roundRobin)).startsWith("c");
    }

    @Test
    void who_is_gone_leaves_the_rest_of_a_turn_as_it_is() {
        TestRequest request = TestRequest.saying("Again");
        assertThat(ask(roundRobin, request)).isEqualTo("a b c");

        assertThat(Pools.order(
                        roundRobin,
                        TestAttempt.at("d/m").of(request),
                        TestAttempt.at("b/m").of(request),
                        TestAttempt.at("c/m").of(request)))
                .isEqualTo("b c d");
    }

    @Test
    void who_is_down_has_no_turn_and_comes_last() {
        for (int i = 0; i < 4; i++) {
            TestRequest request = TestRequest.saying("All clear?");
            assertThat(Pools.order(
                            roundRobin,
                            TestAttempt.at("a/m").of(request).in(BackendState.DOWN),
                            TestAttempt.at("b/m").of(request),
                            TestAttempt.at("c/m").of(request)))
                    .isEqualTo(i % 2 == 0 ? "b c a" : "c b a");
        }
    }

    @Test
    void a_target_of_weight_three_is_first_three_times_of_four_evenly_spread() {
        List<String> firsts =
                IntStream.range(0, 400).mapToObj(i -> firstByWeight(3, 1)).toList();

        assertThat(firsts.subList(0, 8)).containsExactly("a", "a", "b", "a", "a", "a", "b", "a");
        assertThat(counted(firsts)).containsExactlyInAnyOrderEntriesOf(Map.of("a", 300L, "b", 100L));
    }

    @Test
    void a_target_without_a_weight_has_weight_one() {
        assertThat(IntStream.range(0, 5)
                        .mapToObj(i -> {
                            TestRequest request = TestRequest.saying("x");
                            return Pools.order(
                                            weighted,
                                            TestAttempt.at("a/m").of(request).with(Pools.weight(4)),
                                            TestAttempt.at("b/m").of(request))
                                    .substring(0, 1);
                        })
                        .filter("b"::equals))
                .hasSize(1);
    }

    @Test
    void many_threads_get_as_many_turns_each() {
        List<Thread> threads = new ArrayList<>();
        List<String> firsts = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 300; i++) {
            threads.add(
                    Thread.ofVirtual().start(() -> firsts.add(ask(roundRobin).substring(0, 1))));
        }
        threads.forEach(TurnsTest::join);

        assertThat(counted(firsts)).containsExactlyInAnyOrderEntriesOf(Map.of("a", 100L, "b", 100L, "c", 100L));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static Map<String, Long> counted(List<String> firsts) {
        return firsts.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private String firstByWeight(long a, long b) {
        TestRequest request = TestRequest.saying("x");
        Candidate heavy = TestAttempt.at("a/m").of(request).with(Pools.weight(a));
        Candidate light = TestAttempt.at("b/m").of(request).with(Pools.weight(b));
        return Pools.order(weighted, heavy, light).substring(0, 1);
    }

    private static String ask(Selector selector) {
        return ask(selector, TestRequest.saying("All clear?"));
    }

    private static String ask(Selector selector, TestRequest request) {
        return Pools.order(
                selector,
                TestAttempt.at("a/m").of(request),
                TestAttempt.at("b/m").of(request),
                TestAttempt.at("c/m").of(request));
    }
}
