package dev.signalbox.classifier.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Target;
import dev.signalbox.core.Configuration;
import dev.signalbox.core.Plugins;
import dev.signalbox.core.RouteRule;
import dev.signalbox.core.Router;
import dev.signalbox.core.RouterBuilder;
import dev.signalbox.spi.Classifier;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.TestBackend;
import dev.signalbox.testkit.TestContext;
import dev.signalbox.testkit.TestFactories;
import dev.signalbox.testkit.TestRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TriageTest {

    private static final Duration ENOUGH = Duration.ofSeconds(20);

    private final TestBackend small = TestBackend.saying("easy");
    private final Router router = Router.builder()
            .backend("small", TestFactories.backend("test", small), options -> options)
            .build();
    private final TestContext context = TestContext.named("triage").router(router);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        router.close();
    }

    private Classifier triage(UnaryOperator<PluginConfig> more) {
        PluginConfig config = PluginConfig.of(new TriageFactory().options(), Where.code("classifiers.triage"))
                .with(TriageFactory.ASK, "small/test-model")
                .with(TriageFactory.CLASSES, Map.of("easy", "easy ones", "hard", "hard ones"));
        return new TriageFactory().create(more.apply(config), context);
    }

    private static Optional<String> ask(Classifier triage, String words) throws InterruptedException {
        return triage.classify(TestRequest.saying(words), Deadline.after(ENOUGH));
    }

    @Test
    void the_model_says_the_class() throws Exception {
        assertThat(ask(triage(same -> same), "What is 2 + 2?")).contains("easy");
    }

    @Test
    void the_same_words_are_asked_about_once_while_the_answer_is_kept() throws Exception {
        Classifier triage = triage(same -> same.with(TriageFactory.KEEP, Duration.ofMinutes(1)));
        ask(triage, "What is 2 + 2?");
        ask(triage, "What is 2 + 2?");
        assertThat(small.calls()).hasSize(1);
        context.hands().advance(Duration.ofMinutes(2));
        ask(triage, "What is 2 + 2?");
        ask(triage, "What is 3 + 3?");
        assertThat(small.calls()).hasSize(3);
    }

    @Test
    void the_same_words_are_asked_about_once_by_all_who_come_meanwhile() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        small.answering(call -> {
            asked.countDown();
            answers.await();
            return TestBackend.reply(call, dev.signalbox.testkit.Answer.saying("easy"));
        });
        Classifier triage = triage(same -> same);
        List<CompletableFuture<Optional<String>>> found = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            CompletableFuture<Optional<String>> one = new CompletableFuture<>();
            found.add(one);
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    one.complete(ask(triage, "What is 2 + 2?"));
                } catch (InterruptedException gone) {
                    one.complete(Optional.of("interrupted"));
                }
            }));
        }
        asked.await();
        await().until(() -> threads.stream().noneMatch(thread -> thread.getState() == Thread.State.RUNNABLE));
        answers.countDown();
        for (CompletableFuture<Optional<String>> one : found) {
            assertThat(one.get(20, TimeUnit.SECONDS)).contains("easy");
        }
        assertThat(small.calls()).hasSize(1);
    }

    @Test
    void whoever_waits_for_one_that_gives_up_asks_itself() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        small.answering(call -> {
            if (first.getAndSet(false)) {
                asked.countDown();
                Thread.sleep(Long.MAX_VALUE);
            }
            return TestBackend.reply(call, dev.signalbox.testkit.Answer.saying("easy"));
        });
        Classifier triage = triage(same -> same);
        Thread impatient = Thread.ofVirtual().start(() -> {
            try {
                ask(triage, "What is 2 + 2?");
            } catch (InterruptedException gone) {
                Thread.currentThread().interrupt();
            }
        });
        asked.await();
        CompletableFuture<Optional<String>> second = new CompletableFuture<>();
        Thread patient = Thread.ofVirtual().start(() -> {
            try {
                second.complete(ask(triage, "What is 2 + 2?"));
            } catch (InterruptedException gone) {
                second.completeExceptionally(gone);
            }
        });
        await().until(() -> patient.getState() == Thread.State.TIMED_WAITING);
        impatient.interrupt();
        assertThat(second.get(20, TimeUnit.SECONDS)).contains("easy");
    }

    @Test
    void a_long_text_is_shown_by_its_two_ends() throws Exception {
        ask(triage(same -> same.with(TriageFactory.EXCERPT, 100L)), "begin" + " middle".repeat(1_000) + " end");
        String sent = new String(
                small.calls().getFirst().body().open().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(sent).contains("begin", "…", " end").hasSizeLessThan(1_500);
    }

    @Test
    void a_model_that_fails_is_answered_by_the_stated_class() throws Exception {
        small.failing(FailureKind.SERVER_ERROR, "out of luck");
        assertThat(ask(triage(same -> same.withPresent(TriageFactory.OTHERWISE, "hard")), "Hello"))
                .contains("hard");
        assertThat(ask(triage(same -> same), "Hello")).isEmpty();
    }

    @Test
    void a_model_that_names_no_class_is_answered_by_the_stated_class_and_asked_again() throws Exception {
        small.answering(call -> TestBackend.reply(call, dev.signalbox.testkit.Answer.saying("no idea")));
        Classifier triage = triage(same -> same.withPresent(TriageFactory.OTHERWISE, "hard"));
        assertThat(ask(triage, "Hello")).contains("hard");
        ask(triage, "Hello");
        assertThat(small.calls()).hasSize(2);
    }

    @Test
    void a_model_that_takes_too_long_is_not_waited_for() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        small.answering(call -> {
            asked.countDown();
            new CountDownLatch(1).await();
            throw new AssertionError("nobody counts down");
        });
        Classifier triage = triage(same -> same.withPresent(TriageFactory.OTHERWISE, "hard"));
        Thread clock = Thread.ofVirtual().start(() -> {
            try {
                asked.await();
                context.hands().advance(Duration.ofSeconds(6));
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(ask(triage, "Hello")).contains("hard");
        clock.join();
    }

    @Test
    void a_configured_router_sends_each_request_where_its_class_belongs() throws Exception {
        TestBackend large = TestBackend.saying("large");
        try (Router whole = whole(large, """
                classifiers:
                  triage: { ask: small/test-model, classes: { easy: easy ones, hard: hard ones } }
                rules:
                  - { classify: { by: triage, into: { easy: small/test-model, hard: large/test-model } } }
                """)) {
            assertThat(targetOf(whole, "What is 2 + 2?")).isEqualTo(Target.of("small/test-model"));
            small.answering(call -> TestBackend.reply(call, dev.signalbox.testkit.Answer.saying("hard")));
            assertThat(targetOf(whole, "Prove it")).isEqualTo(Target.of("large/test-model"));
        }
    }

    @Test
    void a_triage_that_would_go_by_its_own_rule_is_a_mistake() {
        Assertions.assertThatThrownBy(() -> whole(TestBackend.saying("large"), """
                        classifiers:
                          triage: { ask: auto, classes: { easy: easy ones } }
                        rules:
                          - { classify: { by: triage, into: { esay: small/test-model } } }
                        """))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("\"auto\" is not a profile")
                .hasMessageContaining("\"esay\" is not a class of triage")
                .hasMessageContaining("easy");
    }

    @Test
    void code_is_held_to_what_a_file_is_held_to() throws Exception {
        TestBackend large = TestBackend.saying("large");
        RouterBuilder good = byCode(large, "small/test-model", Map.of("small", "small/test-model"));
        try (Router router = good.build()) {
            assertThat(targetOf(router, "What is 2 + 2?")).isEqualTo(Target.of("small/test-model"));
        }
        Assertions.assertThatThrownBy(byCode(large, "smal/test-model", Map.of("smal", "small/test-model"))::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("2 problems")
                .hasMessageContaining("classifiers.triage.ask")
                .hasMessageContaining("Did you mean \"small\"?")
                .hasMessageContaining("\"smal\" is not a class of triage");
    }

    /** Asks for one class, {@code small}, which is what the small one says. */
    private RouterBuilder byCode(TestBackend large, String ask, Map<String, String> into) {
        small.answering(call -> TestBackend.reply(call, dev.signalbox.testkit.Answer.saying("small")));
        return Router.builder()
                .backend("small", TestFactories.backend("test", small), options -> options)
                .backend("large", TestFactories.backend("other", large), options -> options)
                .classifier(
                        "triage",
                        new TriageFactory(),
                        options -> options.with(TriageFactory.ASK, ask)
                                .with(TriageFactory.CLASSES, Map.of("small", "easy ones")))
                .rule(RouteRule.classify("triage", into))
                .defaultTo("large/test-model");
    }

    private Router whole(TestBackend large, String rest) throws IOException {
        Path file = Files.writeString(folder.resolve("signalbox.yaml"), """
                backends:
                  small: { type: test, models: [ test-model ] }
                  large: { type: other, models: [ test-model ] }
                """ + rest);
        return Router.builder()
                .plugins(Plugins.of(
                        TestFactories.backend("test", small),
                        TestFactories.backend("other", large),
                        new TriageFactory()))
                .configuration(Configuration.read(file))
                .build();
    }

    private static Target targetOf(Router router, String words) throws InterruptedException {
        try (RoutedResponse response = router.route(RouteRequest.chat("auto", words))) {
            return response.target();
        }
    }
}
