package dev.signalbox.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Capability;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Priority;
import dev.signalbox.api.Support;
import dev.signalbox.api.Target;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SettingsReaderTest {

    private static final String BASE = """
            backends:
              gpu: { type: openai, base-url: "http://gpu.local:8000" }
              laptop: { type: ollama }
            profiles:
              coding: { chain: [ gpu/qwen3 ] }
            """;

    private final Problems problems = new Problems();

    private Settings read(String yaml) {
        ConfigReader reader = new ConfigReader(name -> Optional.of("value of " + name));
        var root =
                reader.read(yaml, "signalbox.yaml", problems).orElseGet(() -> ConfigNode.Table.empty(Where.code("")));
        return SettingsReader.read(root, SamplePlugins.ALL, Set.of("server", "callers"), problems);
    }

    private Settings good(String yaml) {
        Settings settings = read(yaml);
        problems.throwIfAny();
        return settings;
    }

    @Test
    void reads_the_whole_sample() {
        Settings settings = good(SamplePlugins.SAMPLE);

        assertThat(settings.backends().keySet()).containsExactly("laptop", "studio", "gpu");
        BackendSettings gpu = settings.backends().get("gpu");
        assertThat(gpu.models().get("qwen3-coder-30b").contextTokens()).hasValue(131072);
        assertThat(gpu.models().get("qwen3-coder-30b").support(Capability.TOOLS))
                .isEqualTo(Support.YES);
        assertThat(settings.gates().get("studio-one-at-a-time").queue()).isEqualTo(32);
        Profile coding = settings.profiles().get("coding");
        assertThat(coding.targets())
                .containsExactly(
                        Target.of("gpu/qwen3-coder-30b"),
                        Target.of("laptop/qwen3-coder:30b"),
                        Target.of("studio/qwen3-coder-30b"));
        assertThat(coding.guards()).containsOnlyKeys("memory", "health");
        assertThat(settings.aliases())
                .extracting(alias -> alias.name().text())
                .containsExactly("gpt-4o", "claude-*haiku*", "claude-*", "quick");
        assertThat(settings.aliases().getLast().fallback()).isFalse();
        assertThat(settings.rules()).hasSize(3);
        assertThat(settings.rules().getFirst().always()).isTrue();
        assertThat(settings.fallbackUse()).contains(new Use.ToProfile("writing"));
    }

    @Test
    void gives_every_limit_its_default() {
        assertThat(good(BASE).profiles().get("coding"))
                .isEqualTo(
                        Profile.of("coding", good(BASE).profiles().get("coding").chain()));
    }

    @Test
    void reads_what_a_profile_says() {
        Profile profile = good(BASE + """
                  slow: { chain: laptop/m, limits: { wait: 5s, first-content: 10m }, fall-back-on: [ unreachable ], attempts: 2, spill: no, may-drop: reasoning, lossless: yes }
                """).profiles().get("slow");
        assertThat(profile.limits().waiting()).isEqualTo(Duration.ofSeconds(5));
        assertThat(profile.limits().firstContent()).isEqualTo(Duration.ofMinutes(10));
        assertThat(profile.limits().total()).isEqualTo(Limits.DEFAULT.total());
        assertThat(profile.fallBackOn()).containsExactly(FailureKind.UNREACHABLE);
        assertThat(profile.attempts()).isEqualTo(2);
        assertThat(profile.spill()).isFalse();
        assertThat(profile.mayDrop()).containsExactly(Capability.REASONING);
        assertThat(profile.lossless()).isTrue();
    }

    @Test
    void reads_a_rule_by_class() {
        Settings settings = good(BASE + """
                classifiers: { triage: { ask: coding }, second: { type: triage, ask: coding } }
                aliases: { quick: laptop/m }
                rules:
                  - { classify: { by: second, into: { small: quick, hard: coding } }, name: by-size }
                """);
        assertThat(settings.classifiers()).containsOnlyKeys("triage", "second");
        assertThat(settings.classifiers().get("second").type()).isEqualTo("triage");
        assertThat(settings.rules()).singleElement().isInstanceOfSatisfying(Rule.ByClass.class, rule -> {
            assertThat(rule.name()).isEqualTo("by-size");
            assertThat(rule.by()).isEqualTo("second");
            assertThat(rule.into())
                    .containsExactly(
                            Map.entry("small", new Use.ToAlias("quick")),
                            Map.entry("hard", new Use.ToProfile("coding")));
        });
        assertThat(settings.targetsOf(new Use.ToAlias("quick"))).containsExactly(Target.of("laptop/m"));
    }

    @Test
    void reads_what_an_alias_says() {
        Settings settings = good(BASE + """
                aliases: { slow: { use: coding, priority: background }, claude-cloud: { not-configured: true } }
                """);
        assertThat(settings.alias("SLOW").orElseThrow().priority()).contains(Priority.BACKGROUND);
        assertThat(settings.alias("claude-cloud").orElseThrow().use()).isEqualTo(new Use.Nowhere());
    }

    @Test
    void takes_the_only_profile_for_the_default() {
        assertThat(good(BASE).fallbackUse()).contains(new Use.ToProfile("coding"));
        assertThat(good(BASE + "  other: { chain: laptop/m }\n").fallbackUse()).isEmpty();
    }

    @Test
    void lets_models_be_a_list_of_names() {
        assertThat(good("backends: { a: { type: ollama, models: [ x, \"y:8b\" ] } }")
                        .backends()
                        .get("a")
                        .models())
                .containsOnlyKeys("x", "y:8b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            backendz: {}                                              | backendz                 | Did you mean "backends"?
            backends: { Gpu: { type: ollama } }                       | backends.Gpu             | small letters, digits and hyphens
            backends: { a: {} }                                       | backends.a.type          | missing: needs one of
            rules: [ { classify: { by: triaje, into: {} } } ]         | rules[1].classify.by     | is not a name under classifiers
            rules: [ { classify: x } ]                                | rules[1].classify        | is not a table
            rules: [ { classify: { by: [ a ], into: {} } } ]          | rules[1].classify.by     | is not text
            rules: [ { classify: { by: triage, into: x } } ]          | rules[1].classify.into   | is not a table of names
            classifiers: { sorter: { ask: x } }                       | classifiers.sorter       | sorter
            profiles: { p: { chain: [ a/m ], on: { context-overflw: p } } } | profiles.p.on.context-overflw | Did you mean "context-overflow"?
            profiles: { p: { chain: [ a/m ], on: { context-overflow: q } } } | profiles.p.on.context-overflow | is not a profile
            profiles: { p: { chain: [ a/m ], retry: { times: 0 } } }  | profiles.p.retry.times   | 1 to 20
            profiles: { p: { chain: [ a/m ], limits: { total: 2m, first-content: 10m } } } | profiles.p.limits.first-content | longer than total
            aliases: { a: {} }                                        | aliases.a                | needs either use: PROFILE or not-configured: true
            backends: { a: { type: olama } }                          | backends.a.type          | Did you mean "ollama"?
            backends: { a: { type: ollama, base-ulr: x } }            | backends.a.base-ulr      | Did you mean "base-url"?
            backends: { a: { type: ollama, base-url: "localhost:1" } } | backends.a.base-url     | is not an absolute URI
            backends: { a: ollama }                                   | backends.a               | is not a backend such as
            backends: { a: { type: ollama, linger: 2h } }             | backends.a.linger        | 0s to 1h
            backends: { a: { type: ollama, capabilities: { tols: yes } } } | backends.a.capabilities.tols | Did you mean "tools"?
            profiles: { p: { chain: [] } }                            | profiles.p.chain         | an empty chain
            profiles: { p: {} }                                       | profiles.p.chain         | missing
            profiles: { p: { chain: [ nope/m ] } }                    | profiles.p.chain[1]      | is not a configured backend
            profiles: { p: { chain: [ m ] } }                         | profiles.p.chain[1]      | is not a target such as gpu/qwen3:8b
            profiles: { p: { chain: [ { any-of: [ x/m ], by: warm-fist } ] } } | profiles.p.chain[1].by | Did you mean "warm-first"?
            aliases: { a: codng }                                     | aliases.a                | is not a profile
            aliases: { a: b, b: A }                                   | aliases.a                | "b" is an alias
            aliases: { a: b, b: A }                                   | aliases.b                | "A" is an alias
            modes: { fast: nope }                                     | modes.fast               | is not a profile
            default: nope                                             | default                  | is not a profile
            rules: [ { when: { has-imag: true }, use: x } ]           | rules[1].when.has-imag   | Did you mean "has-image"?
            rules: [ { when: {}, use: x } ]                           | rules[1].when            | an empty condition
            rules: [ { use: x } ]                                     | rules[1].when            | missing
            guards: { memry: {} }                                     | guards.memry             | Did you mean "memory"?
            gates: { g: { of: [ nope ], places: 1 } }                 | gates.g.of               | is not a configured backend
            gates: { g: { of: [], places: 1 } }                       | gates.g.of               | an empty list
            gates: { g: { of: [ a/m ], places: 1 } }                  | gates.g.of               | is not a configured backend
            gates: { g: { of: [], places: 0 } }                       | gates.g.places           | 1 to 10000
            gates: { g: { of: [ nope ], places: 0 } }                 | gates.g.of               | is not a configured backend
            unknown-model: refuse                                     | unknown-model            | one of rules, reject, default
            probe: { every: 1ms }                                     | probe.every              | 1s to 1h
            ledger: paper                                             | ledger                   | is not a known ledger
            """)
    void tells_where_what_was_seen_and_what_would_be_right(String yaml, String path, String words) {
        read(yaml);
        assertThat(problems.list()).anySatisfy(problem -> {
            assertThat(problem.where().path()).isEqualTo(path);
            assertThat(problem.message()).contains(words);
            assertThat(problem.where().line()).isEqualTo(1);
        });
    }

    @Test
    void refuses_two_things_of_one_name_whatever_their_case() {
        read(BASE + "aliases: { Coding: laptop/m, x: coding, X: coding }\n");
        assertThat(problems.list())
                .extracting(problem -> problem.where().path())
                .containsExactly("aliases.Coding", "aliases.X");
    }

    @Test
    void refuses_kinds_that_never_fall_back() {
        read(BASE + "  p: { chain: laptop/m, fall-back-on: [ rejected ] }\n");
        assertThat(problems.list())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("\"rejected\" never falls back"));
    }

    @Test
    void tells_all_problems_at_once_and_no_secret() {
        read("""
                backends:
                  a: { type: ollama, api-key: [ sk-secret ] }
                  b: { type: ollama, connect-limit: 1y }
                default: c
                """);
        assertThat(problems.list())
                .extracting(problem -> problem.where().line())
                .containsExactly(2, 3, 4);
        assertThat(problems.list().toString()).doesNotContain("sk-secret");
    }

    @Test
    void leaves_foreign_sections_alone() {
        good(BASE + "server: { whatever: [ 1 ] }\ncallers: 3\n");
    }
}
