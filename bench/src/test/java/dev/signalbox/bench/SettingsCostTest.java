package dev.signalbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SettingsCostTest {

    @Test
    void many_rules_are_fifty() {
        assertThat(ManyRules.usual()).hasSize(50);
    }

    @Test
    void each_of_the_thorough_ones_looks_through_everything() {
        assertThat(ManyRules.thorough())
                .hasSize(10)
                .allMatch(rule -> rule.contains("whole-conversation")
                        || rule.contains("token-count")
                        || rule.contains("language"));
    }

    @Test
    void rules_are_asked_whatever_the_request_names() {
        assertThat(SettingsCost.ofRules("rules", "two rules", List.of("has-image: yes", "has-tools: yes"))
                        .sections())
                .isEqualTo("""
                        rules:
                          - { when: { has-image: yes }, use: bench, always: true }
                          - { when: { has-tools: yes }, use: bench, always: true }
                        """);
    }

    @Test
    void more_wait_than_are_let_in() {
        SettingsCost gates = SettingsCost.ofGates(1_000, 8);
        assertThat(gates.connections()).isEqualTo(1_000);
        assertThat(gates.sections()).contains("places: 8,", "places: 16,");
    }

    @Test
    void guards_are_compared_with_the_same_chain_and_none_at_work() {
        SettingsCost guards = SettingsCost.ofGuards("guards", "four targets", 1_000);
        assertThat(guards.models()).hasSize(4).startsWith("bench");
        assertThat(guards.without()).contains("action: off").doesNotContain("exclude");
        assertThat(guards.sections())
                .contains("memory:", "hosts: { localhost:", "health:", "loop:", "context:", "budget:");
    }
}
