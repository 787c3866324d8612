package dev.signalbox.matcher.standard;

import static dev.signalbox.matcher.standard.Made.matcher;
import static dev.signalbox.matcher.standard.Made.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Capability;
import dev.signalbox.api.Dialect;
import dev.signalbox.spi.Matcher;
import dev.signalbox.testkit.TestRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WhatForTest {

    @Test
    void all_that_is_wanted_has_to_be_asked_for() {
        TestRequest tools = TestRequest.of(Dialect.OPENAI_CHAT, "{\"tools\":[{\"function\":{\"name\":\"f\"}}]}");

        assertThat(matcher("wants", "tools").matches(tools)).isTrue();
        assertThat(matcher("wants", List.of("tools", "json-schema")).matches(tools))
                .isFalse();
        assertThat(matcher("wants", "reasoning").matches(tools.needing(Capability.REASONING)))
                .isTrue();
        assertThat(matcher("wants", "tools").seen(tools)).isEqualTo("chat, tools");
    }

    @Test
    void what_nobody_can_want_is_refused_with_the_nearest() {
        assertThat(problem("wants", "json-shema")).endsWith("Did you mean \"json-schema\"?");
    }

    @ParameterizedTest
    @CsvSource({"plan, Plan, true", "plan, code, false", "'co*', code, true"})
    void the_task_is_the_one_the_client_names(String wanted, String said, boolean holds) {
        TestRequest request = TestRequest.of(
                Dialect.TASK, "{\"prompt\":\"x\",\"task_type\":\"%s\",\"urgency\":\"critical\"}".formatted(said));

        assertThat(matcher("task", wanted).matches(request)).isEqualTo(holds);
        assertThat(matcher("task", wanted).seen(request)).isEqualTo(said + ", critical");
    }

    @Test
    void an_urgency_can_be_asked_for_too() {
        Matcher matcher = matcher("task", Map.of("is", List.of("code", "fix"), "urgency", "critical"));

        assertThat(matcher.matches(task("fix", "critical"))).isTrue();
        assertThat(matcher.matches(task("fix", "high"))).isFalse();
        assertThat(matcher.matches(task("plan", "critical"))).isFalse();
    }

    @Test
    void what_says_nothing_is_general_and_normal() {
        assertThat(matcher("task", Map.of("is", "general", "urgency", "normal"))
                        .matches(TestRequest.saying("Fix the bug")))
                .isTrue();
        assertThat(matcher("task", "general").matches(TestRequest.of(Dialect.TASK, "{\"task_type\":7}")))
                .isTrue();
    }

    @Test
    void other_dialects_name_it_in_their_metadata() {
        TestRequest request =
                TestRequest.of(Dialect.OPENAI_CHAT, "{\"task_type\":\"plan\",\"metadata\":{\"task\":\"review\"}}");

        assertThat(matcher("task", "review").matches(request)).isTrue();
        assertThat(matcher("task", "plan").matches(request)).isFalse();
    }

    private static TestRequest task(String type, String urgency) {
        return TestRequest.of(Dialect.TASK, "{\"task_type\":\"%s\",\"urgency\":\"%s\"}".formatted(type, urgency));
    }
}
