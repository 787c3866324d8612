package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Body;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Support;
import dev.signalbox.api.Unroutable;
import dev.signalbox.core.config.BackendSettings;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.Verdict;
import dev.signalbox.testkit.TestFactories;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Who is known to do what a request wants comes before those of whom it is unknown. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FitnessTest extends EngineFixture {

    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
    private static final RouteRequest TOOLS =
            body("{\"model\":\"coding\",%s,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"read\"}}]}"
                    .formatted(HI));
    private static final RouteRequest THINKING =
            body("{\"model\":\"coding\",%s,\"reasoning_effort\":\"high\"}".formatted(HI));
    private static final RouteRequest CACHING = body(
            "{\"model\":\"coding\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\",\"cache_control\":{\"type\":\"ephemeral\"}}]}]}");

    @BeforeEach
    void answers() {
        for (String name : new String[] {"one", "two", "three"}) {
            backends.on(name, Chat.says(name));
        }
    }

    private void chain(UnaryOperator<ModelInfo> one, UnaryOperator<ModelInfo> two, UnaryOperator<ModelInfo> three) {
        layout.backend("one", knowing(one), "m")
                .backend("two", knowing(two), "m")
                .backend("three", knowing(three), "m")
                .profile("coding", "one/m", "two/m", "three/m");
    }

    private static UnaryOperator<BackendSettings> knowing(UnaryOperator<ModelInfo> what) {
        return backend -> {
            LinkedHashMap<String, ModelInfo> models = new LinkedHashMap<>();
            models.put("m", what.apply(ModelInfo.named("m")));
            return backend.withModels(models);
        };
    }

    private static UnaryOperator<ModelInfo> unknown() {
        return model -> model;
    }

    private static UnaryOperator<ModelInfo> can(Capability... all) {
        return said(Support.YES, all);
    }

    private static UnaryOperator<ModelInfo> cannot(Capability... all) {
        return said(Support.NO, all);
    }

    private static UnaryOperator<ModelInfo> said(Support support, Capability... all) {
        return model -> {
            ModelInfo known = model;
            for (Capability each : all) {
                known = known.with(each, support);
            }
            return known;
        };
    }

    private String answering(RouteRequest request) throws InterruptedException {
        try (RoutedResponse response = ask(request)) {
            return response.target().backend();
        }
    }

    @Test
    void who_can_call_tools_comes_before_those_of_whom_it_is_unknown() throws Exception {
        chain(unknown(), can(Capability.TOOLS), can(Capability.TOOLS));
        try (RoutedResponse response = ask(TOOLS)) {
            assertThat(response.target()).hasToString("two/m");
            assertThat(response.trace().notes())
                    .containsExactly("engine: two/m comes before one/m, which is not known to do tools");
        }
    }

    @Test
    void who_can_think_and_who_can_keep_a_prompt_as_well() throws Exception {
        chain(unknown(), can(Capability.REASONING), can(Capability.PROMPT_CACHE));
        assertThat(answering(THINKING)).isEqualTo("two");
        assertThat(answering(CACHING)).isEqualTo("three");
    }

    @Test
    void anthropics_adaptive_thinking_is_thinking_and_marks_in_its_tools_and_system_count() throws Exception {
        chain(unknown(), can(Capability.REASONING), can(Capability.PROMPT_CACHE));
        assertThat(engine().explain(messages("\"thinking\":{\"type\":\"adaptive\"}"))
                        .chain()
                        .getFirst()
                        .target())
                .hasToString("two/m");
        for (String member : new String[] {
            "\"system\":[{\"type\":\"text\",\"text\":\"Be kind\",\"cache_control\":{\"type\":\"ephemeral\"}}]",
            "\"tools\":[{\"name\":\"read\",\"input_schema\":{},\"cache_control\":{\"type\":\"ephemeral\"}}],\"tool_choice\":{\"type\":\"none\"}"
        }) {
            assertThat(engine().explain(messages(member)).chain().getFirst().target())
                    .as(member)
                    .hasToString("three/m");
        }
    }

    private static RouteRequest messages(String member) {
        return RouteRequest.of(
                Dialect.ANTHROPIC_MESSAGES,
                Body.of("{\"model\":\"coding\",\"max_tokens\":9,%s,%s}".formatted(HI, member)));
    }

    @Test
    void a_request_that_wants_nothing_of_it_goes_as_the_chain_says() throws Exception {
        chain(unknown(), can(Capability.TOOLS), can(Capability.TOOLS, Capability.REASONING));
        try (RoutedResponse response = ask(chat("coding"))) {
            assertThat(response.target()).hasToString("one/m");
            assertThat(response.trace().notes()).isEmpty();
        }
    }

    @Test
    void those_that_are_alike_stay_in_order() throws Exception {
        chain(can(Capability.TOOLS), can(Capability.TOOLS), unknown());
        backends.fails("one", FailureKind.UNREACHABLE).fails("two", FailureKind.UNREACHABLE);
        try (RoutedResponse response = ask(TOOLS)) {
            assertThat(response.headers().first("X-Signalbox-Steps"))
                    .contains("one/m=unreachable, two/m=unreachable, three/m=answered");
        }
    }

    @Test
    void who_can_do_all_that_is_wanted_comes_before_who_can_do_some() throws Exception {
        chain(can(Capability.TOOLS), can(Capability.REASONING), can(Capability.TOOLS, Capability.REASONING));
        assertThat(answering(body(
                        "{\"model\":\"coding\",%s,\"reasoning_effort\":\"low\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"read\"}}]}"
                                .formatted(HI))))
                .isEqualTo("three");
    }

    @Test
    void doubts_of_guards_weigh_more() throws Exception {
        chain(unknown(), can(Capability.TOOLS), unknown());
        guard("health").assesses =
                candidate -> candidate.target().backend().equals("two") ? Verdict.demote("it is ill") : Verdict.admit();
        backends.fails("one", FailureKind.UNREACHABLE).fails("three", FailureKind.UNREACHABLE);
        try (RoutedResponse response = ask(TOOLS)) {
            assertThat(response.headers().first("X-Signalbox-Steps"))
                    .contains("one/m=unreachable, three/m=unreachable, two/m=answered");
        }
    }

    @Test
    void a_selectors_order_yields_to_it() throws Exception {
        plugins.add(TestFactories.selector(
                "backwards",
                candidates -> candidates.stream()
                        .map(candidate -> candidate.target())
                        .toList()
                        .reversed()));
        chain(can(Capability.TOOLS), can(Capability.TOOLS), unknown());
        layout.pool("pool", "backwards", "one/m", "two/m", "three/m");
        assertThat(answering(body(
                        "{\"model\":\"pool\",%s,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"read\"}}]}"
                                .formatted(HI))))
                .isEqualTo("two");
    }

    @Test
    void who_cannot_think_comes_last_where_thinking_may_be_dropped_and_the_trace_tells() throws Exception {
        chain(cannot(Capability.REASONING), unknown(), can(Capability.REASONING));
        layout.profile(
                "coding", profile -> profile.mayDrop = Set.of(Capability.REASONING), "one/m", "two/m", "three/m");
        backends.fails("two", FailureKind.UNREACHABLE).fails("three", FailureKind.UNREACHABLE);
        try (RoutedResponse response = ask(THINKING)) {
            assertThat(response.headers().first("X-Signalbox-Steps"))
                    .contains("three/m=unreachable, two/m=unreachable, one/m=answered");
            assertThat(response.headers().first("X-Signalbox-Dropped")).contains("reasoning");
            assertThat(response.trace().edits())
                    .anySatisfy(edit -> assertThat(edit).contains("remove /reasoning_effort"));
        }
        assertThat(backends.body("one")).doesNotContain("reasoning_effort");
        assertThat(backends.body("two")).contains("reasoning_effort");
    }

    @Test
    void nothing_is_stripped_where_the_profile_does_not_say_so() throws Exception {
        layout.backend("one", knowing(cannot(Capability.REASONING)), "m").profile("coding", "one/m");
        assertThat(refused(Unroutable.class, THINKING).problem().status()).isEqualTo(501);
        assertThat(backends.sent("one")).isEmpty();
    }

    @Test
    void who_is_excluded_is_not_put_first() throws Exception {
        chain(unknown(), can(Capability.TOOLS), unknown());
        guard("health").assesses = candidate -> candidate.target().backend().equals("two")
                ? Verdict.exclude(Refusal.unhealthy("it is ill", Duration.ofSeconds(9)))
                : Verdict.admit();
        assertThat(answering(TOOLS)).isEqualTo("one");
    }
}
