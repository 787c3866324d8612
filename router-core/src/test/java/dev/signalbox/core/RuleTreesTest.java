package dev.signalbox.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RouteTrace.Ruled;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.MatcherFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.SpiLevel;
import dev.signalbox.testkit.TestBackend;
import dev.signalbox.testkit.TestFactories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random rules in a file, random requests, and where they go by rules that are written down as simply as can be. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RuleTreesTest {

    private static final int PROFILES = 5;
    private static final int REQUESTS = 40;
    private static final String DEFAULT = "p0";

    @TempDir
    private Path folder;

    @Test
    void requests_go_where_the_rules_say() throws Exception {
        for (long seed = 0; seed < 150; seed++) {
            check(seed);
        }
    }

    @Test
    @Tag("long")
    void so_they_do_by_rules_never_seen_before() throws Exception {
        Random seeds = new Random();
        for (int i = 0; i < 3_000; i++) {
            check(seeds.nextLong());
        }
    }

    private void check(long seed) throws Exception {
        try {
            Random random = new Random(seed);
            Rules rules = Rules.random(random);
            Bits bits = new Bits(new ArrayList<>());
            try (Router router = rules.router(folder, bits)) {
                for (int i = 0; i < REQUESTS; i++) {
                    Asked asked = Asked.random(random);
                    bits.asked.clear();
                    rules.compare(asked, router.explain(asked.request()), bits.asked);
                }
            }
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError("seed %d: %s".formatted(seed, failure.getMessage()), failure);
        }
    }

    /** What a request says that matters here. */
    private record Asked(int bits, Optional<String> profile, Optional<String> mode, String model) {

        static Asked random(Random random) {
            Optional<String> profile = Optional.of("p" + random.nextInt(PROFILES));
            Optional<String> mode = Optional.of("m" + random.nextInt(PROFILES));
            return new Asked(
                    random.nextInt(1 << RuleTree.BITS),
                    profile.filter(name -> random.nextInt(8) == 0),
                    mode.filter(name -> random.nextInt(8) == 0),
                    random.nextInt(4) == 0 ? "alias-" + random.nextInt(PROFILES) : random.nextBoolean() ? "auto" : "");
        }

        RouteRequest request() {
            RouteRequest request = RouteRequest.chat(model, "Hi").withHeader("bits", "" + bits);
            request = profile.isPresent() ? request.withHeader("X-Signalbox-Profile", profile.get()) : request;
            return mode.isPresent() ? request.withHeader("X-Signalbox-Mode", mode.get()) : request;
        }

        /** Where it says itself that it wants to go. */
        Optional<String> named() {
            return profile.or(() -> mode.map(name -> "p" + name.substring(1)))
                    .or(() -> model.startsWith("alias-") ? Optional.of("p" + model.substring(6)) : Optional.empty());
        }
    }

    private record Rule(int number, RuleTree when, String use, boolean always) {
        String name() {
            return "rule " + number;
        }
    }

    private record Rules(List<Rule> rules) {

        static Rules random(Random random) {
            return new Rules(IntStream.rangeClosed(1, 1 + random.nextInt(6))
                    .mapToObj(number -> new Rule(
                            number, RuleTree.random(random, 4), "p" + random.nextInt(PROFILES), random.nextInt(4) == 0))
                    .toList());
        }

        Router router(Path folder, Bits bits) throws IOException {
            StringBuilder yaml = new StringBuilder("backends: { a: { type: test } }\nprofiles:\n");
            IntStream.range(0, PROFILES).forEach(i -> yaml.append("  p%d: { chain: [ a/test-model ] }\n".formatted(i)));
            yaml.append("aliases: {");
            IntStream.range(0, PROFILES).forEach(i -> yaml.append(" alias-%d: p%d,".formatted(i, i)));
            yaml.append(" }\nmodes: {");
            IntStream.range(0, PROFILES).forEach(i -> yaml.append(" m%d: p%d,".formatted(i, i)));
            yaml.append(" }\nrules:\n");
            rules.forEach(rule -> yaml.append(
                    "  - { when: %s, use: %s, always: %s }\n".formatted(rule.when.yaml(), rule.use, rule.always)));
            yaml.append("default: ").append(DEFAULT).append('\n');
            Path file = Files.writeString(folder.resolve("signalbox.yaml"), yaml);
            return Router.builder()
                    .plugins(Plugins.of(
                            TestFactories.backend("test", TestBackend.saying("Hello")), new BitFactory(bits)))
                    .configuration(Configuration.read(file))
                    .build();
        }

        void compare(Asked asked, RouteTrace trace, List<Integer> matchersAsked) {
            List<Rule> reached = new ArrayList<>();
            Optional<Rule> held = first(true, asked, reached);
            if (held.isEmpty() && asked.named().isEmpty()) {
                held = first(false, asked, reached);
            }
            String profile = held.map(Rule::use).or(asked::named).orElse(DEFAULT);
            assertThat(trace.profile()).as("%s by %s", asked, rules).isEqualTo(profile);
            held.ifPresent(rule -> assertThat(trace.chosenBy()).isEqualTo(rule.name()));
            assertThat(trace.rules())
                    .extracting(Ruled::name, Ruled::held)
                    .containsExactlyElementsOf(reached.stream()
                            .map(rule -> org.assertj.core.groups.Tuple.tuple(rule.name(), rule.when.holds(asked.bits)))
                            .toList());
            assertThat(matchersAsked)
                    .as("%s by %s", asked, rules)
                    .isEqualTo(reached.stream()
                            .flatMap(rule -> rule.when.asked(asked.bits).stream())
                            .toList());
        }

        private Optional<Rule> first(boolean always, Asked asked, List<Rule> reached) {
            for (Rule rule : rules) {
                if (rule.always == always) {
                    reached.add(rule);
                    if (rule.when.holds(asked.bits)) {
                        return Optional.of(rule);
                    }
                }
            }
            return Optional.empty();
        }
    }

    /** Which bits were asked for. One thread asks. */
    private record Bits(List<Integer> asked) {}

    /** {@code bit}: whether that bit of the number in the header {@code bits} is set. */
    private record BitFactory(Bits bits) implements MatcherFactory {

        private static final Option<Long> BIT = Option.integer("bit", 0, RuleTree.BITS - 1);

        @Override
        public String type() {
            return "bit";
        }

        @Override
        public int spiLevel() {
            return SpiLevel.CURRENT;
        }

        @Override
        public Option<?> argument() {
            return BIT;
        }

        @Override
        public Matcher create(PluginConfig config, PluginContext context) {
            int bit = Math.toIntExact(config.get(BIT));
            return request -> {
                bits.asked.add(bit);
                return (number(request) >> bit & 1) == 1;
            };
        }

        private static int number(RequestView request) {
            return Integer.parseInt(request.headers().first("bits").orElseThrow());
        }
    }
}
