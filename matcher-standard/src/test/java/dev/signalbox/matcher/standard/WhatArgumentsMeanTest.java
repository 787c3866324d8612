package dev.signalbox.matcher.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Capability;
import dev.signalbox.spi.MatcherFactory;
import dev.signalbox.spi.PluginConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What matchers tell of their arguments, so that a check finds rules that can never decide. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WhatArgumentsMeanTest {

    /** The second argument takes in whatever fits the first, and not the other way round. */
    private record Step(String type, Object narrow, Object wide) {}

    private static final List<Step> STEPS = List.of(
            new Step("tool-named", "read_file", List.of("edit", "read_*")),
            new Step("code-fence-ratio", ">= 0.5", ">= 0.3"),
            new Step("content-contains", "stack trace", List.of("bug", "trace")),
            new Step("token-count", ">= 32000", ">= 8000"),
            new Step("message-count", "< 5", "<= 40"),
            new Step("header", Map.of("X-Repo", "private", "x-team", "legal"), Map.of("x-repo", List.of("private"))),
            new Step("header", Map.of("x-repo", "private"), Map.of("x-repo", "*")),
            new Step("caller", "team-a", "team-*"),
            new Step("dialect", "openai.chat", "openai"),
            new Step("language", "java", List.of("java", "german")),
            new Step("task", Map.of("is", "fix", "urgency", "critical"), List.of("code", "fix")),
            new Step("time-of-day", "22:00-06:00", List.of("22:00-06:00", "12:00-13:00")),
            new Step("wants", List.of("json-schema", "reasoning"), "reasoning"));

    @Test
    void whoever_wants_more_wants_what_is_wanted_less() {
        for (Step step : STEPS) {
            assertThat(implies(step.type(), step.narrow(), step.wide()))
                    .as("%s", step)
                    .isTrue();
            assertThat(implies(step.type(), step.wide(), step.narrow()))
                    .as("%s the other way round", step)
                    .isFalse();
        }
    }

    @Test
    void an_argument_implies_itself_however_it_is_written() {
        assertThat(implies("content-regex", "(?i)stack ?trace", "(?i)stack ?trace"))
                .isTrue();
        assertThat(implies("model-pattern", "claude-.*", "claude-.*")).isTrue();
        assertThat(implies("has-tools", "yes", "true")).isTrue();
        assertThat(implies("streaming", "off", "no")).isTrue();
        assertThat(implies("has-image", "yes", Map.of("is", "yes", "in", "last-user-message")))
                .isTrue();
    }

    @Test
    void who_looks_elsewhere_sees_something_else() {
        assertThat(implies("has-image", "yes", "no")).isFalse();
        assertThat(implies("content-regex", "a", "b")).isFalse();
        assertThat(implies("code-fence-ratio", ">= 0.5", Map.of("is", ">= 0.3", "in", "whole-conversation")))
                .isFalse();
        assertThat(implies(
                        "time-of-day",
                        Map.of("between", "22:00-06:00", "zone", "UTC"),
                        Map.of("between", "22:00-06:00")))
                .isFalse();
    }

    @Test
    void what_fits_everything_and_what_fits_nothing_is_known() {
        assertThat(constant("token-count", ">= 0")).contains(true);
        assertThat(constant("message-count", "< 0")).contains(false);
        assertThat(constant("code-fence-ratio", ">= 0")).contains(true);
        assertThat(constant("caller", "*")).contains(true);
        assertThat(constant("task", "*")).contains(true);
        assertThat(constant("header", Map.of())).contains(true);
        assertThat(constant("token-count", ">= 1")).isEmpty();
        assertThat(constant("tool-named", "*")).as("a request without tools").isEmpty();
        assertThat(constant("dialect", "openai")).isEmpty();
        assertThat(constant("has-image", "no")).isEmpty();
    }

    @Test
    void what_fits_where_an_argument_does_not_is_known() {
        assertThat(opposite("has-tools", "yes", "no")).isTrue();
        assertThat(opposite("streaming", "no", "yes")).isTrue();
        assertThat(opposite(
                        "has-image",
                        Map.of("is", "no", "in", "whole-conversation"),
                        Map.of("is", "yes", "in", "whole-conversation")))
                .isTrue();
        assertThat(opposite("token-count", ">= 8000", "< 8000")).isTrue();
        assertThat(opposite("message-count", "< 5", ">= 5")).isTrue();
        assertThat(opposite("code-fence-ratio", "> 0.3", "<= 0.3")).isTrue();
        assertThat(opposite("token-count", ">= 8000", "<= 8000")).isFalse();
        assertThat(opposite("has-image", "no", Map.of("is", "yes", "in", "whole-conversation")))
                .isFalse();
        assertThat(opposite("caller", "a", "b")).isFalse();
    }

    @Test
    void what_is_asked_of_a_model_is_known() {
        assertThat(demands("has-image", "yes")).containsExactly(Capability.VISION);
        assertThat(demands("has-image", "no")).isEmpty();
        assertThat(demands("has-tools", "yes")).containsExactly(Capability.TOOLS);
        assertThat(demands("has-tools", "no")).isEmpty();
        assertThat(demands("tool-named", "bash")).containsExactly(Capability.TOOLS);
        assertThat(demands("wants", List.of("json", "reasoning")))
                .containsExactlyInAnyOrder(Capability.JSON, Capability.REASONING);
        assertThat(demands("dialect", List.of("openai.embeddings", "ollama.embed")))
                .containsExactly(Capability.EMBEDDINGS);
        assertThat(demands("dialect", List.of("openai.embeddings", "openai.chat")))
                .isEmpty();
        assertThat(demands("dialect", "openai")).isEmpty();
        assertThat(demands("streaming", "yes")).isEmpty();
    }

    private static boolean implies(String type, Object narrow, Object wide) {
        MatcherFactory factory = Made.factory(type);
        return factory.implies(Made.config(factory, narrow), Made.config(factory, wide));
    }

    /** Whether the other argument is all that the one is not. */
    private static boolean opposite(String type, Object one, Object other) {
        MatcherFactory factory = Made.factory(type);
        PluginConfig wanted = Made.config(factory, other);
        return factory.opposite(Made.config(factory, one))
                .filter(found -> factory.implies(found, wanted) && factory.implies(wanted, found))
                .isPresent();
    }

    private static Optional<Boolean> constant(String type, Object argument) {
        MatcherFactory factory = Made.factory(type);
        return factory.constant(Made.config(factory, argument));
    }

    private static Set<Capability> demands(String type, Object argument) {
        MatcherFactory factory = Made.factory(type);
        return factory.demands(Made.config(factory, argument));
    }
}
