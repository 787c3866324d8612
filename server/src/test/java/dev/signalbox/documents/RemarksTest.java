package dev.signalbox.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.core.Configuration;
import dev.signalbox.core.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of configurations that can be used and do not do what they say, with the plugins that are there. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RemarksTest {

    private static final String BASE = """
            backends:
              gpu: { type: openai, base-url: "http://localhost:1", models: { big: { capabilities: { vision: no } }, eyes: {} } }
              box: { type: echo }
            default: gpu/big
            """;

    @TempDir
    private Path folder;

    /** Each as {@code WARNING 3 rules[1]: message}. */
    private List<String> remarks(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("signalbox.yaml"), yaml);
        return Configuration.read(file).remarks(Plugins.discovered()).stream()
                .map(remark -> "%s %d %s: %s"
                        .formatted(
                                remark.weight(),
                                remark.where().line(),
                                remark.where().path(),
                                remark.message()))
                .toList();
    }

    private void isClean(String yaml) throws IOException {
        assertThat(remarks(yaml)).isEmpty();
    }

    @Test
    void a_rule_after_one_that_takes_in_more_never_decides() throws Exception {
        assertThat(remarks(BASE + """
                rules:
                  - { when: { token-count: ">= 8000" }, use: gpu/big }
                  - { when: { all: [ { token-count: ">= 32000" }, { has-tools: yes } ] }, use: box/demo }
                """))
                .containsExactly(
                        "WARNING 7 rules[2]: never decides: wherever it holds, rule 1 in line 6 holds too and is"
                                + " asked before. Put the narrower one first");
    }

    @Test
    void the_same_conditions_in_another_order_are_the_same() throws Exception {
        assertThat(remarks(BASE + """
                rules:
                  - { when: { all: [ { streaming: yes }, { any: [ { has-tools: yes }, { caller: a } ] } ] }, use: box/demo, name: one }
                  - { when: { any: [ { caller: a }, { has-tools: yes } ], streaming: yes }, use: gpu/big }
                """))
                .containsExactly(
                        "WARNING 7 rules[2]: never decides: wherever it holds, the rule \"one\" in line 6 holds too"
                                + " and is asked before. Put the narrower one first");
    }

    @Test
    void not_turns_what_is_narrower_around() throws Exception {
        assertThat(remarks(BASE + """
                rules:
                  - { when: { not: { token-count: ">= 32000" } }, use: box/demo }
                  - { when: { not: { token-count: ">= 8000" } }, use: gpu/big }
                """)).singleElement().asString().startsWith("WARNING 7 rules[2]: never decides");
        isClean(BASE + """
                rules:
                  - { when: { not: { token-count: ">= 8000" } }, use: gpu/big }
                  - { when: { not: { token-count: ">= 32000" } }, use: box/demo }
                """);
    }

    @Test
    void a_rule_after_one_that_always_holds_is_never_asked_and_neither_is_the_default() throws Exception {
        assertThat(remarks(BASE + """
                rules:
                  - { when: { token-count: ">= 0" }, use: box/demo }
                  - { when: { has-tools: yes }, use: gpu/big }
                """))
                .containsExactly(
                        "WARNING 7 rules[2]: never asked: rule 1 in line 6 holds for every request and is asked before."
                                + " Put that one last",
                        "NOTE 4 default: never used: rule 1 in line 6 holds for every request");
    }

    @Test
    void a_rule_after_several_that_take_in_more_together_never_decides() throws Exception {
        assertThat(remarks(BASE + """
                rules:
                  - { when: { streaming: yes, token-count: ">= 8000" }, use: gpu/big }
                  - { when: { has-image: yes }, use: gpu/eyes }
                  - { when: { streaming: no }, use: box/demo, name: whole }
                  - { when: { token-count: ">= 32000" }, use: box/demo }
                """))
                .containsExactly(
                        "WARNING 9 rules[4]: never decides: wherever it holds, rule 1 in line 6 or the rule \"whole\" in line 8"
                                + " holds too, and they are asked before. Put it before them");
        isClean(BASE + """
                rules:
                  - { when: { streaming: yes, token-count: ">= 32000" }, use: gpu/big }
                  - { when: { streaming: no }, use: box/demo }
                  - { when: { token-count: ">= 8000" }, use: gpu/big }
                """);
    }

    @Test
    void rules_that_leave_nothing_between_them_leave_nothing_to_the_default() throws Exception {
        assertThat(remarks(BASE + """
                rules:
                  - { when: { token-count: ">= 8000" }, use: gpu/big }
                  - { when: { token-count: "< 8000" }, use: box/demo }
                """))
                .containsExactly("NOTE 4 default: never used: for every request there is a rule that holds");
        assertThat(remarks(BASE + """
                rules:
                  - { when: { has-tools: yes }, use: gpu/big }
                  - { when: { has-tools: no }, use: box/demo }
                  - { when: { caller: a }, use: gpu/big }
                """))
                .hasSize(2)
                .element(0)
                .asString()
                .contains("rules[3]", "rule 1 in line 6 or rule 2 in line 7");
    }

    @Test
    void rules_with_always_are_asked_before_the_others_wherever_they_stand() throws Exception {
        assertThat(remarks(BASE + """
                rules:
                  - { when: { has-tools: yes, streaming: yes }, use: gpu/big }
                  - { when: { has-tools: yes }, use: box/demo, always: yes }
                """)).singleElement().asString().startsWith("WARNING 6 rules[1]: never decides");
        isClean(BASE + """
                rules:
                  - { when: { has-tools: yes }, use: box/demo }
                  - { when: { has-tools: yes, streaming: yes }, use: gpu/big, always: yes }
                """);
    }

    @Test
    void a_rule_that_holds_for_nothing_is_told() throws Exception {
        assertThat(remarks(BASE + """
                rules:
                  - { when: { all: [ { has-tools: yes }, { not: { has-tools: yes } } ] }, use: box/demo }
                  - { when: { any: [] }, use: box/demo }
                  - { when: { message-count: "< 0" }, use: box/demo }
                """)).hasSize(3).allMatch(remark -> remark.contains("holds for no request"));
    }

    @Test
    void conditions_that_only_look_alike_are_left_alone() throws Exception {
        isClean(BASE + """
                rules:
                  - { when: { content-contains: private }, use: gpu/big }
                  - { when: { content-contains: { text: private, in: whole-conversation } }, use: box/demo }
                  - { when: { token-count: ">= 32000" }, use: gpu/big }
                  - { when: { token-count: ">= 8000" }, use: box/demo }
                  - { when: { any: [ { has-tools: yes }, { streaming: no } ] }, use: gpu/big }
                  - { when: { has-tools: no, caller: a }, use: box/demo }
                """);
    }

    @Test
    void a_rule_that_leads_where_nobody_can_do_it_is_told() throws Exception {
        assertThat(remarks(BASE + """
                profiles: { seeing: { chain: [ gpu/big, gpu/qwen3-coder-30b ] } }
                aliases: { eye: seeing }
                rules:
                  - { when: { has-image: yes }, use: eye }
                """))
                .containsExactly(
                        "WARNING 8 rules[1]: is about vision, and nobody it leads to can do it: gpu/big (as configured),"
                                + " gpu/qwen3-coder-30b (by its name). Lead to a model that can, or say"
                                + " `capabilities: { vision: yes }` of it");
    }

    @Test
    void one_that_may_can_is_enough_and_what_may_be_dropped_is_not_asked_for() throws Exception {
        isClean(BASE + """
                profiles:
                  one:   { chain: [ gpu/big, gpu/eyes ] }
                  blind: { chain: gpu/big, may-drop: vision }
                  other: { chain: gpu/big, on: { unsupported: one } }
                rules:
                  - { when: { has-image: yes, caller: a }, use: one }
                  - { when: { has-image: yes, caller: b }, use: blind }
                  - { when: { has-image: yes, caller: c }, use: other }
                  - { when: { any: [ { has-image: yes }, { caller: d } ] }, use: gpu/big }
                """);
    }

    @Test
    void tools_and_embeddings_are_looked_at_like_images() throws Exception {
        assertThat(remarks(BASE + """
                rules:
                  - { when: { tool-named: bash }, use: gpu/nomic-embed-text }
                  - { when: { dialect: openai.embeddings }, use: gpu/gpt-oss }
                  - { when: { wants: [ tools, reasoning ] }, use: gpu/bge-m3 }
                """))
                .hasSize(3)
                .anyMatch(remark -> remark.startsWith("WARNING 6 rules[1]: is about tools"))
                .anyMatch(remark -> remark.startsWith("WARNING 7 rules[2]: is about embeddings"))
                .anyMatch(remark -> remark.startsWith("WARNING 8 rules[3]: is about tools"));
    }

    @Test
    void an_alias_behind_a_wider_pattern_is_told_and_an_exact_one_never() throws Exception {
        assertThat(remarks(BASE + """
                aliases:
                  "claude-*": gpu/big
                  claude-opus: box/demo
                  "claude-*haiku*": box/demo
                """))
                .containsExactly(
                        "WARNING 8 aliases.claude-*haiku*: never asked: \"claude-*\" in line 6 takes every name"
                                + " that fits \"claude-*haiku*\". Put the narrower one first");
    }

    @Test
    void a_pattern_that_takes_the_names_of_profiles_is_noted() throws Exception {
        assertThat(remarks(BASE + """
                profiles: { coding: { chain: gpu/big }, writing: { chain: box/demo } }
                aliases: { "*": writing, gpt-4o: coding }
                """))
                .singleElement()
                .asString()
                .startsWith("NOTE 6 aliases.*: also takes the profile coding when");
    }

    @Test
    void limits_that_end_what_servers_do_all_the_time_are_told() throws Exception {
        assertThat(remarks(BASE + """
                profiles:
                  hasty: { chain: gpu/big, limits: { total: 50s, first-content: 20s, idle: 30s, wait: 5s } }
                aliases: { fast: hasty }
                """))
                .extracting(remark -> remark.replaceAll(" \\\\w+ (minute).*| is less.*|:.*", ""))
                .containsExactly(
                        "WARNING 6 profiles.hasty.limits.total",
                        "WARNING 6 profiles.hasty.limits.first-content",
                        "WARNING 6 profiles.hasty.limits.idle",
                        "NOTE 6 profiles.hasty.limits.wait");
    }

    @Test
    void limits_that_are_never_reached_are_told() throws Exception {
        assertThat(remarks(BASE + """
                profiles:
                  odd:
                    chain: gpu/big
                    limits: { total: 2m, idle: 3m, wait: 4m }
                    retry: { backoff: 5m }
                aliases: { fast: odd }
                """))
                .hasSize(3)
                .anyMatch(remark -> remark.startsWith("WARNING 8 profiles.odd.limits.idle: never reached"))
                .anyMatch(remark -> remark.startsWith("WARNING 8 profiles.odd.limits.wait: never reached"))
                .anyMatch(remark ->
                        remark.startsWith("WARNING 9 profiles.odd.retry.backoff: nothing is ever tried again"));
        isClean(BASE + """
                profiles: { short: { chain: gpu/big, limits: { total: 2m } } }
                aliases: { fast: short }
                """);
    }

    @Test
    void a_target_that_stands_twice_in_a_chain_is_told() throws Exception {
        assertThat(remarks(BASE + """
                profiles: { again: { chain: [ gpu/big, { any-of: [ box/demo, gpu/big ] } ] } }
                aliases: { a: again }
                """))
                .containsExactly(
                        "WARNING 5 profiles.again.chain: has gpu/big twice, and tries it once. To try it again, say"
                                + " `retry`");
    }

    @Test
    void a_gate_behind_a_narrower_one_is_told_once() throws Exception {
        assertThat(remarks(BASE + """
                gates:
                  machine: { of: [ gpu, box ], places: 1, queue: 8 }
                  gpu: { of: gpu/big, places: 2 }
                  same: { of: [ box, gpu ], places: 1, queue: 8 }
                """))
                .extracting(remark -> remark.replaceAll(", which.*", ""))
                .containsExactly(
                        "WARNING 7 gates.gpu: is never full: all it stands in front of is behind \"machine\"",
                        "WARNING 8 gates.same: is never full: all it stands in front of is behind \"machine\"");
        isClean(BASE + "gates: { a: { of: [ gpu, box ], places: 2 }, b: { of: gpu, places: 1 } }\n");
    }

    @Test
    void what_nothing_leads_to_is_told_and_what_clients_may_name_is_only_noted() throws Exception {
        assertThat(remarks(BASE + """
                profiles: { used: { chain: gpu/big }, left: { chain: gpu/big }, road: { chain: gpu/eyes } }
                aliases: { a: { use: used } }
                gates: { box: { of: box, places: 1 } }
                classifiers: { triage: { ask: road, classes: { small: "a word", hard: "a page" } } }
                """))
                .containsExactly(
                        "WARNING 8 classifiers.triage: never asked: no rule says { classify: { by: triage } }. Add one, or"
                                + " take this out",
                        "NOTE 5 profiles.left: nothing in the configuration leads to it; only clients that name it get"
                                + " there",
                        "NOTE 7 gates.box: nothing in the configuration leads to box; only clients that name a target of"
                                + " theirs wait here");
    }

    @Test
    void a_second_rule_by_the_same_classifier_never_decides_what_the_first_one_has() throws Exception {
        String triage = """
                classifiers: { triage: { ask: gpu/big, classes: { small: "a word", hard: "a page" } } }
                rules:
                  - { classify: { by: triage, into: { small: gpu/eyes, hard: gpu/big } } }
                """;
        assertThat(remarks(BASE + triage + "  - { classify: { by: triage, into: { hard: box/demo } } }\n"))
                .singleElement()
                .asString()
                .startsWith("WARNING 8 rules[2]: never decides");
        isClean(BASE + triage.replace("small: gpu/eyes, ", "")
                + "  - { classify: { by: triage, into: { small: box/demo } } }\n");
    }

    @Test
    void a_caller_that_nobody_is_is_told() throws Exception {
        String callers = "callers: { alice: { key: a }, team-a: { key: b } }\n";
        assertThat(remarks(BASE + callers + """
                rules:
                  - { when: { any: [ { caller: "team-*" }, { not: { caller: [ alcie, alice ] } } ] }, use: gpu/big }
                """))
                .containsExactly(
                        "WARNING 7 rules[1].when.any[2].not.caller[1]: \"alcie\" is nobody under callers. Did you"
                                + " mean \"alice\"?");
        isClean(BASE + "rules: [ { when: { caller: alcie }, use: gpu/big } ]\n");
    }

    @Test
    void nothing_is_said_of_the_whole_sample() throws Exception {
        Path sample = Path.of("../router-core/src/test/resources/dev/signalbox/core/config/sample.yaml");
        String yaml = Files.readString(sample).replace("${ALICE_KEY}", "a").replace("${VLLM_KEY}", "v");
        isClean(withoutWhatIsNotThere(yaml));
    }

    /** Without guards that no plugin brings. */
    private static String withoutWhatIsNotThere(String yaml) {
        return yaml.replaceAll("(?m)^guards:.*$", "").replaceAll("(?m)^    guards:.*$", "");
    }
}
