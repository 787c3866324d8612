package dev.signalbox.selector.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.JsonText;
import dev.signalbox.api.Target;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.Selector;
import dev.signalbox.testkit.TestAttempt;
import dev.signalbox.testkit.TestRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StickyTest {

    private static final int KEYS = 5_000;

    private final Selector selector = Pools.selector(new StickyFactory());
    private final long seed = Long.getLong("signalbox.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @RepeatedTest(5)
    void a_backend_that_goes_takes_along_its_own_conversations_only_and_no_more_than_its_share() {
        int size = 2 + random.nextInt(9);
        String gone = name(random.nextInt(size));
        int moved = 0;
        for (int i = 0; i < KEYS; i++) {
            TestRequest request = session(Long.toHexString(random.nextLong()));
            String before = first(pool(size, "none", request));
            String after = first(pool(size, gone, request));
            assertThat(before.equals(after)).as(again()).isEqualTo(!before.equals(gone));
            moved += before.equals(after) ? 0 : 1;
        }

        double share = (double) KEYS / size;
        double deviation = Math.sqrt(share * (1 - 1.0 / size));
        assertThat((double) moved)
                .as("of %d backends. %s", size, again())
                .isBetween(share - 6 * deviation, share + 6 * deviation);
    }

    @RepeatedTest(5)
    void no_backend_is_ever_busier_than_its_bound_and_few_conversations_move_for_it() {
        int size = 2 + random.nextInt(9);
        Map<String, Integer> inFlight = new HashMap<>();
        int moved = 0;
        for (int i = 0; i < 1_000; i++) {
            TestRequest request = session("s" + random.nextInt(200));
            List<Candidate> pool = new ArrayList<>();
            for (int b = 0; b < size; b++) {
                pool.add(TestAttempt.at(name(b) + "/m").of(request).busy(inFlight.getOrDefault(name(b), 0), 0));
            }
            String chosen = first(pool);
            inFlight.merge(chosen, 1, Integer::sum);
            moved += chosen.equals(first(pool(size, "none", request))) ? 0 : 1;
            double bound = Math.ceil(1.25 * (i + 1) / size);
            assertThat((double) inFlight.get(chosen)).as(again()).isLessThanOrEqualTo(bound);
        }
        assertThat(moved).as(again()).isLessThan(500);
    }

    @Test
    void later_requests_of_a_conversation_go_where_the_first_one_went() {
        for (int i = 0; i < 50; i++) {
            String begin =
                    "{\"role\":\"system\",\"content\":\"You help.\"},{\"role\":\"user\",\"content\":\"Question %d\"}"
                            .formatted(i);
            TestRequest early = chat(begin);
            TestRequest late = chat(
                    begin + ",{\"role\":\"assistant\",\"content\":\"A\"},{\"role\":\"user\",\"content\":\"More\"}");

            assertThat(first(pool(5, "none", early))).isEqualTo(first(pool(5, "none", late)));
        }
    }

    @Test
    void conversations_that_begin_otherwise_are_spread() {
        List<String> firsts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            firsts.add(first(pool(5, "none", TestRequest.saying("Question " + i))));
        }

        assertThat(firsts).contains(name(0), name(1), name(2), name(3), name(4));
    }

    @Test
    void a_session_beats_the_user_and_the_user_beats_the_words() {
        for (int i = 0; i < 20; i++) {
            TestRequest one = userSays("u" + i, "First");
            TestRequest two = userSays("u" + i, "Second");
            assertThat(first(pool(7, "none", one))).isEqualTo(first(pool(7, "none", two)));
            assertThat(first(pool(7, "none", one.header("X-Signalbox-Session", "s"))))
                    .isEqualTo(first(pool(7, "none", session("s"))));
        }
    }

    @Test
    void a_conversation_moves_while_its_backend_is_overloaded_and_then_comes_back() {
        TestRequest request = session("mine");
        String home = first(pool(3, "none", request));

        List<Candidate> overloaded = pool(3, "none", request).stream()
                .<Candidate>map(each -> each.target().backend().equals(home) ? ((TestAttempt) each).busy(9, 0) : each)
                .toList();
        assertThat(first(overloaded)).isNotEqualTo(home);
        assertThat(selector.order(overloaded).getLast().backend()).isEqualTo(home);
        assertThat(first(pool(3, "none", request))).isEqualTo(home);
    }

    @Test
    void a_backend_that_is_down_keeps_nobody() {
        TestRequest request = session("mine");
        String home = first(pool(3, "none", request));

        List<Candidate> down = pool(3, "none", request).stream()
                .<Candidate>map(each ->
                        each.target().backend().equals(home) ? ((TestAttempt) each).in(BackendState.DOWN) : each)
                .toList();
        assertThat(first(down)).isNotEqualTo(home);
    }

    @Test
    void it_does_not_matter_in_which_order_the_pool_is_written() {
        TestRequest request = session("mine");

        assertThat(selector.order(pool(6, "none", request).reversed()))
                .isEqualTo(selector.order(pool(6, "none", request)));
    }

    @Test
    void a_backend_of_weight_three_has_three_times_as_many_conversations() {
        int heavy = 0;
        for (int i = 0; i < KEYS; i++) {
            TestRequest request = session("s" + i);
            heavy += first(List.of(
                                    TestAttempt.at("a/m").of(request).with(Pools.weight(3)),
                                    TestAttempt.at("b/m").of(request).with(Pools.weight(1))))
                            .equals("a")
                    ? 1
                    : 0;
        }

        assertThat(heavy).isBetween(3_600, 3_900);
    }

    private String again() {
        return "again with -Dsignalbox.seed=" + seed;
    }

    private String first(List<Candidate> pool) {
        List<Target> order = selector.order(pool);
        assertThat(order).hasSameSizeAs(pool);
        return order.getFirst().backend();
    }

    private static String name(int backend) {
        return "gpu-" + backend;
    }

    private static List<Candidate> pool(int size, String without, TestRequest request) {
        List<Candidate> pool = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (!name(i).equals(without)) {
                pool.add(TestAttempt.at(name(i) + "/m").of(request));
            }
        }
        return pool;
    }

    private static TestRequest session(String name) {
        return TestRequest.saying("All clear?").header("X-Signalbox-Session", name);
    }

    private static TestRequest userSays(String user, String words) {
        return TestRequest.of(
                Dialect.OPENAI_CHAT,
                "{\"user\":%s,\"messages\":[{\"role\":\"user\",\"content\":%s}]}"
                        .formatted(JsonText.quote(user), JsonText.quote(words)));
    }

    private static TestRequest chat(String messages) {
        return TestRequest.of(Dialect.OPENAI_CHAT, "{\"messages\":[" + messages + "]}");
    }
}
