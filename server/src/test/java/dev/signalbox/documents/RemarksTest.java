package dev.signalbox.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of targets, names, limits and gates that do not do what somebody will have meant. */
class RemarksTest extends RemarksFixture {

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
    void a_configuration_without_a_backend_is_told_how_to_get_one() throws Exception {
        for (String yaml : List.of("", "# nothing yet\n", "server: { port: 8484 }\n", "backends:\n")) {
            assertThat(remarks(yaml))
                    .singleElement()
                    .asString()
                    .startsWith("NOTE 0 backends: no backend is configured")
                    .contains("`backends: { laptop: { type: TYPE } }`", "anthropic, echo,", "vllm");
        }
        assertThat(remarks("callers: { alice: { key: a } }\nbackends: {}\n"))
                .singleElement()
                .asString()
                .startsWith("NOTE 2 backends: no backend is configured");
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
