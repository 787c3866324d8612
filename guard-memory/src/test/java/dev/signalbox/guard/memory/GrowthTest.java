package dev.signalbox.guard.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.ModelLifecycle.Wish;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.Verdict;
import dev.signalbox.testkit.ScriptedHost;
import dev.signalbox.testkit.TestRequest;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Models whose memory grows with the prompts they answer. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GrowthTest extends DeskFixture {

    @Test
    void what_grows_with_its_prompts_is_refused_a_prompt_that_does_not_fit() throws Exception {
        host.model("box/grows", 10, ModelInfo.named("grows").withMemory(10).withTokenMemory(1));
        residents.serve("box/grows");

        assertThat(residents.judges("box/grows", 30)).isEqualTo(Verdict.admit());
        Refusal refusal = ((Verdict.Exclude) residents.judges("box/grows", 51)).refusal();
        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NO_MEMORY);
    }

    @Test
    void each_answer_to_a_prompt_grows() throws Exception {
        host.model("box/grows", 10, ModelInfo.named("grows").withMemory(10).withTokenMemory(1));
        residents.serve("box/grows");

        assertThat(residents.judges("box/grows", answers(1))).isEqualTo(Verdict.admit());
        assertThat(residents.judges("box/grows", answers(3))).isInstanceOf(Verdict.Exclude.class);
        assertThat(residents.judges("box/grows", answers(1L << 59)))
                .as("twenty times so many are less than none")
                .isInstanceOf(Verdict.Exclude.class);
    }

    private static RequestView answers(long count) {
        return TestRequest.of(Dialect.OPENAI_CHAT, """
                {"model": "grows", "max_tokens": 20, "n": %d, "messages": [{"role": "user", "content": "Hi"}]}""".formatted(count));
    }

    @Test
    void tokens_are_counted_only_where_memory_grows_with_them() throws Exception {
        AtomicInteger counted = new AtomicInteger();
        host.model("box/grows", 10, ModelInfo.named("grows").withMemory(10).withTokenMemory(1));

        residents.judges("box/coder", counting(counted));
        residents.asks("box/coder", counting(counted));
        assertThat(counted).hasValue(0);
        residents.judges("box/grows", counting(counted));
        assertThat(counted).hasPositiveValue();
    }

    @Test
    void where_plenty_is_left_tokens_are_counted_once_and_not_for_each_request() throws Exception {
        host.model("box/grows", 10, ModelInfo.named("grows").withMemory(10).withTokenMemory(1));
        Residents plenty = new Residents(host, 1_000_000, 4);
        plenty.serve("box/grows");
        plenty.judges("box/grows", 1);
        AtomicInteger counted = new AtomicInteger();

        assertThat(plenty.judges("box/grows", counting(counted))).isEqualTo(Verdict.admit());
        assertThat(plenty.asks("box/grows", counting(counted))).isInstanceOf(Admission.Granted.class);
        assertThat(counted).hasValue(0);
    }

    @Test
    void what_was_found_out_holds_until_a_model_has_come_that_never_goes() throws Exception {
        host.model("box/grows", 10, ModelInfo.named("grows").withMemory(10).withTokenMemory(1));
        Residents pinning = new Residents(host, 64, 4, config -> config.with(HostOptions.PIN, List.of(CODER)));
        pinning.serve("box/grows");

        assertThat(pinning.judges("box/grows", 45)).isEqualTo(Verdict.admit());
        assertThat(pinning.judges("box/grows", 50)).isEqualTo(Verdict.admit());
        assertThat(pinning.judges("box/grows", 51)).isInstanceOf(Verdict.Exclude.class);
        host.lifecycle("box")
                .orElseThrow()
                .load("coder", new Wish(Optional.empty(), OptionalLong.empty()), Deadline.never()); // by somebody else
        pinning.probe();
        assertThat(pinning.judges("box/grows", 45)).isInstanceOf(Verdict.Exclude.class);
        assertThat(pinning.judges("box/grows", 31)).isEqualTo(Verdict.admit());
        assertThat(pinning.judges("box/grows", 32)).isInstanceOf(Verdict.Exclude.class);
    }

    /** A request that notices that somebody has its tokens counted. */
    private static RequestView counting(AtomicInteger counted) {
        return noticing(counted::incrementAndGet);
    }

    private static RequestView noticing(Runnable counted) {
        TestRequest request = TestRequest.saying("All clear?");
        return (RequestView) Proxy.newProxyInstance(
                ResidencyTest.class.getClassLoader(),
                new Class<?>[] {RequestView.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("approximateTokens")) {
                        counted.run();
                    }
                    return method.invoke(request, arguments);
                });
    }

    @Test
    void a_long_prompt_that_is_being_counted_keeps_nobody_else_waiting() throws Exception {
        host.model("box/grows", 10, ModelInfo.named("grows").withMemory(10).withTokenMemory(1));
        residents.serve("box/grows");
        AtomicReference<CompletableFuture<Verdict>> other = new AtomicReference<>();
        RequestView slow = noticing(() -> {
            other.compareAndSet(null, CompletableFuture.supplyAsync(() -> residents.judges("box/coder")));
            assertThat(other.get()).succeedsWithin(Duration.ofSeconds(20));
        });

        assertThat(residents.judges("box/grows", slow)).isEqualTo(Verdict.admit());
        assertThat(other.get()).isCompletedWithValue(Verdict.admit());
    }

    @Test
    void what_was_promised_to_one_request_is_not_promised_to_the_next() throws Exception {
        host.model("box/grows", 10, ModelInfo.named("grows").withMemory(10).withTokenMemory(1));
        residents.serve("box/grows");
        Admission.Granted first = (Admission.Granted) residents.asks("box/grows", 30);

        assertThat(residents.asks("box/grows", 30)).isInstanceOf(Admission.Later.class);
        residents.end(first, "box/grows");
        assertThat(residents.asks("box/grows", 30)).isInstanceOf(Admission.Granted.class);
    }

    @Test
    void others_go_so_that_a_long_prompt_fits() throws Exception {
        host.model("box/grows", 10, ModelInfo.named("grows").withMemory(10).withTokenMemory(1));
        residents.serve("box/coder");
        residents.serve("box/grows");
        Admission.Granted granted = (Admission.Granted) residents.asks("box/grows", 45);
        residents.prepare(granted);

        assertThat(host.diary()).endsWith("unload box/coder");
    }

    /** Most of them are short beside what is left, so their tokens are not counted, and some models have to go for others. */
    @Test
    void however_many_are_let_in_what_they_may_take_together_is_there() {
        LongStream.range(0, 300).forEach(seed -> {
            Random random = new Random(seed);
            ScriptedHost large = ScriptedHost.of("desk", 100_000)
                    .server("box")
                    .model(
                            "box/grows",
                            10_000,
                            ModelInfo.named("grows").withTokenMemory(1).withMemory(10_000))
                    .model("box/half", 50_000)
                    .model("box/third", 33_000);
            Crowd crowd = new Crowd(large, new Residents(large, 100_000, 1_000));
            for (int i = 0; i < 200; i++) {
                crowd.step(random);
                assertThat(large.used() + crowd.growth())
                        .as("seed %d, %d", seed, i)
                        .isLessThanOrEqualTo(99_000);
            }
            crowd.allEnd();
            assertThat(crowd.asks("box/grows", 89_000))
                    .as("seed %d: nothing is promised any more", seed)
                    .isTrue();
        });
    }

    /** Requests that are being answered. */
    private record Crowd(ScriptedHost host, Residents residents, List<Running> running) {

        private record Running(String target, long growth, Admission.Granted granted) {}

        Crowd(ScriptedHost host, Residents residents) {
            this(host, residents, new ArrayList<>());
        }

        void step(Random random) {
            switch (random.nextInt(8)) {
                case 0 -> asks("box/half", 10);
                case 1 -> asks("box/third", 10);
                case 2 -> asks("box/grows", random.nextInt(60_000));
                case 3 -> ends(random);
                default -> asks("box/grows", random.nextInt(1, 2_000));
            }
            residents.pass(Duration.ofSeconds(1));
        }

        boolean asks(String target, long tokens) {
            if (!(residents.asks(target, tokens) instanceof Admission.Granted granted)) {
                return false;
            }
            assertThatCode(() -> residents.prepare(granted)).doesNotThrowAnyException();
            running.add(new Running(target, target.endsWith("grows") ? tokens : 0, granted));
            return true;
        }

        private void ends(Random random) {
            if (!running.isEmpty()) {
                Running over = running.remove(random.nextInt(running.size()));
                residents.end(over.granted(), over.target());
            }
        }

        void allEnd() {
            running.forEach(each -> residents.end(each.granted(), each.target()));
            running.clear();
        }

        long growth() {
            return running.stream().mapToLong(Running::growth).sum();
        }
    }
}
