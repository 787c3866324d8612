package dev.signalbox.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.core.Configuration;
import dev.signalbox.core.Router;
import dev.signalbox.examples.documents.NamedClient.Outcome;
import dev.signalbox.examples.documents.NamedClient.Outcome.Answered;
import dev.signalbox.examples.documents.NamedClient.Outcome.Mistake;
import dev.signalbox.examples.documents.NamedClient.Outcome.Unavailable;
import dev.signalbox.server.listen.Listener;
import dev.signalbox.server.listen.ListeningReader;
import dev.signalbox.server.listen.ListeningReader.Overrides;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.testkit.Answer;
import dev.signalbox.testkit.Gate;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.ScriptedOpenAi;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example of fixed names, and a client that sends them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class FixedNamesTest {

    private final ScriptedOpenAi macMini = ScriptedOpenAi.start().serving("gemma-4-26b");
    private final ScriptedOpenAi macbook = ScriptedOpenAi.start().serving("qwen3.6-27b");
    private final Semaphore waiting = new Semaphore(0); // one for each that began to wait
    private Router router;
    private Listener server;
    private NamedClient client;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        Map<String, String> addresses = Map.of(
                "http://mac-mini.local:8801", macMini.uri().toString(),
                "http://macbook.local:8810", macbook.uri().toString());
        Path file = Examples.copy("fixed-names.yaml", addresses, folder);
        Problems problems = new Problems();
        Overrides here = new Overrides(Optional.of("127.0.0.1"), Optional.of(0));
        router = Router.builder()
                .configuration(Configuration.read(file))
                .listener(event -> {
                    if (event instanceof RouterEvent.Waiting) {
                        waiting.release();
                    }
                })
                .build();
        server = Listener.start(router, new ListeningReader(problems).read(Configuration.read(file), here));
        problems.throwIfAny();
        client = new NamedClient(server.uri());
        macMini.says(Answer.saying("from the small one"));
        macbook.says(Answer.saying("from the large one"));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        router.close();
        macMini.close();
        macbook.close();
    }

    @ParameterizedTest
    @CsvSource({
        "mac-mini-default, mac-mini/gemma-4-26b",
        "gemma-macmini, mac-mini/gemma-4-26b",
        "' Gemma-MacMini ', mac-mini/gemma-4-26b",
        "qwen-macbook, macbook/qwen3.6-27b"
    })
    void a_name_is_answered_by_its_one_model(String name, String target) throws Exception {
        String text = target.startsWith("mac-mini") ? "from the small one" : "from the large one";
        assertThat(client.ask(name, "Hello")).isEqualTo(new Answered(text, target));
        assertThat(chats(target.startsWith("mac-mini") ? macMini : macbook))
                .singleElement()
                .satisfies(sent -> assertThat(sent.text())
                        .contains(
                                "\"model\":\"%s\"".formatted(target.substring(target.indexOf('/') + 1)),
                                "\"max_tokens\":4096",
                                "\"tool_choice\":\"auto\"",
                                "\"name\":\"search\""));
    }

    @Test
    void a_name_that_nobody_is_configured_for_says_so() throws Exception {
        assertThat(client.ask("claude-cloud", "Hello"))
                .isEqualTo(new Unavailable("provider_not_configured", Optional.empty()));
    }

    @Test
    void a_name_that_nobody_knows_is_a_mistake() throws Exception {
        assertThat(client.ask("gemma-macmimi", "Hello")).isEqualTo(new Mistake("model_not_found"));
    }

    @Test
    void a_machine_that_is_down_is_unavailable_and_nobody_else_is_asked() throws Exception {
        macMini.server().stopListening();
        macMini.server().closeConnections();

        assertThat(client.ask("mac-mini-default", "Hello"))
                .isInstanceOfSatisfying(
                        Unavailable.class, down -> assertThat(down.retryAfter()).isPresent());
        assertThat(chats(macbook)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"quick, mac-mini/gemma-4-26b", "hard, macbook/qwen3.6-27b", "neither, mac-mini/gemma-4-26b"})
    void whoever_names_nothing_is_sent_where_the_triage_says(String found, String target) throws Exception {
        macMini.says(Answer.saying(found));

        assertThat(client.ask("", "How large is the moon?"))
                .isInstanceOfSatisfying(
                        Answered.class,
                        answered -> assertThat(answered.target()).isEqualTo(target));
        assertThat(chats(macMini).getFirst().text()).as("the triage's question").contains("How large is the moon?");
    }

    @Test
    void a_long_text_is_sent_to_the_large_one_without_asking_anybody() throws Exception {
        assertThat(client.ask("auto", "moon ".repeat(9_000)))
                .isEqualTo(new Answered("from the large one", "macbook/qwen3.6-27b"));
        assertThat(chats(macMini)).isEmpty();
    }

    @Test
    void the_small_machine_answers_one_at_a_time_and_the_large_one_as_many_as_come() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Outcome>> asked = IntStream.range(0, 12)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> asking(i % 2 == 0 ? "mac-mini-default" : "gemma-macmini"), threads))
                    .toList();
            assertThat(asked)
                    .allSatisfy(one -> assertThat(one.get(60, TimeUnit.SECONDS)).isInstanceOf(Answered.class));
        }
        assertThat(macMini.server().generations()).isEqualTo(12);
        assertThat(macMini.server().mostAtOnce()).isEqualTo(1);
    }

    @Test
    void who_is_in_a_hurry_goes_first() throws Exception {
        Gate first = Gate.closed();
        macMini.sends(reply -> reply.headWaitsFor(first));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = CompletableFuture.supplyAsync(() -> asking("mac-mini-default"), threads);
            first.reached().get(60, TimeUnit.SECONDS);
            var later = CompletableFuture.supplyAsync(
                    () -> asking("mac-mini-default", "X-Signalbox-Priority", "background"), threads);
            assertThat(waiting.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            var hurried = CompletableFuture.supplyAsync(
                    () -> asking("gemma-macmini", "X-Signalbox-Priority", "foreground"), threads);
            assertThat(waiting.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            first.open();
            CompletableFuture.allOf(running, later, hurried).get(60, TimeUnit.SECONDS);
        }
        assertThat(chats(macMini))
                .extracting(sent -> sent.text().replaceAll("(?s).*\"content\":\"([^\"]*)\".*", "$1"))
                .containsExactly("mac-mini-default", "foreground", "background");
    }

    /** Asks with the name, or how urgent it is, for words. */
    private Outcome asking(String model, String... headers) {
        try {
            return client.ask(model, headers.length == 0 ? model : headers[1], headers);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    /** What it was asked for answers. */
    private static List<ReceivedRequest> chats(ScriptedOpenAi server) {
        return server.server().requests().stream()
                .filter(request -> request.method().equals("POST"))
                .toList();
    }
}
