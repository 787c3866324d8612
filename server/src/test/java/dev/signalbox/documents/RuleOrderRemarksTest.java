package dev.signalbox.documents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is said of rules that stand where they never decide anything. */
class RuleOrderRemarksTest extends RemarksFixture {

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
}
