package dev.signalbox.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Body;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Target;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.SpiLevel;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.TestBackend;
import dev.signalbox.testkit.TestFactories;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RouterBuilderTest {

    private static RouterBuilder builder() {
        return Router.builder()
                .backend("a", TestFactories.backend("test", TestBackend.saying("from a")), options -> options);
    }

    @Test
    void names_may_be_said_before_what_they_name() throws Exception {
        try (Router router = builder()
                        .defaultTo("coding")
                        .alias("gpt-*", "coding")
                        .profile("coding", "a/test-model")
                        .build();
                RoutedResponse byAlias = router.route(RouteRequest.chat("gpt-4o", "hi"));
                RoutedResponse byDefault = router.route(RouteRequest.chat("auto", "hi"))) {
            assertThat(byAlias.text()).isEqualTo("from a");
            assertThat(byAlias.trace().profile()).isEqualTo("coding");
            assertThat(byDefault.target()).isEqualTo(Target.of("a/test-model"));
        }
    }

    @Test
    void words_for_the_system_prompt_may_be_said_of_a_profile() throws Exception {
        List<String> asked = new ArrayList<>();
        TestBackend backend = TestBackend.saying("from b").answering(call -> {
            asked.add(text(call.body()));
            return TestBackend.reply(
                    "application/json",
                    "{\"choices\":[{\"message\":{\"content\":\"ok\"},\"finish_reason\":\"stop\"}]}");
        });
        try (Router router = Router.builder()
                .backend("b", TestFactories.backend("test", backend), options -> options)
                .profile("brief", profile -> profile.targets("b/test-model").appendToSystemPrompt("Be brief."))
                .profile("long", "b/test-model")
                .build()) {
            router.route(RouteRequest.chat("brief", "hi")).close();
            router.route(RouteRequest.chat("long", "hi")).close();
        }
        assertThat(asked.getFirst()).contains("{\"role\":\"system\",\"content\":\"Be brief.\"}");
        assertThat(asked.getLast()).doesNotContain("system");
    }

    private static String text(Body body) {
        try (InputStream in = body.open()) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
    }

    @Test
    void what_code_sets_beats_what_was_written() throws Exception {
        Map<String, String> coding = new LinkedHashMap<>(Map.of("chain", "a/nobody"));
        var profiles = new LinkedHashMap<String, ConfigNode>();
        profiles.put("coding", ConfigNode.Table.of(Where.code("profiles.coding"), coding));
        var backends = new LinkedHashMap<String, ConfigNode>();
        backends.put("a", ConfigNode.Table.of(Where.code("backends.a"), Map.of("type", "test")));
        var root = new LinkedHashMap<String, ConfigNode>();
        root.put("backends", new ConfigNode.Table(Where.code("backends"), backends));
        root.put("profiles", new ConfigNode.Table(Where.code("profiles"), profiles));
        try (Router router = builder()
                        .configuration(Configuration.of(new ConfigNode.Table(Where.code(""), root)))
                        .profile("coding", "a/test-model")
                        .build();
                RoutedResponse answer = router.route(RouteRequest.chat("coding", "hi"))) {
            assertThat(answer.text()).isEqualTo("from a");
        }
    }

    @Test
    void a_way_on_that_leads_back_is_a_mistake() {
        RouterBuilder wrong = builder()
                .profile("coding", profile -> profile.targets("a/test-model").on(FailureKind.CONTEXT_OVERFLOW, "long"))
                .profile("long", profile -> profile.targets("a/test-model").on(FailureKind.OUT_OF_MEMORY, "coding"));
        assertThatThrownBy(wrong::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("1 problem")
                .hasMessageContaining("leads back to itself: coding -> long -> coding");
    }

    @Test
    void a_way_on_to_nowhere_is_a_mistake() {
        RouterBuilder wrong = builder()
                .profile("coding", profile -> profile.targets("a/test-model").on(FailureKind.CONTEXT_OVERFLOW, "lnog"))
                .profile("long", "a/test-model");
        assertThatThrownBy(wrong::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Did you mean \"long\"?");
    }

    @Test
    void every_problem_is_told_at_once() {
        RouterBuilder wrong = builder()
                .backend("b", "tset", options -> options)
                .profile("coding", "x/m", "no-target")
                .alias("fast", "codng")
                .defaultTo("nowhere");
        assertThatThrownBy(wrong::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("5 problems")
                .hasMessageContaining("Did you mean \"test\"?")
                .hasMessageContaining("\"no-target\" is not a target")
                .hasMessageContaining("\"x\" is not a configured backend")
                .hasMessageContaining("Did you mean \"coding\"?")
                .hasMessageContaining("\"nowhere\"");
    }

    @Test
    void what_plugins_have_against_their_options_is_told_of_all_of_them_and_beside_the_rest() {
        BackendFactory choosy = new BackendFactory() {
            @Override
            public String type() {
                return "choosy";
            }

            @Override
            public int spiLevel() {
                return SpiLevel.CURRENT;
            }

            @Override
            public List<Option<?>> options() {
                return List.of();
            }

            @Override
            public Backend create(PluginConfig config, PluginContext context) {
                throw new ConfigurationException(config.where().child("colour"), "not that one");
            }
        };
        RouterBuilder wrong = Router.builder()
                .backend("a", choosy, options -> options)
                .backend("b", choosy, options -> options)
                .models("a", ModelInfo.named("m"));
        assertThat(problemsOf(wrong))
                .containsExactly("backends.a.colour: not that one", "backends.b.colour: not that one");
        assertThat(problemsOf(wrong.defaultTo("nowhere"))).hasSize(3);
    }

    @Test
    void what_code_says_keeps_the_bounds_of_what_a_file_says() {
        RouterBuilder wrong = builder()
                .backend("Big", TestFactories.backend("test", TestBackend.saying("")), options -> options)
                .models("a", ModelInfo.named("m").withContext(-1))
                .models("b", ModelInfo.named("m"))
                .profile("p", profile -> profile.targets("a/m").attempts(0).idle(Duration.ofDays(-1)))
                .profile(
                        "q",
                        profile -> profile.fallBackOn(FailureKind.REJECTED)
                                .total(Duration.ofSeconds(1))
                                .firstContent(Duration.ofSeconds(2)))
                .profile("r", profile -> profile.pool("round-robn", "a/m"))
                .gate("none", 1, 1)
                .gate("g", 0, -1, "a", "b", "c/m");
        assertThat(problemsOf(wrong))
                .containsExactlyInAnyOrder(
                        "backends.Big: \"Big\" is not a backend's name such as gpu-1: small letters, digits and hyphens",
                        "backends.a.models.m.context: \"-1\" is not a whole number, 1 to 100000000",
                        "backends.b: \"b\" is not a backend. Known: Big, a.",
                        "profiles.p.attempts: \"0\" is not a whole number, 1 to 100",
                        "profiles.p.limits.idle: \"-1d\" is not a duration such as 30s, 100ms to 7d",
                        "profiles.q.chain: an empty chain; it needs at least one target such as gpu/qwen3:8b",
                        "profiles.q: \"rejected\" never falls back; take it out",
                        "profiles.q.limits.first-content: longer than total, which ends the whole request before;"
                                + " make total longer",
                        "profiles.r.chain[1].by: \"round-robn\" is not a known selector. None is known."
                                + " A plugin's jar belongs into the folder plugins/.",
                        "gates.none.of: an empty list; it needs at least one backend, or target such as gpu/qwen3:8b",
                        "gates.g.places: \"0\" is not a whole number, 1 to 10000",
                        "gates.g.queue: \"-1\" is not a whole number, 0 to 10000",
                        "gates.g.of: \"b\" is not a configured backend. Known: Big, a.",
                        "gates.g.of: \"c\" is not a configured backend. Known: Big, a.");
    }

    @Test
    void a_name_is_given_once() {
        RouterBuilder wrong = builder()
                .backend("a", TestFactories.backend("test", TestBackend.saying("")), options -> options)
                .profile("p", "a/m")
                .profile("P", "a/m")
                .gate("g", 1, 1, "a")
                .gate("g", 2, 1, "a")
                .alias("x", "p")
                .alias("X", "a/m")
                .alias("p", "a/m");
        assertThat(problemsOf(wrong))
                .containsExactlyInAnyOrder(
                        "backends.a: said twice by code. Keep one",
                        "profiles.p: said twice by code. Keep one",
                        "gates.g: said twice by code. Keep one",
                        "aliases.X: \"X\" is already the name of another alias; names compare without case",
                        "aliases.p: \"p\" is already the name of a profile; names compare without case");
    }

    @Test
    void a_file_may_use_what_code_gives_and_its_problems_are_told_beside_those_of_code(@TempDir Path folder)
            throws Exception {
        Path good =
                Files.writeString(folder.resolve("good.yaml"), "aliases: { fast: coding }\ndefault: a/test-model\n");
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "aliases: { fast: codng }\nlegder: x\n");
        try (Router router = builder()
                        .configuration(Configuration.read(good))
                        .profile("coding", "a/test-model")
                        .build();
                RoutedResponse answer = router.route(RouteRequest.chat("fast", "hi"))) {
            assertThat(answer.text()).isEqualTo("from a");
        }
        RouterBuilder wrong = builder()
                .configuration(Configuration.read(bad))
                .profile("coding", "a/test-model")
                .gate("g", 0, 1, "a");
        assertThat(problemsOf(wrong))
                .containsExactlyInAnyOrder(
                        "aliases.fast: \"codng\" is not a profile, nor a target such as gpu/qwen3:8b."
                                + " Did you mean \"coding\"?",
                        "legder: not a section. Did you mean \"ledger\"?",
                        "gates.g.places: \"0\" is not a whole number, 1 to 10000");
    }

    private static List<String> problemsOf(RouterBuilder wrong) {
        try (Router router = wrong.build()) {
            throw new AssertionError("nothing was found wrong with " + router);
        } catch (ConfigurationException found) {
            return found.problems().stream()
                    .map(problem -> problem.where().path() + ": " + problem.message())
                    .toList();
        }
    }
}
