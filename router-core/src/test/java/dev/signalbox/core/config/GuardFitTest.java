package dev.signalbox.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.core.Plugins;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.SpiLevel;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.TestBackend;
import dev.signalbox.testkit.TestFactories;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What is said of a guard for all has to fit what a profile says of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GuardFitTest {

    private static final Option<Long> LEAST = Option.integer("least", 0, 100).orElse(5L);
    private static final Option<Optional<Long>> MOST =
            Option.integer("most", 0, 100).optional();

    private static final class Range implements GuardFactory {

        @Override
        public String type() {
            return "range";
        }

        @Override
        public int spiLevel() {
            return SpiLevel.CURRENT;
        }

        @Override
        public List<Option<?>> options() {
            return List.of(LEAST);
        }

        @Override
        public List<Option<?>> profileOptions() {
            return List.of(MOST);
        }

        @Override
        public void check(PluginConfig general, PluginConfig profile, Problems problems) {
            long least = general.get(LEAST);
            profile.get(MOST)
                    .filter(most -> most < least)
                    .ifPresent(most ->
                            problems.add(profile.where().child("most"), "%d is less than %d".formatted(most, least)));
            if (least == 13) {
                problems.add(general.where().child("least"), "13 brings no luck");
            }
        }

        @Override
        public Guard create(PluginConfig config, PluginContext context) {
            return new Guard() {};
        }
    }

    private static List<String> problems(String yaml) {
        Problems problems = new Problems();
        ConfigNode.Table root = new ConfigReader(name -> Optional.empty())
                .read("backends: { gpu: { type: fake, models: [ m ] } }\n" + yaml, "signalbox.yaml", problems)
                .orElseGet(() -> ConfigNode.Table.empty(Where.code("")));
        Plugins plugins = Plugins.of(TestFactories.backend("fake", TestBackend.saying("Hello")), new Range());
        new Draft(plugins, problems, root, Set.of(), Draft.Names.NONE).settings();
        return problems.list().stream()
                .map(problem -> problem.where().line() + " " + problem.where().path() + ": " + problem.message())
                .toList();
    }

    @Test
    void a_profile_that_does_not_fit_is_told_with_its_line() {
        assertThat(problems("""
                guards: { range: { least: 7 } }
                profiles:
                  good: { chain: [ gpu/m ], guards: { range: { most: 9 } } }
                  bad:
                    chain: [ gpu/m ]
                    guards: { range: { most: 6 } }
                """)).containsExactly("7 profiles.bad.guards.range.most: 6 is less than 7");
    }

    @Test
    void what_is_not_said_for_all_is_as_the_guard_says() {
        assertThat(problems("profiles: { bad: { chain: [ gpu/m ], guards: { range: { most: 4 } } } }"))
                .containsExactly("2 profiles.bad.guards.range.most: 4 is less than 5");
    }

    @Test
    void what_holds_for_all_is_told_once() {
        assertThat(problems("""
                guards: { range: { least: 13 } }
                profiles:
                  a: { chain: [ gpu/m ], guards: { range: { most: 20 } } }
                  b: { chain: [ gpu/m ], guards: { range: { most: 30 } } }
                """)).containsExactly("2 guards.range.least: 13 brings no luck");
    }

    @Test
    void what_is_wrong_by_itself_is_told_and_not_asked_about() {
        assertThat(problems("""
                guards: { range: { least: 130 } }
                profiles: { bad: { chain: [ gpu/m ], guards: { range: { most: 4 } } } }
                """)).singleElement().asString().startsWith("2 guards.range.least");
    }
}
