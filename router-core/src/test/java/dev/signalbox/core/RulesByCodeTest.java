package dev.signalbox.core;

import static dev.signalbox.core.RouteRule.classify;
import static dev.signalbox.core.When.all;
import static dev.signalbox.core.When.any;
import static dev.signalbox.core.When.matches;
import static dev.signalbox.core.When.not;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.core.Remark.Weight;
import dev.signalbox.spi.Classifier;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.MatcherFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.SpiLevel;
import dev.signalbox.testkit.TestBackend;
import dev.signalbox.testkit.TestFactories;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RulesByCodeTest {

    private static final Matcher SHOUTS = request -> request.lastUserText().endsWith("!");

    private static RouterBuilder builder() {
        return Router.builder()
                .plugins(Plugins.of(new Saying()))
                .backend("a", TestFactories.backend("test", TestBackend.saying("hello")), options -> options)
                .profile("loud", "a/test-model")
                .profile("quiet", "a/test-model")
                .profile("spoken", "a/test-model")
                .defaultTo("quiet");
    }

    /** {@code says: hello}, or a list: whether the last message has one of these texts. */
    private record Saying() implements MatcherFactory {

        static final Option<List<String>> TEXTS = Option.listOf("says", Option.text("text"));

        @Override
        public String type() {
            return "says";
        }

        @Override
        public int spiLevel() {
            return SpiLevel.CURRENT;
        }

        @Override
        public Option<?> argument() {
            return TEXTS;
        }

        @Override
        public Matcher create(PluginConfig config, PluginContext context) {
            return request -> config.get(TEXTS).stream()
                    .anyMatch(text -> request.lastUserText().contains(text));
        }
    }

    private static String profileOf(RouterBuilder made, String model, String text) throws Exception {
        return explained(made, RouteRequest.chat(model, text)).profile();
    }

    private static RouteTrace explained(RouterBuilder made, RouteRequest request) throws Exception {
        try (Router router = made.build()) {
            return router.explain(request);
        }
    }

    @Test
    void the_first_rule_that_holds_decides() throws Exception {
        RouterBuilder made = builder()
                .rule(matches("says", "tell", "say").use("spoken"))
                .rule(matches("shouts", SHOUTS).use("loud"));
        assertThat(profileOf(made, "auto", "Do say!")).isEqualTo("spoken");
        assertThat(profileOf(made, "auto", "Fire!")).isEqualTo("loud");
        assertThat(profileOf(made, "auto", "Good night.")).isEqualTo("quiet");
    }

    @Test
    void conditions_are_trees() throws Exception {
        RouterBuilder made = builder()
                .rule(all(matches("shouts", SHOUTS), not(any(matches("says", "fire"), matches("says", "help"))))
                        .use("loud"));
        assertThat(profileOf(made, "auto", "Hooray!")).isEqualTo("loud");
        assertThat(profileOf(made, "auto", "help!")).isEqualTo("quiet");
        assertThat(profileOf(made, "auto", "Well.")).isEqualTo("quiet");
    }

    @Test
    void a_rule_with_always_beats_what_the_request_names_and_is_known_by_its_name() throws Exception {
        RouterBuilder made =
                builder().rule(matches("shouts", SHOUTS).use("loud").always().named("mind your tone"));
        RouteTrace trace = explained(made, RouteRequest.chat("spoken", "Now!"));
        assertThat(trace.profile()).isEqualTo("loud");
        assertThat(trace.chosenBy()).isEqualTo("mind your tone");
        assertThat(profileOf(made, "spoken", "Soon.")).isEqualTo("spoken");
    }

    @Test
    void a_matcher_is_given_by_hand_with_its_own_options() throws Exception {
        RouterBuilder made = builder()
                .rule(matches(new Saying(), options -> options.with(Saying.TEXTS, List.of("night")))
                        .use("spoken"));
        assertThat(profileOf(made, "auto", "Good night.")).isEqualTo("spoken");
    }

    @Test
    void a_rule_leads_to_an_alias_of_code_too() throws Exception {
        RouterBuilder made = builder().rule(matches("says", "x").use("GPT-4o")).alias("gpt-4o", "loud");
        assertThat(profileOf(made, "auto", "x")).isEqualTo("loud");
    }

    @Test
    void a_mode_means_a_profile() throws Exception {
        RouteRequest request = RouteRequest.chat("auto", "x").withHeader("X-Signalbox-Mode", "shout");
        assertThat(explained(builder().mode("shout", "Loud"), request).profile())
                .isEqualTo("loud");
    }

    @Test
    void a_classifier_decides_by_classes() throws Exception {
        Classifier always = (request, deadline) -> Optional.of("big");
        RouterBuilder made = builder()
                .rule(classify("sizes", Map.of("big", "loud", "small", "quiet")).named("by size"))
                .classifier("sizes", TestFactories.classifier("sorter", always), options -> options);
        try (Router router = made.build();
                var answer = router.route(RouteRequest.chat("auto", "hm"))) {
            assertThat(answer.trace().profile()).isEqualTo("loud");
            assertThat(answer.trace().chosenBy()).isEqualTo("by size");
        }
    }

    @Test
    void rules_of_code_are_asked_before_those_of_the_file(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("signalbox.yaml"), """
                rules: [ { when: { says: night }, use: spoken }, { when: { says: day }, use: spoken } ]
                """);
        RouterBuilder made = builder()
                .configuration(Configuration.read(file))
                .rule(matches("says", "night").use("loud"));
        RouteTrace trace = explained(made, RouteRequest.chat("auto", "night"));
        assertThat(trace.profile()).isEqualTo("loud");
        assertThat(trace.chosenBy()).isEqualTo("rule 1 by code");
        assertThat(profileOf(made, "auto", "day")).isEqualTo("spoken");
    }

    @Test
    void everything_wrong_is_told_at_once_as_in_a_file() {
        RouterBuilder wrong = builder()
                .rule(all(matches("sais", "x"), matches("says", Map.of("x", "y")))
                        .use("laud"))
                .rule(classify("triage", Map.of("small", "quiet")))
                .rule(classify("sizes", Map.of("small", "nowhere")).always())
                .classifier("sizes", TestFactories.classifier("sorter", (r, d) -> Optional.empty()), o -> o)
                .classifier("other", "sortre", o -> o)
                .mode("shout", "laud");
        assertThat(problemsOf(wrong))
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem)
                                .startsWith(
                                        "rules[1].when.sais: \"sais\" is not a known matcher. Did you mean \"says\"?"),
                        problem -> assertThat(problem).isEqualTo("rules[1].when.says: a table is not text"),
                        problem -> assertThat(problem)
                                .startsWith("rules[1].use: \"laud\"")
                                .endsWith("Did you mean \"loud\"?"),
                        problem -> assertThat(problem)
                                .startsWith("rules[2].classify.by: \"triage\" is not a name under classifiers"),
                        problem -> assertThat(problem).startsWith("rules[3].classify.into.small: \"nowhere\""),
                        problem -> assertThat(problem).startsWith("rules[3].always: not an option of a rule"),
                        problem -> assertThat(problem)
                                .startsWith("classifiers.other: \"sortre\" is not a known classifier"),
                        problem -> assertThat(problem).startsWith("modes.shout: \"laud\" is not a profile"));
    }

    @Test
    void what_does_not_do_what_it_says_is_told_of_code_too() {
        RouterBuilder made = builder()
                .rule(matches("says", "night").use("loud"))
                .rule(all(matches("says", "night"), matches("shouts", SHOUTS)).use("spoken"));
        assertThat(made.remarks()).singleElement().satisfies(remark -> {
            assertThat(remark.weight()).isEqualTo(Weight.WARNING);
            assertThat(remark.where().path()).isEqualTo("rules[2]");
            assertThat(remark.message()).startsWith("never decides: wherever it holds, rule 1 by code holds too");
        });
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
